// How long a stage still takes, from the pace since this page first saw it.

let stage;
let firstStep;
let firstTime;

function words(seconds) {
  if (seconds < 60) {
    return `about ${Math.max(1, Math.round(seconds))} s left`;
  }
  return `about ${Math.round(seconds / 60)} min left`;
}

function estimate() {
  const live = document.querySelector(".run-live");
  const place = live?.querySelector(".estimate");
  if (!place) {
    return;
  }
  const step = Number(live.dataset.step);
  const total = Number(live.dataset.total);
  const now = performance.now();
  if (stage !== live.dataset.stage || step < firstStep) {
    stage = live.dataset.stage;
    firstStep = step;
    firstTime = now;
  }
  const seconds = (now - firstTime) / 1000;
  if (step > firstStep && seconds > 2) {
    place.textContent = words(((total - step) * seconds) / (step - firstStep));
  }
}

document.addEventListener("htmx:afterSwap", estimate);
estimate();
