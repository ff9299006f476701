// One key rates and the next task is there. The page works without this file: every control is a form's button.

import { assignment, forget, keepNow, restore, tidy } from "./drafts.js";
import {
  currentStop, focusMissing, focusStop, isWriting, missing, questionKey, redrawMarks, setUpQuestions,
} from "./questions.js";
import { fold, toggleDifferences, toggleFolds, typeset } from "./reading.js";
import { text } from "./texts.js";
import { reveal, revealAlways, veil } from "./veil.js";

const IDLE_AFTER = 60_000;
const BREAK_AFTER = 50 * 60_000;
const BREAK_LASTS = 5 * 60_000;
const RENEWED = "ratchet-page-renewed";
const WORKED = "ratchet-worked";

let busy = false;
let activeMillis = 0;
let lastTick = performance.now();
let lastSign = performance.now();
let toastTimer;
let sent;

const region = () => document.getElementById("rating");
const form = () => document.getElementById("rating-form");
const direct = () => form()?.querySelector(".send") === null;

// ── Time ───────────────────────────────────────────────────────────────────

/** Time counts while the page is visible and the reviewer showed a sign of life within the last minute. */
function tick() {
  const now = performance.now();
  if (document.visibilityState === "visible" && now - lastSign < IDLE_AFTER) {
    activeMillis += now - lastTick;
    work(now - lastTick);
  }
  lastTick = now;
}

/** Adds to the time since the last break, which is five minutes without a sign of life, on any task. */
function work(millis) {
  try {
    const known = JSON.parse(localStorage.getItem(WORKED) ?? "{}");
    const rested = !(Date.now() - known.at < BREAK_LASTS);
    const worked = (rested ? 0 : known.millis) + millis;
    localStorage.setItem(WORKED, JSON.stringify({ at: Date.now(), millis: worked }));
    document.getElementById("break").hidden = worked < BREAK_AFTER;
  } catch {
    // Without storage nobody is reminded.
  }
}

function restartClock() {
  activeMillis = 0;
  lastTick = lastSign = performance.now();
}

function writeTime() {
  tick();
  const field = form()?.elements.activeMillis;
  if (field) {
    field.value = Math.round(activeMillis);
  }
}

setInterval(writeTime, 5_000);

// ── Keys ───────────────────────────────────────────────────────────────────

function press(button) {
  button.classList.add("pressed");
  button.click();
}

function leaveField(target) {
  const stop = target.closest("[data-stop]");
  if (stop) {
    focusStop(stop);
  } else {
    document.getElementById("answers")?.focus();
  }
}

function send() {
  if (direct()) {
    sayMissing(text("sendsByChoice"));
  } else {
    form()?.requestSubmit(form().querySelector(".send"));
  }
}

function sayMissing(words) {
  const place = document.getElementById("missing");
  if (place) {
    place.textContent = words;
    place.hidden = words === "";
  }
}

/** In the dialog of a skip its numbers choose a reason. */
function skipKey(event) {
  const dialog = document.getElementById("skip-dialog");
  if (!dialog?.open) {
    return;
  }
  const reason = isWriting(event.target) ? null : dialog.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (reason) {
    event.preventDefault();
    reason.click();
    reason.focus();
  } else if (event.key === "Enter" && !event.target.closest("[data-closes]")) {
    event.preventDefault();
    form().ownerDocument.getElementById("skip-form").requestSubmit(document.getElementById("skip-now"));
  }
}

document.addEventListener("keydown", (event) => {
  lastSign = performance.now();
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && form() && !busy) {
    event.preventDefault();
    send();
    return;
  }
  if (event.ctrlKey || event.metaKey) {
    return;
  }
  if (document.querySelector("dialog[open]")) {
    skipKey(event);
    return;
  }
  if (isWriting(event.target)) {
    const line = event.target.matches("input");
    if (event.key === "Escape" || (event.key === "Enter" && line)) {
      // Enter in a line must not press the first button of the form: a verdict is always a deliberate key.
      event.preventDefault();
      leaveField(event.target);
    }
    return;
  }
  if (form() && questionKey(event)) {
    sayMissing("");
    event.preventDefault();
    return;
  }
  if (event.repeat || event.altKey) {
    return;
  }
  const key = event.key.toLowerCase();
  if (key === "enter" && form() && !event.target.closest("a, button, summary")) {
    event.preventDefault();
    if (!busy) {
      send();
    }
    return;
  }
  if (key === "c") {
    const comment = document.getElementById("comment");
    if (comment) {
      event.preventDefault();
      comment.focus();
    }
    return;
  }
  if (key === "f" && toggleFolds()) {
    event.preventDefault();
    return;
  }
  if (["pagedown", "pageup", " "].includes(key) && currentStop()) {
    event.preventDefault();
    const answers = document.getElementById("answers");
    const back = key === "pageup" || (key === " " && event.shiftKey);
    answers.scrollBy({ top: answers.clientHeight * 0.85 * (back ? -1 : 1) });
    return;
  }
  const button = document.querySelector(`[data-keys~="${CSS.escape(key)}"]`);
  if (button && !button.disabled && !button.closest("[hidden]")) {
    event.preventDefault();
    if (!busy || button.dataset.opens) {
      press(button);
    }
  }
});

