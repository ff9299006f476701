// What helps to read answers: code in colours, formulas, long answers folded, what differs between two.

import { differences } from "./questions.js";
import { text } from "./texts.js";

const HIGHLIGHT = "/webjars/highlightjs/11.11.1/highlight.min.js";
const KATEX = "/webjars/katex/0.16.4/dist/katex.min.js";
const KATEX_STYLE = "/webjars/katex/0.16.4/dist/katex.min.css";
const TALL = 720;
const LONGEST_COLOURED = 50_000;

const loading = new Map();
const answers = () => [...document.querySelectorAll(".answer-columns > .answer")];

/** Loads a script once, when the first text needs it. */
function load(source) {
  if (!loading.has(source)) {
    loading.set(source, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = source;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    }));
  }
  return loading.get(source);
}

function style(source) {
  if (!document.querySelector(`link[href="${source}"]`)) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = source;
    document.head.append(link);
  }
}

/** Colours code and sets formulas; both work on text that the server has made safe, and add elements of their own. */
export async function typeset(within = document) {
  const codes = [...within.querySelectorAll(".prose pre > code[class*=language-]:not([data-highlighted])")]
    .filter((code) => code.textContent.length < LONGEST_COLOURED);
  const formulas = [...within.querySelectorAll(".prose .math:not([data-set])")];
  if (codes.length > 0) {
    await load(HIGHLIGHT);
    window.hljs.configure({ ignoreUnescapedHTML: true });
    for (const code of codes.filter((one) => one.isConnected)) {
      const language = /language-([\w+#.-]+)/.exec(code.className)?.[1];
      if (window.hljs.getLanguage(language)) {
        window.hljs.highlightElement(code);
      }
    }
  }
  if (formulas.length > 0) {
    style(KATEX_STYLE);
    await load(KATEX);
    for (const formula of formulas.filter((one) => one.isConnected)) {
      const source = formula.textContent;
      const edge = source.startsWith("$") && !source.startsWith("$$") ? 1 : 2;
      formula.dataset.set = source;
      window.katex.render(source.slice(edge, -edge), formula, {
        displayMode: formula.classList.contains("display"),
        throwOnError: false,
        strict: "ignore",
        trust: false,
        maxSize: 20,
        maxExpand: 200,
      });
    }
  }
  return codes.length + formulas.length;
}

// ── Folding ────────────────────────────────────────────────────────────────

/** Folds what is long; a button under it and the key f unfold. */
export function fold() {
  for (const answer of answers()) {
    const prose = answer.querySelector(".prose");
    if (prose.scrollHeight > TALL * 1.3 && !answer.querySelector(".unfold")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button small unfold";
      button.setAttribute("aria-keyshortcuts", "f");
      button.addEventListener("click", () => setFolded(answer, !answer.classList.contains("folded")));
      answer.append(button);
      setFolded(answer, true);
    }
  }
}

function setFolded(answer, folded) {
  answer.classList.toggle("folded", folded);
  const button = answer.querySelector(".unfold");
  button.setAttribute("aria-expanded", String(!folded));
  button.textContent = `${text(folded ? "showAll" : "fold")} (f)`;
}

export function toggleFolds() {
  const long = answers().filter((answer) => answer.querySelector(".unfold"));
  const folded = !long.some((answer) => answer.classList.contains("folded"));
  long.forEach((answer) => setFolded(answer, folded));
  return long.length > 0;
}

// ── Differences ────────────────────────────────────────────────────────────

/** A text with the words marked that the other has not; what the other has instead stands in its own column. */
const own = (other, text) => differences(other, text).filter((piece) => piece.tagName !== "DEL");

/** Shows the raw answers with what each has otherwise than the first, or the answers again. */
export function toggleDifferences() {
  const shown = answers();
  if (shown.length < 2 || !window.Diff) {
    return false;
  }
  const comparing = shown[0].querySelector(".difference");
  if (comparing) {
    shown.forEach((answer) => answer.querySelector(".difference")?.remove());
  } else {
    const first = shown[0].dataset.raw;
    shown.forEach((answer, place) => {
      const box = document.createElement("div");
      box.className = "difference";
      box.dir = "auto";
      if (place > 0) {
        box.append(...own(first, answer.dataset.raw));
      } else if (shown.length === 2) {
        box.append(...own(shown[1].dataset.raw, first));
      } else {
        box.append(first);
      }
      answer.append(box);
    });
  }
  document.querySelector(".answer-columns").classList.toggle("comparing", !comparing);
  document.querySelector("[data-does=differences]")?.setAttribute("aria-pressed", String(!comparing));
  return true;
}
