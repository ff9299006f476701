// Sends a large file in parts, and goes on where a broken upload stopped. Without JavaScript the form sends it whole.

const PART = 8 << 20;
const form = document.getElementById("upload");
const progress = document.getElementById("upload-progress");
const problem = document.getElementById("upload-problem");

async function call(address, options) {
  const token = form.querySelector("input[type=hidden]").value;
  const response = await fetch(address, {
    ...options,
    headers: { "X-CSRF-TOKEN": token, Accept: "application/json", ...options.headers },
  });
  const body = await response.json();
  if (!response.ok) {
    const failure = new Error(body.detail ?? body.title);
    failure.status = response.status;
    throw failure;
  }
  return body;
}

function show(sent, size) {
  const share = size ? Math.floor((100 * sent) / size) : 0;
  progress.hidden = false;
  progress.querySelector("progress").value = share;
  progress.querySelector("[data-share]").textContent = share + "%";
}

/** An upload of the same file that was broken off, or a new one. */
async function begin(file) {
  const imports = form.dataset.imports;
  const { items } = await call(imports, { method: "GET" });
  const broken = items.find(
    (one) => one.status === "receiving" && one.name === file.name && one.size === file.size,
  );
  const query = new URLSearchParams({ name: file.name, size: file.size });
  return (
    broken ??
    call(imports + "?" + query, {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream" },
      body: new Blob([]),
    })
  );
}

async function send(file) {
  let state = await begin(file);
  const address = form.dataset.imports + "/" + state.id;
  let failures = 0;
  while (state.status === "receiving") {
    show(state.received, file.size);
    try {
      state = await call(address, {
        method: "PATCH",
        headers: {
          "Content-Type": "application/octet-stream",
          "Upload-Offset": String(state.received),
        },
        body: file.slice(state.received, state.received + PART),
      });
      failures = 0;
    } catch (failure) {
      if ((failure.status && failure.status !== 409 && failure.status !== 400) || ++failures > 5) {
        throw failure;
      }
      await new Promise((resolve) => setTimeout(resolve, 500 * failures));
      state = await call(address, { method: "GET" });
    }
  }
  location.assign(form.dataset.page + "/" + state.id);
}

form?.addEventListener("submit", (event) => {
  const file = form.querySelector("input[type=file]").files[0];
  if (!file) {
    return;
  }
  event.preventDefault();
  problem.hidden = true;
  const button = form.querySelector("button");
  button.disabled = true;
  send(file).catch((failure) => {
    button.disabled = false;
    progress.hidden = true;
    problem.hidden = false;
    problem.querySelector("span").textContent = failure.message;
  });
});
