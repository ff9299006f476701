// Edits a project's questions as cards. The JSON below them is what is sent, and all there is without this file.

const source = document.getElementById("questions");
const list = document.getElementById("question-list");
const form = document.getElementById("instructions-form");

const KINDS = {
  preference: ["Preference between two", { tie: true, bothBad: true }],
  ranking: ["Ranking", { ties: true }],
  best: ["Best of several", { none: true }],
  scores: ["Scores", { aspects: [{ name: "quality", title: "Quality" }], points: 5, labels: [], comparing: false }],
  tags: ["Tags", { tags: [{ name: "off-topic", title: "Off topic" }], each: true }],
  text: ["Free text", { maxLength: 4000 }],
  rewrite: ["Rewrite", {}],
  spans: ["Marks in the text", { labels: [{ name: "wrong", title: "Wrong" }] }],
  safety: ["Safety flags", { flags: [{ name: "violence", title: "Violence" }] }],
};
const TITLES = {
  preference: "Which answer is better?",
  ranking: "Put the answers in order, best first",
  best: "Which answer is best?",
  scores: "How good is each answer?",
  tags: "What applies?",
  text: "Why?",
  rewrite: "Write a better answer",
  spans: "Mark what is wrong",
  safety: "What is unsafe?",
};
const COMMON = [
  ["title", "Question", "line"],
  ["help", "Help", "line"],
  ["name", "Name in exports", "line"],
  ["required", "Must be answered", "check"],
];
const FIELDS = {
  preference: [["tie", "May be a tie", "check"], ["bothBad", "May be both bad", "check"]],
  ranking: [["ties", "Ties are allowed", "check"]],
  best: [["none", "May be none", "check"]],
  scores: [
    ["aspects", "Aspects, one a line", "options"],
    ["points", "Steps of the scale, 2 to 11", "number"],
    ["labels", "Labels of the steps, one a line, or none", "lines"],
    ["comparing", "A higher mean is the better answer", "check"],
  ],
  tags: [["tags", "Tags, one a line", "options"], ["each", "For each answer on its own", "check"]],
  text: [["maxLength", "Most characters", "number"]],
  rewrite: [],
  spans: [["labels", "Labels, one a line", "options"]],
  safety: [["flags", "Flags, one a line", "options"]],
};

let questions = [];

const slug = (words) => words.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "").slice(0, 40);

/** "name: Title", or the title alone where the name is made of it. */
const optionLine = ({ name, title }) => (slug(title ?? "") === name ? title : `${name}: ${title}`);

function readOption(line) {
  const named = /^\s*([a-z0-9][a-z0-9-]*)\s*:\s*(.+)$/.exec(line);
  return named ? { name: named[1], title: named[2].trim() } : { name: slug(line), title: line.trim() };
}

const filled = (text) => text.split("\n").filter((line) => line.trim() !== "");

const READ = {
  line: (control) => control.value,
  check: (control) => control.checked,
  number: (control) => Number(control.value),
  options: (control) => filled(control.value).map(readOption),
  lines: (control) => filled(control.value).map((line) => line.trim()),
};
const WRITE = {
  line: (value) => value ?? "",
  number: (value) => value ?? "",
  options: (value) => (value ?? []).map(optionLine).join("\n"),
  lines: (value) => (value ?? []).join("\n"),
};

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== undefined) {
      made.setAttribute(name, value === true ? "" : value);
    }
  }
  made.append(...children);
  return made;
}

function fieldOf(index, [name, label, type]) {
  const id = `q-${index}-${name}`;
  const value = questions[index][name];
  let control;
  if (type === "check") {
    control = element("input", { type: "checkbox", id });
    control.checked = Boolean(value);
  } else if (type === "options" || type === "lines") {
    control = element("textarea", { id, rows: Math.min(8, Math.max(3, (value ?? []).length + 1)) });
    control.value = WRITE[type](value);
  } else {
    control = element("input", { type: type === "number" ? "number" : "text", id, autocomplete: "off" });
    control.value = WRITE[type](value);
  }
  control.addEventListener("input", () => {
    questions[index][name] = READ[type](control);
    store();
  });
  const described = element("label", { for: id }, label);
  return type === "check"
    ? element("div", { class: "check", "data-field": name }, control, described)
    : element("div", { class: "field", "data-field": name }, described, control);
}

function button(label, words, act, disabled) {
  const made = element("button", { type: "button", class: "button small", "aria-label": label, disabled }, words);
  made.addEventListener("click", act);
  return made;
}

