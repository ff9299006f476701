// What scripts say stands in the page, in its language: <template id="texts" data-…>.

/** The words of a name, with what they speak of in place of their "…". */
export function text(name, about = "") {
  return (document.getElementById("texts")?.dataset[name] ?? "").replace("…", () => about);
}
