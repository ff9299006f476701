// Pages that ask a task's questions outside the queue (a disagreement, the right answers, an earlier rating): numbers
// answer, Enter sends. They work without this file: every control is a form's button.

import { focusMissing, focusStop, isWriting, missing, questionKey, redrawMarks, setUpQuestions } from "./questions.js";
import { fold, toggleDifferences, toggleFolds, typeset } from "./reading.js";
import { reveal, revealAlways, veil } from "./veil.js";

const form = () => document.getElementById("rating-form");

const DOES = { differences: toggleDifferences, reveal, "reveal-always": revealAlways };

setUpQuestions();
veil();
fold();
typeset().then(redrawMarks);
const first = document.querySelector("#rating-form [data-stop]");
first?.focus({ preventScroll: true });

function send() {
  const open = missing();
  const place = document.getElementById("missing");
  place.hidden = !open;
  place.textContent = open ? open.words : "";
  if (open) {
    focusMissing(open);
  } else {
    form().requestSubmit(form().querySelector(".button.primary"));
  }
}

document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]")) {
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && form()) {
    event.preventDefault();
    send();
    return;
  }
  if (event.ctrlKey || event.metaKey) {
    return;
  }
  if (isWriting(event.target)) {
    // Enter in a line leaves it: a decision is always a key of its own.
    if (event.key === "Escape" || (event.key === "Enter" && event.target.matches("input"))) {
      event.preventDefault();
      focusStop(event.target.closest("[data-stop]") ?? first);
    }
    return;
  }
  if (form() && questionKey(event)) {
    event.preventDefault();
    return;
  }
  if (event.repeat || event.altKey) {
    return;
  }
  if (event.key === "Enter" && form() && !event.target.closest("a, button, summary")) {
    event.preventDefault();
    send();
    return;
  }
  const reason = event.key === "w" && document.getElementById("reason");
  if (reason) {
    event.preventDefault();
    reason.focus();
    return;
  }
  if (event.key === "f" && toggleFolds()) {
    event.preventDefault();
    return;
  }
  const button = document.querySelector(`[data-keys~="${CSS.escape(event.key.toLowerCase())}"]`);
  if (button) {
    event.preventDefault();
    button.click();
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-does]");
  if (button) {
    DOES[button.dataset.does]();
    veil();
  }
});
