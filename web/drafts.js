// What is not sent yet stays in this browser, by its assignment, and comes back after a reload, a crash or a lost line.

const PREFIX = "ratchet-draft-";
const OLDEST = 7 * 86_400_000;
const OWN = ["ratingId", "assignmentId", "taskId", "responseIds"];

const form = () => document.getElementById("rating-form");
const keyOf = (assignment) => PREFIX + assignment;
const isField = (name) => name.startsWith("q.");
/** That a rewrite would start from an answer says nothing yet. */
const isSaid = (shown, name) => shown.elements.namedItem(name)?.closest?.(".rewrite select") == null;

let pending;

/** The assignment that the page shows; undefined for none. */
export const assignment = () => form()?.dataset.assignment;

function write() {
  clearTimeout(pending);
  pending = undefined;
  const shown = form();
  if (!shown) {
    return;
  }
  const fields = [...new FormData(shown)].filter(([name, value]) => isField(name) && value !== "" && !OWN.includes(name));
  try {
    if (fields.some(([name]) => isSaid(shown, name))) {
      localStorage.setItem(keyOf(assignment()), JSON.stringify({
        fields, at: Date.now(), activeMillis: Number(shown.elements.activeMillis?.value) || 0,
      }));
    } else {
      localStorage.removeItem(keyOf(assignment()));
    }
  } catch {
    // Without storage there is no draft, and the page says nothing of one.
  }
}

/** Keeps what stands in the form soon. */
export function keep() {
  pending ??= setTimeout(write, 150);
}

/** Keeps it now: the page may be gone in a moment. */
export function keepNow() {
  if (pending !== undefined) {
    write();
  }
}

/** Forgets a draft: what it says is stored, or was given back. */
export function forget(key) {
  clearTimeout(pending);
  pending = undefined;
  try {
    localStorage.removeItem(keyOf(key));
  } catch {
    // Nothing was kept.
  }
}

/**
 * Puts the draft of the shown assignment back into the form.
 *
 * @returns the milliseconds that were worked on it before; 0 where there is no draft
 */
export function restore() {
  const shown = form();
  let draft;
  try {
    draft = JSON.parse(localStorage.getItem(keyOf(assignment())) ?? "null");
  } catch {
    draft = null;
  }
  if (!shown || !draft) {
    return null;
  }
  for (const [name, value] of draft.fields) {
    for (const control of [...shown.elements].filter((one) => one.name === name && one.tagName !== "BUTTON")) {
      if (control.type === "radio" || control.type === "checkbox") {
        control.checked ||= control.value === value;
      } else {
        control.value = value;
      }
    }
  }
  return draft.activeMillis;
}

/** Drops drafts that nobody came back to. */
export function tidy() {
  try {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      if (!(Date.now() - JSON.parse(localStorage.getItem(key)).at < OLDEST)) {
        localStorage.removeItem(key);
      }
    }
  } catch {
    // Nothing to tidy.
  }
}

document.addEventListener("input", (event) => {
  if (event.target.form === form()) {
    keep();
  }
});
document.addEventListener("change", (event) => {
  if (event.target.form === form()) {
    keep();
  }
});
addEventListener("pagehide", keepNow);
