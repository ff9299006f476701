// Marks on the rendered answers. A mark counts UTF-16 units of the raw text, so that it outlives any rendering.

import { text } from "./texts.js";

const question = () => document.querySelector("#rating .question[data-kind=spans], form .question[data-kind=spans]");
const store = () => question().querySelector("input[type=hidden]");
const marks = () => JSON.parse(store().value || "[]");
const answers = () => [...document.querySelectorAll(".answer[data-response]")];
const COLOURS = 6;
const PUNCTUATION = /[!-/:-@[-`{-~]/;

// ── Places ─────────────────────────────────────────────────────────────────

/** Where each character of a piece stands in the raw text: an escape or an entity is one character for several. */
function placesOf(piece, raw) {
  const text = piece.textContent;
  if (piece.dataset.lines !== undefined) {
    const starts = piece.dataset.lines.split(" ").map(Number);
    const places = [];
    text.split("\n").forEach((line, number) => {
      const start = starts[number] ?? -1;
      for (let at = 0; at <= line.length; at++) {
        places.push(start < 0 ? -1 : start + at);
      }
    });
    return places;
  }
  const from = Number(piece.dataset.at);
  const to = Number(piece.dataset.to);
  const places = [];
  let at = from;
  for (let i = 0; i < text.length; i++) {
    places.push(at);
    const spare = to - at > text.length - i;
    const entity = spare ? /^&(#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});/i.exec(raw.slice(at, to)) : null;
    if (spare && raw[at] === "\\" && PUNCTUATION.test(raw[at + 1] ?? "") && raw[at + 1] === text[i]) {
      at += 2;
    } else if (entity) {
      if (/[\ud800-\udbff]/.test(text[i])) {
        places.push(at);
        i++;
      }
      at += entity[0].length;
    } else {
      at++;
    }
  }
  places.push(to);
  return places;
}

/** The pieces of an answer with their places; made before anything rewrites what is in them. */
function piecesOf(article) {
  article.pieces ??= [...article.querySelectorAll("[data-at], [data-lines]")].map((element) => ({
    element,
    atomic: element.matches(".math"),
    places: placesOf(element, article.dataset.raw),
  }));
  return article.pieces;
}

/** Where the last character before a count ends; a line that stands nowhere is passed over. */
function endPlace({ element, places }, count) {
  if (element.dataset.lines === undefined) {
    return places[count];
  }
  const last = places.slice(0, count).findLast((place) => place >= 0);
  return last === undefined ? places.find((place) => place >= 0) ?? 0 : last + 1;
}

/** The raw place of a boundary of a selection. */
function rawPlace(article, node, offset, isEnd) {
  const pieces = piecesOf(article);
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const piece = pieces.find((one) => one.element === element.closest("[data-at], [data-lines]"));
  if (piece) {
    const places = piece.places;
    if (piece.atomic) {
      return isEnd ? places.at(-1) : places[0];
    }
    const before = document.createRange();
    before.setStart(piece.element, 0);
    before.setEnd(node, offset);
    const count = Math.min(before.toString().length, places.length - 1);
    return isEnd ? endPlace(piece, count) : places.slice(count).find((place) => place >= 0) ?? endPlace(piece, count);
  }
  // Between pieces: the next one's start, or the last one's end.
  const point = document.createRange();
  point.setStart(node, offset);
  const stands = (one) => point.comparePoint(one.element, 0);
  if (isEnd) {
    const last = pieces.filter((one) => stands(one) < 0).at(-1);
    return last ? last.places.filter((place) => place >= 0).at(-1) : 0;
  }
  const next = pieces.find((one) => stands(one) >= 0);
  return next ? next.places.find((place) => place >= 0) : article.dataset.raw.length;
}

/** The point in the document of a character of a piece. */
function point(piece, count) {
  const walker = document.createTreeWalker(piece.element, NodeFilter.SHOW_TEXT);
  let left = count;
  let last = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (left <= node.length) {
      return [node, left];
    }
    left -= node.length;
    last = node;
  }
  return last ? [last, last.length] : [piece.element, 0];
}

/** Where a mark stands on the page: a range for each piece that it covers. */
function rangesOf(article, start, end) {
  const ranges = [];
  for (const piece of piecesOf(article)) {
    const places = piece.places;
    let first = -1;
    let last = -1;
    for (let i = 0; i + 1 < places.length; i++) {
      if (places[i] >= start && places[i] < end) {
        first = first < 0 ? i : first;
        last = i + 1;
      }
    }
    if (first >= 0) {
      const range = document.createRange();
      if (piece.atomic) {
        range.selectNodeContents(piece.element);
      } else {
        range.setStart(...point(piece, first));
        range.setEnd(...point(piece, last));
      }
      ranges.push(range);
    }
  }
  return ranges;
}

// ── Marking ────────────────────────────────────────────────────────────────

/** What is selected in an answer, as places of its raw text without spaces around; null for nothing. */
function selected() {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) {
    return null;
  }
  const range = selection.getRangeAt(0);
  const holder = range.startContainer.nodeType === Node.ELEMENT_NODE ? range.startContainer : range.startContainer.parentElement;
  const article = holder?.closest(".answer[data-response]");
  if (!article) {
    return null;
  }
  const raw = article.dataset.raw;
  let start = rawPlace(article, range.startContainer, range.startOffset, false);
  let end = article.contains(range.endContainer)
    ? rawPlace(article, range.endContainer, range.endOffset, true) : raw.length;
  while (start < end && /\s/.test(raw[start])) {
    start++;
  }
  while (end > start && /\s/.test(raw[end - 1])) {
    end--;
  }
  start -= /[\udc00-\udfff]/.test(raw[start] ?? "") ? 1 : 0;
  end += /[\udc00-\udfff]/.test(raw[end] ?? "") ? 1 : 0;
  return start < end ? { article, start, end } : null;
}

function write(list) {
  store().value = list.length === 0 ? "" : JSON.stringify(list);
  store().dispatchEvent(new Event("input", { bubbles: true }));
  redrawMarks();
}

/** Marks what is selected; marks of one label that touch become one. */
function mark(label) {
  const found = selected();
  if (!found) {
    return false;
  }
  const response = Number(found.article.dataset.response);
  let { start, end } = found;
  let reason;
  const others = marks().filter((other) => {
    const meets = other.response === response && other.label === label && other.start < end && start < other.end;
    if (meets) {
      start = Math.min(start, other.start);
      end = Math.max(end, other.end);
      reason ??= other.reason;
    }
    return !meets;
  });
  write([...others, { response, start, end, label, ...(reason ? { reason } : {}) }]);
  getSelection().collapseToEnd();
  if (caret) {
    caret = null;
    question().querySelector("[data-stop]").focus({ preventScroll: true });
  }
  return true;
}

const labels = () => [...question().querySelectorAll("[data-mark]")];

/** Draws the marks on the answers and lists them. */
export function redrawMarks() {
  if (!question()) {
    return;
  }
  const list = marks();
  const names = labels();
  if (window.Highlight && CSS.highlights) {
    for (let colour = 0; colour < COLOURS; colour++) {
      CSS.highlights.delete(`mark-${colour}`);
    }
    names.forEach((label, place) => {
      const own = list.filter((one) => one.label === label.dataset.mark);
      const ranges = own.flatMap((one) => {
        const article = answers().find((other) => other.dataset.response === String(one.response));
        return article ? rangesOf(article, one.start, one.end) : [];
      });
      const name = `mark-${place % COLOURS}`;
      const before = CSS.highlights.get(name);
      CSS.highlights.set(name, new Highlight(...(before ?? []), ...ranges));
    });
  }
  question().querySelector(".marks").replaceChildren(...list.map((one, place) => row(one, place)));
}

function row(one, place) {
  const article = answers().find((other) => other.dataset.response === String(one.response));
  const letter = article?.querySelector(".letter")?.textContent ?? "";
  const words = article?.dataset.raw.slice(one.start, one.end) ?? "";
  const label = labels().find((other) => other.dataset.mark === one.label);
  const item = document.createElement("li");
  const name = document.createElement("b");
  name.textContent = label?.querySelector("span").textContent ?? one.label;
  name.className = `mark-${(labels().indexOf(label) + COLOURS) % COLOURS}`;
  const quote = document.createElement("q");
  quote.dir = "auto";
  quote.textContent = words.length > 80 ? `${words.slice(0, 80)}…` : words;
  const reason = document.createElement("input");
  reason.type = "text";
  reason.maxLength = 500;
  reason.value = one.reason ?? "";
  reason.placeholder = `${text("reason")} (r)`;
  reason.setAttribute("aria-label", text("reasonOf", place + 1));
  reason.addEventListener("input", () => {
    const all = marks();
    delete all[place].reason;
    if (reason.value.trim() !== "") {
      all[place].reason = reason.value.trim();
    }
    store().value = JSON.stringify(all);
  });
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "button small";
  remove.textContent = text("remove");
  remove.setAttribute("aria-label", text("removeMark", place + 1));
  remove.addEventListener("click", () => {
    write(marks().filter((_, other) => other !== place));
    question().querySelector("[data-stop]").focus();
  });
  item.append(name, ` ${letter} `, quote, reason, remove);
  return item;
}

// ── By keyboard ────────────────────────────────────────────────────────────

let caret = null;

/** The words of an answer as ranges; a formula is one word. */
function wordsOf(article) {
  return piecesOf(article).flatMap((piece) => {
    if (piece.atomic) {
      const range = document.createRange();
      range.selectNodeContents(piece.element);
      return [range];
    }
    return [...piece.element.textContent.matchAll(/\S+/g)].map((word) => {
      const range = document.createRange();
      range.setStart(...point(piece, word.index));
      range.setEnd(...point(piece, word.index + word[0].length));
      return range;
    });
  });
}

function show() {
  const words = caret.words;
  const first = words[Math.min(caret.at, caret.anchor)];
  const last = words[Math.max(caret.at, caret.anchor)];
  getSelection().setBaseAndExtent(first.startContainer, first.startOffset, last.endContainer, last.endOffset);
  words[caret.at].startContainer.parentElement?.scrollIntoView({ block: "nearest" });
  const live = document.getElementById("announcement");
  if (live) {
    live.textContent = getSelection().toString();
  }
}

function enter(place) {
  const list = answers();
  const article = list[(place + list.length) % list.length];
  const words = article ? wordsOf(article) : [];
  if (words.length > 0) {
    caret = { place: list.indexOf(article), words, at: 0, anchor: 0 };
    document.getElementById("answers")?.focus({ preventScroll: true });
    show();
  }
}

/** The word above or below. */
function across(by) {
  const here = caret.words[caret.at].getBoundingClientRect();
  let best = caret.at;
  let least = Infinity;
  caret.words.forEach((word, place) => {
    const box = word.getBoundingClientRect();
    const down = (box.top - here.top) * by;
    const distance = down * 4 + Math.abs(box.left - here.left);
    if (down > here.height / 2 && distance < least) {
      [best, least] = [place, distance];
    }
  });
  return best;
}

const STEPS = { ArrowLeft: () => caret.at - 1, ArrowRight: () => caret.at + 1, ArrowUp: () => across(-1), ArrowDown: () => across(1), Home: () => 0, End: () => caret.words.length - 1 };

/** Acts on a key of marking; answers whether it was one. */
export function markKey(event) {
  if (!question() || event.altKey) {
    return false;
  }
  if (caret) {
    if (event.key in STEPS) {
      const rightToLeft = getComputedStyle(caret.words[caret.at].startContainer.parentElement).direction === "rtl";
      const mirrored = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" };
      const key = rightToLeft ? mirrored[event.key] ?? event.key : event.key;
      caret.at = Math.max(0, Math.min(caret.words.length - 1, STEPS[key]()));
      caret.anchor = event.shiftKey ? caret.anchor : caret.at;
      show();
      return true;
    } else if (event.key === "Tab") {
      enter(caret.place + (event.shiftKey ? -1 : 1));
      return true;
    } else if (event.key === "Escape") {
      caret = null;
      getSelection().removeAllRanges();
      return true;
    }
  }
  if (/^[1-9]$/.test(event.key)) {
    const label = labels()[Number(event.key) - 1];
    return label !== undefined && mark(label.dataset.mark);
  }
  if (event.key === "m") {
    enter(caret ? caret.place + 1 : 0);
    return true;
  } else if (event.key === "r" && marks().length > 0) {
    [...question().querySelectorAll(".marks input")].at(-1).focus();
    return true;
  } else if (event.key === "Backspace" && marks().length > 0) {
    write(marks().slice(0, -1));
    return true;
  }
  return false;
}

export function setUpMarks() {
  caret = null;
  if (question()) {
    answers().forEach(piecesOf);
    redrawMarks();
  } else if (window.Highlight && CSS.highlights) {
    CSS.highlights.clear();
  }
}

// A press must not take the selection away that it is to mark.
document.addEventListener("pointerdown", (event) => {
  if (event.target.closest?.("[data-mark]")) {
    event.preventDefault();
  }
});
document.addEventListener("click", (event) => {
  const label = event.target.closest?.("#rating [data-mark], form [data-mark]");
  if (label) {
    mark(label.dataset.mark);
  }
});
