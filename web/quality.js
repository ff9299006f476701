// The quality page: draws its charts with uPlot from the report's JSON, and opens all tables by a key.

import { resolved, short } from "./charts.js";

const HEIGHT = 180;
const DAY = 86_400;
const MOST_PROJECTED_DAYS = 400;
/** Days as the tables write them, without the year. */
const DAYS = { space: 56, values: (_, ticks) => ticks.map((tick) => new Date(tick * 1000).toISOString().slice(5, 10)), incrs: [1, 2, 7, 14, 28, 56, 112].map((days) => days * DAY) };
const plots = new Set();
let report;

const seconds = (day) => Date.parse(`${day}T00:00:00Z`) / 1000;
/** The server has put a moment into its day already: the axis must not move it again. */
const tzDate = (moment) => uPlot.tzDate(new Date(moment * 1000), "UTC");

function softened(name) {
  return resolved(name).replace(/^rgb\(([^)]*)\)$/, "rgba($1, 0.16)");
}

function axes(unit, more = {}) {
  const font = `12px ${getComputedStyle(document.body).fontFamily}`;
  const axis = { stroke: resolved("--text-quiet"), font, grid: { stroke: resolved("--line"), width: 1 }, ticks: { show: false } };
  return [
    { ...axis, size: 28, space: 64, grid: { show: false }, ...more },
    { ...axis, size: 52, space: 32, values: (_, ticks) => ticks.map(short), label: unit, labelSize: 16, labelFont: font },
  ];
}

function draw(place, options, data) {
  const width = Math.max(200, place.clientWidth - 16);
  plots.add(
    new uPlot(
      {
        width,
        height: HEIGHT,
        tzDate,
        cursor: { y: false, drag: { x: false, y: false } },
        legend: { show: false },
        ...options,
      },
      data,
      place,
    ),
  );
}

/** Lengths are compared, so the axis starts at zero. */
const fromZero = { range: (_, low, high) => [0, Math.max(high * 1.06, 1)] };
const padded = (by) => ({ range: (_, low, high) => [low - by, high + by] });
const bars = () => uPlot.paths.bars({ size: [0.72, 48] });

function burnDown(place, { days, pace, left, done, latest }) {
  const accent = resolved("--accent");
  const quiet = resolved("--text-quiet");
  const x = days.map((day) => seconds(day.day));
  const known = days.map((day) => day.left);
  const blank = days.map(() => null);
  const projections = [[...blank], [...blank], [...blank]];
  if (pace && left > 0 && done && days.length) {
    const today = x.at(-1);
    const far = latest && (seconds(latest) - today) / DAY <= 3 * ((seconds(done) - today) / DAY + 1) ? latest : done;
    const ahead = Math.min(MOST_PROJECTED_DAYS, Math.max(1, Math.round((seconds(far) - today) / DAY)));
    const paces = [pace.value, pace.low, pace.high];
    projections.forEach((values) => (values[values.length - 1] = left));
    for (let day = 1; day <= ahead; day++) {
      x.push(today + day * DAY);
      known.push(null);
      projections.forEach((values, at) => values.push(Math.max(0, left - paces[at] * day)));
    }
  }
  draw(
    place,
    {
      scales: { x: { time: true, ...padded(DAY / 2) }, y: fromZero },
      axes: axes(place.dataset.unit, DAYS),
      series: [
        {},
        { stroke: accent, width: 2, fill: softened("--accent"), points: { show: days.length < 3 } },
        { stroke: quiet, width: 2, dash: [6, 4], points: { show: false } },
        { stroke: "transparent", points: { show: false } },
        { stroke: "transparent", points: { show: false } },
      ],
      bands: [{ series: [3, 4], fill: softened("--text-quiet") }],
    },
    [x, known, ...projections],
  );
}

function throughput(place, { days }) {
  draw(
    place,
    {
      scales: { x: { time: true, ...padded(DAY / 2) }, y: fromZero },
      axes: axes(place.dataset.unit, DAYS),
      series: [{}, { stroke: resolved("--accent"), fill: resolved("--accent"), paths: bars(), points: { show: false } }],
    },
    [days.map((day) => seconds(day.day)), days.map((day) => day.ratings)],
  );
}

