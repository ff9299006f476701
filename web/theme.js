// Applied before the first paint, so it is a classic script in the head; the switch itself is in ratchet.js.
(() => {
  // What only a script can undo is done only where scripts run.
  document.documentElement.classList.add("scripted");
  try {
    const remembered = localStorage.getItem("ratchet-theme");
    if (remembered === "light" || remembered === "dark") {
      document.documentElement.dataset.theme = remembered;
    }
  } catch {
    // Storage may be refused; the system's preference then stands.
  }
})();
