// One key rates and the next task is there. The page works without this file: every control is a form's button.

const IDLE_AFTER = 60_000;
const RENEWED = "ratchet-page-renewed";

let busy = false;
let activeMillis = 0;
let lastTick = performance.now();
let lastSign = performance.now();
let toastTimer;

const region = () => document.getElementById("rating");
const form = () => document.getElementById("rating-form");

/** Time counts while the page is visible and the reviewer showed a sign of life within the last minute. */
function tick() {
  const now = performance.now();
  if (document.visibilityState === "visible" && now - lastSign < IDLE_AFTER) {
    activeMillis += now - lastTick;
  }
  lastTick = now;
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

function press(button) {
  button.classList.add("pressed");
  button.click();
}

function isTyping(target) {
  return target instanceof HTMLElement && target.closest("input:not([type=hidden]), textarea, select") !== null;
}

document.addEventListener("keydown", (event) => {
  lastSign = performance.now();
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (isTyping(event.target)) {
    if (event.key === "Escape") {
      document.getElementById("answers")?.focus();
    } else if (event.key === "Enter") {
      // Enter in the comment must not press the first button of the form: a verdict is always a deliberate key.
      event.preventDefault();
      document.getElementById("answers")?.focus();
    }
    return;
  }
  if (document.querySelector("dialog[open]") || event.repeat) {
    return;
  }
  const key = event.key.toLowerCase();
  if (key === "c") {
    const comment = form()?.elements.comment;
    if (comment) {
      event.preventDefault();
      comment.focus();
    }
    return;
  }
  const button = document.querySelector(`[data-keys~="${CSS.escape(key)}"]`);
  if (button && !button.disabled) {
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

document.addEventListener("submit", (event) => {
  if (busy) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  writeTime();
}, { capture: true });

document.addEventListener("htmx:configRequest", (event) => {
  writeTime();
  const field = form()?.elements.activeMillis;
  if (field && "activeMillis" in event.detail.parameters) {
    event.detail.parameters.activeMillis = field.value;
  }
});
document.addEventListener("htmx:beforeRequest", () => {
  busy = true;
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
    say("The server could not take that", "Your choice was not stored. This task is still yours: press the key again.");
  }
});
document.addEventListener("htmx:sendError", () => {
  say(
    "No connection to the server",
    "Your choice may not have been stored. Press the key again: it is never counted twice.",
  );
});

document.addEventListener("htmx:afterSwap", () => {
  restartClock();
  const answers = document.getElementById("answers");
  const next = answers ?? document.getElementById("queue-empty");
  answers?.scrollTo(0, 0);
  if (matchMedia("(max-width: 860px)").matches) {
    window.scrollTo(0, 0);
  }
  next?.focus({ preventScroll: true });
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

document.getElementById("answers")?.focus({ preventScroll: true });
fadeToast();
if (sessionStorage.getItem(RENEWED)) {
  sessionStorage.removeItem(RENEWED);
  say("The page was open for too long and has been renewed", "Nothing was stored or changed: press the key again.");
}
