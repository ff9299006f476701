// What every page shares: the theme switch, relative times, confirmations, dialogs.

const root = document.documentElement;
let confirmed;

function isDark() {
  const chosen = root.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function switchTheme() {
  const theme = isDark() ? "light" : "dark";
  root.dataset.theme = theme;
  try {
    localStorage.setItem("ratchet-theme", theme);
  } catch {
    // Without storage the switch holds for this page only.
  }
  document.dispatchEvent(new CustomEvent("ratchet:theme"));
}

const relative = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "auto" });
const STEPS = [
  [60, "second", 1],
  [3600, "minute", 60],
  [86400, "hour", 3600],
  [7 * 86400, "day", 86400],
];

/** Turns the server's absolute times into "4 minutes ago"; the absolute time stays as the title. */
function tellTimes(within) {
  for (const time of within.querySelectorAll("time[datetime][data-relative]")) {
    const seconds = (new Date(time.dateTime) - Date.now()) / 1000;
    const step = STEPS.find(([limit]) => Math.abs(seconds) < limit);
    if (step) {
      time.title ||= time.textContent.trim();
      time.textContent =
        Math.abs(seconds) < 10 ? document.body.dataset.justNow : relative.format(Math.round(seconds / step[2]), step[1]);
    }
  }
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-theme-switch]")) {
    switchTheme();
  }
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    document.getElementById(opener.dataset.opens)?.showModal();
  }
  const closer = event.target.closest("[data-closes]");
  if (closer) {
    closer.closest("dialog")?.close();
  }
  // A click on the backdrop is a click on the dialog itself.
  if (event.target instanceof HTMLDialogElement) {
    event.target.close();
  }
});

/** What is shown once is copied at once: a field with data-select selects all of itself. */
document.addEventListener("focusin", (event) => {
  if (event.target.matches?.("[data-select]")) {
    event.target.select();
  }
});

/** A button with data-confirm asks first; without JavaScript it acts at once, and the server checks either way. */
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  const dialog = document.getElementById("confirm");
  if (!button?.dataset.confirm || !dialog || button === confirmed) {
    return;
  }
  event.preventDefault();
  dialog.querySelector("p").textContent = button.dataset.confirm;
  const act = dialog.querySelector("[value=act]");
  act.textContent = button.textContent.trim();
  dialog.returnValue = "";
  dialog.onclose = () => {
    if (dialog.returnValue === "act") {
      confirmed = button;
      button.form.requestSubmit(button);
      confirmed = undefined;
    } else {
      button.focus();
    }
  };
  dialog.showModal();
});

/** A look that failed leaves the page as it was: the next look may succeed. The rating page handles its own. */
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status >= 400 && event.detail.target.id !== "rating") {
    event.detail.shouldSwap = false;
  }
});

/** On a narrow screen the tab of the page that is shown is in sight. */
for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
  const row = tab.parentElement;
  row.scrollLeft += tab.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - tab.offsetWidth) / 2;
}

document.addEventListener("htmx:load", (event) => tellTimes(event.detail.elt));
tellTimes(document);
setInterval(() => tellTimes(document), 30_000);
