// The keys of questions. What has data-stop takes the keys while the focus is on it or in it.

import { setUpMarks, markKey, redrawMarks } from "./marks.js";
import { text } from "./texts.js";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const stops = () => all(".question [data-stop]").filter((stop) => stop.closest("#preview") === null);
const rawOf = (response) => document.querySelector(`.answer[data-response="${CSS.escape(response)}"]`)?.dataset.raw ?? "";

export const currentStop = () => document.activeElement?.closest?.("[data-stop]") ?? null;

export const isWriting = (target) =>
  target instanceof HTMLElement && target.closest("input:is([type=text], [type=search], [type=number], [type=password]), textarea") !== null;

function told(control) {
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

export function focusStop(stop) {
  stop?.focus({ preventScroll: true });
  stop?.scrollIntoView({ block: "nearest" });
}

/** Moves by questions (by = ±1 and whole) or by the rows of all of them. */
function go(by, whole) {
  const list = stops();
  const here = currentStop();
  if (here === null) {
    focusStop(by > 0 ? list[0] : list.at(-1));
    return;
  }
  let at = list.indexOf(here);
  if (whole) {
    const question = here.closest(".question");
    const questions = all(".question").filter((other) => stops().some((stop) => other.contains(stop)));
    const next = questions[questions.indexOf(question) + by];
    focusStop(next ? list.find((stop) => next.contains(stop)) : here);
    return;
  }
  focusStop(list[Math.max(0, Math.min(list.length - 1, at + by))]);
}

/** After an answer, the next row of the same question that has none, or the next question. */
function advance(stop) {
  const own = stops().filter((other) => other.closest(".question") === stop.closest(".question"));
  const open = own.slice(own.indexOf(stop) + 1).find((other) => !isFilled(other));
  if (open) {
    focusStop(open);
  } else if (own.every(isFilled)) {
    const list = stops();
    const next = list[list.indexOf(own.at(-1)) + 1];
    if (next) {
      focusStop(next);
    }
  }
}

const isFilled = (stop) =>
  stop.matches(".ranking > li") ? stop.querySelector("select").value !== "" : stop.querySelector("input:checked") !== null;

// ── Ranking ────────────────────────────────────────────────────────────────

const rankOf = (item) => Number(item.querySelector("select").value);

/** Rows that share a rank, best first; rows without a rank keep their place as rows of their own. */
function groupsOf(list) {
  const items = [...list.children];
  if (items.some((item) => rankOf(item) === 0)) {
    return items.map((item) => [item]);
  }
  const groups = new Map();
  for (const item of [...items].sort((a, b) => rankOf(a) - rankOf(b))) {
    groups.set(rankOf(item), [...(groups.get(rankOf(item)) ?? []), item]);
  }
  return [...groups.values()];
}

function writeGroups(list, groups) {
  const focused = document.activeElement;
  groups.filter((group) => group.length > 0).forEach((group, place) => {
    for (const item of group) {
      item.querySelector("select").value = String(place + 1);
      item.classList.toggle("tied", group.indexOf(item) > 0);
      list.append(item);
    }
  });
  if (list.contains(focused)) {
    focused.focus({ preventScroll: true });
  }
  told(list.querySelector("select"));
}

/** Sorts the rows once each has a rank, and closes gaps between ranks. */
function settle(list) {
  if ([...list.children].every((item) => rankOf(item) > 0)) {
    writeGroups(list, groupsOf(list));
  }
}

function moveRank(item, by) {
  const list = item.parentElement;
  const groups = groupsOf(list);
  const at = groups.findIndex((group) => group.includes(item));
  const others = groups[at].filter((other) => other !== item);
  if (others.length > 0) {
    groups.splice(at, 1, ...(by < 0 ? [[item], others] : [others, [item]]));
  } else if (groups[at + by]) {
    [groups[at], groups[at + by]] = [groups[at + by], groups[at]];
  }
  writeGroups(list, groups);
  item.scrollIntoView({ block: "nearest" });
}

function tieRank(item) {
  const list = item.parentElement;
  const groups = groupsOf(list);
  const at = groups.findIndex((group) => group.includes(item));
  if (at > 0) {
    groups[at - 1].push(...groups.splice(at, 1)[0]);
    writeGroups(list, groups);
  }
}

function dropped(list, item, before) {
  const mates = new Map();
  before.forEach((group, index) => group.forEach((member) => mates.set(member, index)));
  const groups = [];
  for (const member of list.children) {
    const last = groups.at(-1);
    const joins = last && member !== item && last[0] !== item && mates.get(last[0]) === mates.get(member);
    joins ? last.push(member) : groups.push([member]);
  }
  writeGroups(list, groups);
}

function setUpRanking(list) {
  settle(list);
  list.addEventListener("change", () => settle(list));
  if (window.Sortable && !list.sortable) {
    let before = [];
    list.sortable = window.Sortable.create(list, {
      animation: 0,
      filter: "select",
      preventOnFilter: false,
      onStart: () => (before = groupsOf(list)),
      onEnd: ({ item }) => dropped(list, item, before),
    });
  }
}

// ── Rewrite ────────────────────────────────────────────────────────────────

function startRewrite(stop, place, write) {
  const select = stop.querySelector("select");
  const area = stop.querySelector("textarea");
  const option = select.options[place];
  if (!option) {
    return false;
  }
  const untouched = area.value.trim() === "" || area.value === rawOf(select.value);
  select.value = option.value;
  if (untouched) {
    area.value = rawOf(option.value);
  }
  told(area);
  if (write) {
    area.focus();
  }
  return true;
}

function showChanges(stop) {
  const area = stop.querySelector("textarea");
  const place = stop.querySelector(".changes");
  const from = rawOf(stop.querySelector("select").value);
  place.hidden = area.value.trim() === "" || area.value === from || !window.Diff;
  if (!place.hidden) {
    place.replaceChildren(...differences(from, area.value));
  }
}

/** What changed from one text to another, word by word, as del and ins elements. */
export function differences(from, to) {
  return window.Diff.diffWordsWithSpace(from, to).map((part) => {
    const piece = document.createElement(part.added ? "ins" : part.removed ? "del" : "span");
    piece.textContent = part.value;
    return piece;
  });
}

// ── Keys ───────────────────────────────────────────────────────────────────

function choose(stop, key) {
  const control = all("[data-key]", stop).find((one) => one.dataset.key.split(" ").includes(key));
  if (!control) {
    return false;
  }
  if (control.type === "radio" && control.checked) {
    advance(stop);
    return true;
  }
  control.click();
  if (control.type === "radio") {
    advance(stop);
  }
  return true;
}

/** Acts on a key; answers whether it was one of a question's. */
export function questionKey(event) {
  const stop = currentStop();
  const digit = /^[0-9]$/.test(event.key) ? Number(event.key) : null;
  if (markKey(event)) {
    return true;
  }
  if (event.altKey) {
    const moves = stop?.matches(".ranking > li") && ["ArrowUp", "ArrowDown"].includes(event.key);
    if (moves) {
      moveRank(stop, event.key === "ArrowUp" ? -1 : 1);
    }
    return Boolean(moves);
  }
  if (event.key === "j" || event.key === "k") {
    go(event.key === "j" ? 1 : -1, true);
    return stops().length > 0;
  }
  if (stop === null) {
    return false;
  }
  if (["ArrowDown", "ArrowUp"].includes(event.key) && !event.target.matches("select, input[type=radio]")) {
    go(event.key === "ArrowDown" ? 1 : -1, false);
    return true;
  }
  if (event.key === "Escape") {
    document.getElementById("answers")?.focus({ preventScroll: true });
    return true;
  }
  if (stop.matches(".ranking > li")) {
    if (digit >= 1 && digit <= stop.parentElement.children.length) {
      stop.querySelector("select").value = String(digit);
      const open = [...stop.parentElement.children].find((item) => rankOf(item) === 0);
      told(stop.querySelector("select"));
      settle(stop.parentElement);
      open ? focusStop(open) : advance(stop);
      return true;
    }
    if (event.key === "=" && stop.parentElement.dataset.ties === "true") {
      tieRank(stop);
      return true;
    }
  } else if (stop.matches(".rewrite") && digit >= 1) {
    return startRewrite(stop, digit - 1, true);
  } else if (stop.matches("[data-writes]") && digit === 1) {
    stop.querySelector("textarea").focus();
    return true;
  } else if (stop.closest("[data-kind=safety]") && digit === 0) {
    stop.closest(".question").querySelector("[data-safe]").click();
    return true;
  }
  return choose(stop, event.key.toLowerCase());
}

// ── Whether all is answered ────────────────────────────────────────────────

function stateOf(question) {
  const kind = question.dataset.kind;
  const own = all("[data-stop]", question);
  if (kind === "ranking" || kind === "scores") {
    const filled = own.filter(isFilled).length;
    return filled === 0 ? "empty" : filled === own.length ? "full" : "partial";
  } else if (kind === "text") {
    return question.querySelector("textarea").value.trim() === "" ? "empty" : "full";
  } else if (kind === "rewrite") {
    const text = question.querySelector("textarea").value.trim();
    return text === "" ? "empty" : text === rawOf(question.querySelector("select").value).trim() ? "partial" : "full";
  } else if (kind === "spans") {
    return JSON.parse(question.querySelector("input[type=hidden]").value || "[]").length > 0 ? "full" : "empty";
  }
  return question.querySelector("input:checked") ? "full" : "empty";
}

/** The first question that keeps the rating from being sent, with words that say so; null where all is answered. */
export function missing() {
  for (const question of all(".question").filter((one) => one.closest("#preview") === null)) {
    const state = stateOf(question);
    const title = question.querySelector("legend").firstChild.textContent.trim();
    if (state === "partial" && question.dataset.kind === "rewrite") {
      return { question, words: text("unchanged", title) };
    } else if (state === "partial") {
      return { question, words: text("inPart", title) };
    } else if (state === "empty" && "required" in question.dataset) {
      return { question, words: text("unanswered", title) };
    }
  }
  return null;
}

export function focusMissing({ question }) {
  const own = all("[data-stop]", question);
  focusStop(own.find((stop) => !isFilled(stop)) ?? own[0]);
}

/** Makes the questions of the page ready; again after a draft has been put into them. */
export function setUpQuestions() {
  all("#rating-form").length > 0 && setUpMarks();
  all(".ranking").filter((list) => !list.closest("#preview")).forEach(setUpRanking);
  all(".rewrite").forEach(showChanges);
}

export { redrawMarks };

document.addEventListener("input", (event) => {
  const stop = event.target.closest?.(".rewrite");
  if (stop) {
    showChanges(stop);
  }
  // "Nothing is unsafe" and a flag exclude each other.
  const safety = event.target.closest?.("[data-kind=safety]");
  if (safety && event.target.checked) {
    const safe = event.target.matches("[data-safe]");
    all("input[type=checkbox]", safety).filter((box) => box.matches("[data-safe]") !== safe)
      .forEach((box) => (box.checked = false));
  }
});
document.addEventListener("change", (event) => {
  const stop = event.target.closest?.(".rewrite");
  if (stop && event.target.matches("select")) {
    startRewrite(stop, event.target.selectedIndex, false);
  }
});