function card(question, index) {
  const [kind] = KINDS[question.kind] ?? [question.kind];
  const about = `question ${index + 1}, ${question.title || kind}`;
  const head = element("div", { class: "card-head" },
    element("span", { class: "chip accent" }, String(index + 1)), element("b", {}, kind),
    element("span", { class: "card-acts" },
      button(`Move up: ${about}`, "↑", () => move(index, -1), index === 0),
      button(`Move down: ${about}`, "↓", () => move(index, 1), index === questions.length - 1),
      button(`Remove: ${about}`, "Remove", () => remove(index))));
  const made = element("li", { class: "question-card", "data-index": index }, head);
  made.append(...[...COMMON, ...(FIELDS[question.kind] ?? [])].map((field) => fieldOf(index, field)));
  made.addEventListener("keydown", (event) => {
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      move(index, event.key === "ArrowUp" ? -1 : 1);
    }
  });
  return made;
}

function move(index, by) {
  const to = index + by;
  if (to < 0 || to >= questions.length) {
    return;
  }
  [questions[index], questions[to]] = [questions[to], questions[index]];
  store();
  draw();
  const acts = list.children[to].querySelectorAll(".card-acts button:not(:disabled)");
  (acts[by < 0 || acts.length < 3 ? 0 : 1] ?? acts[0])?.focus();
}

function remove(index) {
  questions.splice(index, 1);
  store();
  draw();
  (list.children[Math.min(index, questions.length - 1)] ?? document.getElementById("add-question"))
    ?.querySelector("button:not(:disabled)")?.focus();
}

function add(kind) {
  const taken = new Set(questions.map(({ name }) => name));
  let name = kind;
  for (let number = 2; taken.has(name); number++) {
    name = `${kind}-${number}`;
  }
  questions.push({
    kind, name, title: TITLES[kind], help: "", required: questions.every((question) => !question.required),
    ...structuredClone(KINDS[kind][1]),
  });
  store();
  draw();
  list.lastElementChild.querySelector("input")?.focus();
}

function draw() {
  list.replaceChildren(...questions.map(card));
}

function store() {
  source.value = JSON.stringify(questions, null, 2);
  changed();
}

function changed() {
  document.body.dispatchEvent(new Event("preview-changed"));
}

/** Takes the JSON as it stands; what is no list of questions stays for its author to mend. */
function take() {
  try {
    const read = JSON.parse(source.value);
    if (Array.isArray(read) && read.every((question) => question !== null && typeof question === "object")) {
      questions = read;
      draw();
    }
  } catch {
    // The preview says where the JSON is wrong.
  }
  changed();
}

/** Says what is wrong at the field that is wrong. */
function blame(at, words) {
  for (const told of list.querySelectorAll("p.wrong")) {
    told.remove();
  }
  for (const marked of list.querySelectorAll("[aria-invalid]")) {
    marked.removeAttribute("aria-invalid");
    marked.removeAttribute("aria-describedby");
  }
  const [index, name] = (at ?? "").split(".");
  const place = list.querySelector(`[data-index="${CSS.escape(index)}"] [data-field="${CSS.escape(name ?? "")}"]`);
  if (place) {
    const id = `wrong-${index}-${name}`;
    place.append(element("p", { class: "wrong", id }, words));
    const control = place.querySelector("input, textarea");
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", id);
  }
}

function blamePreview() {
  const preview = document.getElementById("preview");
  blame(preview?.dataset.wrongAt, document.getElementById("preview-problem")?.textContent ?? "");
}

const menu = document.getElementById("add-question");
menu.append(element("span", { class: "quiet small" }, "Add"),
  ...Object.entries(KINDS).map(([kind, [label]]) => button(`Add: ${label}`, label, () => add(kind))));
menu.hidden = false;
document.getElementById("as-json").open = false;
source.addEventListener("change", take);
source.addEventListener("input", changed);
document.getElementById("guidelines").addEventListener("input", changed);
document.addEventListener("change", (event) => {
  if (event.target.name === "responses") {
    changed();
  }
});
for (const link of document.querySelectorAll("a[data-recipe]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    source.value = link.dataset.recipe;
    take();
    link.closest("details").open = false;
    list.querySelector("input")?.focus();
  });
}
document.addEventListener("htmx:afterSwap", blamePreview);

let saved = false;
form.addEventListener("submit", () => (saved = true));
const first = new FormData(form);
addEventListener("beforeunload", (event) => {
  const now = new FormData(form);
  if (!saved && ["questions", "guidelines"].some((name) => said(first.get(name)) !== said(now.get(name)))) {
    event.preventDefault();
  }
});

/** Layout and line ends of the JSON do not count as a change. */
function said(text) {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return String(text).replaceAll("\r\n", "\n");
  }
}

try {
  questions = JSON.parse(source.value);
} catch {
  document.getElementById("as-json").open = true;
}
draw();
blamePreview();
document.querySelector("#instructions-form [aria-invalid]")?.focus();
