// The page on which an earlier rating is changed: its questions answer to the same keys.

import { isWriting, questionKey, redrawMarks, setUpQuestions } from "./questions.js";
import { typeset } from "./reading.js";

setUpQuestions();
typeset().then(redrawMarks);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) {
    return;
  }
  if (isWriting(event.target)) {
    if (event.key === "Escape") {
      event.target.closest("[data-stop]")?.focus();
    }
  } else if (questionKey(event)) {
    event.preventDefault();
  }
});