for (const sign of ["pointermove", "pointerdown", "wheel", "touchstart"]) {
  document.addEventListener(sign, () => (lastSign = performance.now()), { passive: true });
}
document.addEventListener("visibilitychange", () => {
  tick();
  lastSign = performance.now();
});

// ── What buttons do ────────────────────────────────────────────────────────

const DOES = {
  reveal,
  "reveal-always": revealAlways,
  differences: toggleDifferences,
  "break-over": () => {
    localStorage.removeItem(WORKED);
    document.getElementById("break").hidden = true;
    document.getElementById("answers")?.focus();
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-does]");
  if (!button) {
    return;
  }
  const dialog = document.getElementById("skip-dialog");
  if (button.dataset.does === "skip") {
    if (!dialog.open) {
      event.preventDefault();
      dialog.showModal();
      document.getElementById("skip-now").focus();
    }
    return;
  }
  DOES[button.dataset.does]();
  button.classList.remove("pressed");
  veil();
});

// ── Sending ────────────────────────────────────────────────────────────────

document.addEventListener("submit", (event) => {
  if (busy) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  if (event.target === form()) {
    const open = missing();
    if (open) {
      event.preventDefault();
      event.stopImmediatePropagation();
      sayMissing(open.words);
      focusMissing(open);
      document.querySelectorAll(".pressed").forEach((button) => button.classList.remove("pressed"));
      return;
    }
  }
  writeTime();
  keepNow();
}, { capture: true });

document.addEventListener("htmx:configRequest", (event) => {
  writeTime();
  const field = form()?.elements.activeMillis;
  if (field && "activeMillis" in event.detail.parameters) {
    event.detail.parameters.activeMillis = field.value;
  }
});
document.addEventListener("htmx:beforeRequest", (event) => {
  busy = true;
  sent = /\/rate(\/skip)?$/.test(event.detail.pathInfo.requestPath) ? assignment() : undefined;
  region()?.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:afterRequest", () => {
  busy = false;
  region()?.removeAttribute("aria-busy");
  document.querySelectorAll(".pressed").forEach((button) => button.classList.remove("pressed"));
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (new URL(xhr.responseURL, location.href).pathname === "/login") {
    location.reload();
    event.detail.shouldSwap = false;
  } else if (!xhr.responseText.includes('id="rating"')) {
    event.detail.shouldSwap = false;
    if (xhr.status === 400) {
      // The form's token is no longer good: only a fresh page has a new one.
      sessionStorage.setItem(RENEWED, "yes");
      location.reload();
      return;
    }
    say(text("refused"), text("refusedDetail"));
  } else if (xhr.status < 400 && sent) {
    forget(sent);
  }
});
document.addEventListener("htmx:sendError", () => {
  say(text("offline"), text("offlineDetail"));
});

document.addEventListener("htmx:afterSwap", () => {
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
  document.querySelectorAll("#skip-dialog input").forEach((input) => {
    input.checked = false;
    input.type === "text" && (input.value = "");
  });
  restartClock();
  document.getElementById("answers")?.scrollTo(0, 0);
  if (matchMedia("(max-width: 860px)").matches) {
    window.scrollTo(0, 0);
  }
  begin();
  announce();
  fadeToast();
});

/** The server says what happened in data-announce; a live region outside the swapped part reads it out. */
function announce() {
  const live = document.getElementById("announcement");
  const words = region()?.dataset.announce;
  if (live && words) {
    live.textContent = "";
    requestAnimationFrame(() => (live.textContent = words));
  }
}

function fadeToast() {
  clearTimeout(toastTimer);
  const toast = document.getElementById("toast");
  if (toast) {
    toastTimer = setTimeout(() => (toast.hidden = !toast.matches(":focus-within, :hover")), 6_000);
  }
}

function say(title, detail) {
  const notice = document.getElementById("send-error");
  if (notice) {
    notice.querySelector("strong").textContent = title;
    notice.querySelector("span").textContent = detail;
    notice.hidden = false;
  }
}

/** Makes a task ready that has just been shown. */
function begin() {
  const millis = restore();
  if (millis !== null) {
    activeMillis = millis;
    document.getElementById("restored")?.removeAttribute("hidden");
  }
  setUpQuestions();
  veil();
  fold();
  typeset().then((changed) => changed > 0 && redrawMarks());
  const first = direct() ? null : document.querySelector("#rating [data-stop]");
  const next = first ?? document.getElementById("answers") ?? document.getElementById("queue-empty");
  next?.focus({ preventScroll: true });
}

tidy();
begin();
fadeToast();
if (sessionStorage.getItem(RENEWED)) {
  sessionStorage.removeItem(RENEWED);
  say(text("renewed"), text("renewedDetail"));
}
