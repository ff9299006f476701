// Curves of a run: reads the figure's JSON, draws them with uPlot, and reads again while the run is going.

const POLL = 2_000;
const plots = new Map();

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Canvas takes no light-dark(): a probe element resolves the property to a colour. */
export function resolved(name) {
  const probe = document.createElement("i");
  probe.hidden = true;
  document.body.append(probe);
  probe.style.color = colour(name);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

export function short(value) {
  return Math.abs(value) >= 1000 ? value.toFixed(0) : Number(value.toPrecision(3)).toString();
}

function options(series, width) {
  const quiet = resolved("--text-quiet");
  const line = resolved("--line");
  const font = "12px " + getComputedStyle(document.body).fontFamily;
  const axis = { stroke: quiet, font, grid: { stroke: line, width: 1 }, ticks: { show: false } };
  return {
    width,
    height: 180,
    cursor: { y: false, drag: { x: false, y: false } },
    legend: { show: false },
    scales: {
      x: { time: false },
      // Losses, rates and accuracies are compared by length, so their axis starts at zero.
      y: { range: (_, low, high) => [Math.min(0, low), Math.max(high * 1.06, low + 1e-9, Number.EPSILON)] },
    },
    axes: [
      { ...axis, size: 28, space: 56 },
      { ...axis, size: 52, space: 32, values: (_, ticks) => ticks.map(short) },
    ],
    series: [
      {},
      { stroke: resolved("--accent"), width: 2, points: { show: series.values.length < 3 }, spanGaps: true },
    ],
  };
}

function figureFor(container, series) {
  let figure = container.querySelector(`[data-series="${CSS.escape(series.name)}"]`);
  if (!figure) {
    figure = document.getElementById("chart-template").content.firstElementChild.cloneNode(true);
    figure.dataset.series = series.name;
    figure.querySelector("h3").textContent = series.label;
    figure.querySelector(".unit").textContent = series.unit;
    container.append(figure);
  }
  return figure;
}

function fillTable(figure, series) {
  const body = figure.querySelector("tbody");
  const every = Math.max(1, Math.ceil(series.steps.length / 40));
  const rows = series.steps
    .map((step, at) => [step, series.values[at]])
    .filter((_, at) => at % every === 0 || at === series.steps.length - 1)
    .map(([step, value]) => {
      const row = document.createElement("tr");
      for (const cell of [step, value === null ? "" : short(value)]) {
        row.append(Object.assign(document.createElement("td"), { textContent: cell }));
      }
      return row;
    });
  body.replaceChildren(...rows);
}

function draw(container, series) {
  const figure = figureFor(container, series);
  const known = series.values.filter((value) => value !== null);
  figure.querySelector(".value").textContent = known.length ? short(known.at(-1)) : "–";
  fillTable(figure, series);
  const place = figure.querySelector(".plot");
  const width = Math.max(200, place.clientWidth - 16);
  const data = [series.steps, series.values];
  const there = plots.get(series.name);
  if (there && there.width === width) {
    there.setData(data);
    return;
  }
  there?.destroy();
  place.replaceChildren();
  plots.set(series.name, new uPlot(options(series, width), data, place));
}

let last;

/** All figures stand before the first is drawn: how wide each is depends on how many there are. */
function drawAll(container) {
  last?.series.forEach((series) => figureFor(container, series));
  last?.series.forEach((series) => draw(container, series));
}

async function refresh(container) {
  const answer = await fetch(container.dataset.metrics, { headers: { Accept: "application/json" } });
  if (!answer.ok) {
    return;
  }
  last = await answer.json();
  container.querySelector(".chart-empty")?.toggleAttribute("hidden", last.series.length > 0);
  drawAll(container);
  if (!last.finished) {
    setTimeout(() => refresh(container), POLL);
  }
}

function redraw(container) {
  plots.forEach((plot) => plot.destroy());
  plots.clear();
  drawAll(container);
}

const container = document.getElementById("charts");
if (container) {
  refresh(container);
  const again = () => requestAnimationFrame(() => redraw(container));
  document.addEventListener("ratchet:theme", again);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  let resizing;
  addEventListener("resize", () => {
    clearTimeout(resizing);
    resizing = setTimeout(again, 150);
  });
}
