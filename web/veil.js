// Texts that may disturb are blurred, for screen readers too, until their reader asks for them, here or once for all.

const SHOW_SENSITIVE = "ratchet-show-sensitive";

const veiled = () => document.querySelectorAll("[data-sensitive]");

/** Puts the veil over what has come to the page since, or takes it off what was asked for. */
export function veil() {
  const always = localStorage.getItem(SHOW_SENSITIVE) !== null;
  for (const part of veiled()) {
    part.classList.toggle("revealed", always || part.matches(".revealed"));
    for (const text of part.querySelectorAll(".prose, .difference")) {
      part.matches(".revealed") ? text.removeAttribute("aria-hidden") : text.setAttribute("aria-hidden", "true");
    }
  }
}

export function reveal() {
  veiled().forEach((part) => part.classList.add("revealed"));
  veil();
}

export function revealAlways() {
  localStorage.setItem(SHOW_SENSITIVE, "yes");
  reveal();
}