/** Each bar says in words what it counts, as the table does: on one line, on two, or upright where there is no room. */
function strengths(place, { steps }) {
  const words = [...document.querySelectorAll("#strengths tbody td:first-child")].map((cell) => cell.textContent);
  const room = place.clientWidth / steps.length;
  const upright = room < 60;
  const wrapped = room < 120 && !upright;
  const places = steps.map((_, at) => at);
  draw(
    place,
    {
      height: HEIGHT + (upright ? 84 : 0),
      scales: { x: { time: false, ...padded(0.6) }, y: fromZero },
      axes: axes(place.dataset.unit, {
        splits: () => places,
        values: () => (wrapped ? words.map((said) => said.replace(/^(\w+ \w+) /, "$1\n")) : words),
        rotate: upright ? 90 : 0,
        size: upright ? 112 : wrapped ? 40 : 28,
        space: 0,
      }),
      series: [{}, { stroke: resolved("--accent"), fill: resolved("--accent"), paths: bars(), points: { show: false } }],
    },
    [places, steps.map((step) => step.count)],
  );
}

function agreement(place, { overTime }) {
  const shown = overTime.filter((point) => point.alpha.value !== null);
  draw(
    place,
    {
      scales: {
        x: { time: true, ...padded(DAY / 2) },
        y: { range: (_, low) => [Math.min(0, Math.floor(low * 10) / 10), 1] },
      },
      axes: axes(place.dataset.unit, DAYS),
      series: [
        {},
        { stroke: resolved("--accent"), width: 2, points: { show: true, size: 6, fill: resolved("--surface") } },
        { stroke: "transparent", points: { show: false }, spanGaps: true },
        { stroke: "transparent", points: { show: false }, spanGaps: true },
      ],
      bands: [{ series: [3, 2], fill: softened("--accent") }],
    },
    [
      shown.map((point) => seconds(point.day)),
      shown.map((point) => point.alpha.value),
      shown.map((point) => point.alpha.low),
      shown.map((point) => point.alpha.high),
    ],
  );
}

const CHARTS = {
  "burn-down": [burnDown, (all) => all.burnDown],
  throughput: [throughput, (all) => all.throughput],
  strengths: [strengths, (all) => all.strengths],
  agreement: [agreement, (all) => all.agreement],
};

function drawAll() {
  plots.forEach((plot) => plot.destroy());
  plots.clear();
  for (const place of document.querySelectorAll(".plot[data-chart]")) {
    const [chart, part] = CHARTS[place.dataset.chart];
    const data = part(report);
    place.replaceChildren();
    if (data) {
      chart(place, data);
    }
  }
}

async function refresh(container) {
  const answer = await fetch(container.dataset.source, { headers: { Accept: "application/json" } });
  if (answer.ok) {
    report = await answer.json();
    drawAll();
  }
}

/** One key opens all tables, or closes them when all are open. */
function toggleTables() {
  const tables = [...document.querySelectorAll("details.numbers")];
  const open = tables.some((table) => !table.open);
  tables.forEach((table) => (table.open = open));
}

document.addEventListener("keydown", (event) => {
  const writing = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (event.key === "t" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    toggleTables();
  }
});

const container = document.getElementById("quality");
if (container) {
  refresh(container);
  // The part that took longer has come: its chart needs numbers that the first report did not have.
  document.addEventListener("htmx:afterSwap", () => {
    if (document.querySelector('.plot[data-chart="agreement"]')) {
      refresh(container);
    }
  });
  const again = () => requestAnimationFrame(() => report && drawAll());
  document.addEventListener("ratchet:theme", again);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  let resizing;
  addEventListener("resize", () => {
    clearTimeout(resizing);
    resizing = setTimeout(again, 150);
  });
}

const zones = document.querySelector("select[data-own-zone]");
if (zones) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (own?.includes("/") && !own.startsWith("Etc/") && ![...zones.options].some((zone) => zone.value === own)) {
    zones.append(new Option(own, own));
  }
  // What is not set stays out of the address.
  zones.form.addEventListener("submit", () => {
    for (const field of zones.form.elements) {
      field.disabled = field.name !== "" && field.value === "";
    }
  });
  addEventListener("pageshow", () => [...zones.form.elements].forEach((field) => (field.disabled = false)));
}
