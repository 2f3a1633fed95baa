// What is shown: the run, or one of its scenarios, by the page's address.

const result = JSON.parse(document.getElementById("result").textContent);
const main = document.getElementById("main");
let stage = null;

function indexOf(address) {
  const [id, repetition] = address.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  const exact = result.scenarios.findIndex((each) => each.id === id && String(each.repetition ?? "") === (repetition ?? ""));
  // Who links a scenario before it is repeated cannot know the number of its first run.
  return exact >= 0 || repetition ? exact : result.scenarios.findIndex((each) => each.id === id);
}

function show() {
  stage?.dispose();
  stage = null;
  delete document.body.dataset.ready;
  const only = location.hash === "" && result.scenarios.length === 1;
  const index = only ? 0 : indexOf(location.hash);
  if (index < 0) {
    document.title = `${result.verdict}: work queue`;
    replace(main, overview(result));
    document.body.dataset.ready = "true";
    return;
  }
  const { parts, stage: opened } = scenarioView(result, index);
  stage = opened;
  document.title = `${result.scenarios[index].verdict}: ${nameOf(result.scenarios[index])}`;
  replace(main, parts);
  stage.show();
}

replace(document.getElementById("banner"), banner(result, () => stage?.redraw()));
addEventListener("hashchange", () => { show(); main.focus(); scrollTo(0, 0); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => stage?.redraw());
show();
