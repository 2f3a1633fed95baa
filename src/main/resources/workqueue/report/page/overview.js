// The whole run: its verdict, what is wrong, and its scenarios.

function nameOf(scenario) {
  return scenario.repetition ? `${scenario.id} #${scenario.repetition}` : scenario.id;
}

function linkOf(scenario) {
  return `#/${encodeURIComponent(scenario.id)}${scenario.repetition ? `/${scenario.repetition}` : ""}`;
}

/** A claim's verdict is good news only where it is the one that is expected. */
function asExpected(claim) {
  return Boolean(claim.notJudged) || claim.verdict === claim.expected;
}

function rootsOf(scenario) {
  return scenario.findings.filter((each) => each.role === "root");
}

/** The first words that say what a scenario came to. */
function firstFinding(scenario) {
  if (scenario.verdict !== "VALID") {
    const root = rootsOf(scenario).find((each) => each.code !== "ALL_PROCESSED");
    const step = scenario.steps.find((each) => each.status === "failed");
    const claim = scenario.claims.find((each) => !asExpected(each));
    const why = (step && `${step.id}: ${step.message}`) ?? (root ? null : scenario.message ?? claim?.explanation);
    return why || !root ? { message: firstLine(why) } : root;
  }
  return rootsOf(scenario)[0] ?? { message: scenario.check?.said ?? "" };
}

/** What is wrong, each cause once, with the scenarios in which it was met. */
function causesOf(result) {
  const causes = new Map();
  for (const scenario of result.scenarios.filter((each) => each.verdict !== "VALID")) {
    const roots = rootsOf(scenario).filter((each) => each.code !== "ALL_PROCESSED");
    const met = roots.length > 0 ? roots : [firstFinding(scenario)];
    for (const { code: word, message } of met) {
      const key = word ?? message;
      const cause = causes.get(key) ?? { code: word, message, scenarios: [] };
      cause.scenarios.push(scenario);
      causes.set(key, cause);
    }
  }
  return [...causes.values()];
}

function verdictInWords(result) {
  const all = result.scenarios.length;
  const bad = result.scenarios.filter((each) => each.verdict === "INVALID").length;
  const open = result.scenarios.filter((each) => each.verdict === "UNKNOWN").length;
  if (result.complete === false) {
    return "This run is not over, or it was cut off.";
  }
  if (result.verdict === "VALID") {
    return all === 1 ? "The scenario came out as expected." : `All ${all} scenarios came out as expected.`;
  }
  if (all === 1) {
    return bad > 0 ? "The scenario came out wrong." : "The scenario could not be decided.";
  }
  if (bad > 0) {
    return `${bad} of ${plural(all, "scenario", "scenarios")} ${bad === 1 ? "is" : "are"} wrong${open > 0 ? `, ${open} could not be decided` : ""}.`;
  }
  return open > 0 ? `${open} of ${plural(all, "scenario", "scenarios")} could not be decided.` : "Nothing was judged.";
}

function versionsOf(result) {
  const { visit } = result;
  const environments = result.scenarios.map((each) => each.environment);
  return [
    ["Kubernetes", distinct(environments.map(({ cluster }) =>
      cluster && [cluster.version, cluster.distribution && `(${cluster.distribution},`, `${cluster.kind}${cluster.distribution ? ")" : ""}`].filter(Boolean).join(" ")))],
    ["Broker", distinct(environments.map(({ broker }) => broker && [broker.product, broker.version, `(${broker.kind})`].filter(Boolean).join(" ")))],
    ["Cluster", visit ? [`${visit.context}, namespace ${visit.namespace}`] : []],
    ["Worker", distinct(environments.map(({ worker }) => worker?.image))],
    ["Harness", [`${result.run.harness}, ${result.run.git}`]],
  ].filter(([, values]) => values.length > 0);
}

function banner(result, redraw) {
  const began = new Date(result.run.startedAt);
  return [
    verdictBadge(result.verdict, true),
    el("div", { class: "grow" },
      el("h1", {}, verdictInWords(result)),
      el("div", { class: "faint small" },
        `Run ${result.run.id}, ${began.toISOString().replace("T", " ").slice(0, 19)} UTC, ${seconds(result.run.seconds)}`,
        versionsOf(result).slice(0, 2).map(([what, values]) => `, ${what === "Broker" ? "broker" : what} ${values.join(" and ")}`))),
    themeButton(redraw),
  ];
}

function themeButton(redraw) {
  const root = document.documentElement;
  const dark = () => root.dataset.theme === "dark" || (!root.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
  const words = () => (dark() ? "Light" : "Dark");
  const button = el("button", {
    type: "button",
    id: "theme",
    onclick: () => {
      root.dataset.theme = dark() ? "light" : "dark";
      button.textContent = words();
      redraw();
    },
  }, words());
  return button;
}

function overview(result) {
  const onlyChecks = result.scenarios.every((each) => each.check);
  return [
    wrongCard(result), workerCard(result), workersCard(result), selftestCard(result), onlyChecks && checksCard(result, null), scenariosCard(result),
    !onlyChecks && checksCard(result, null), notRunCard(result), versionsCard(result),
  ];
}

function wrongCard(result) {
  const causes = causesOf(result);
  return causes.length > 0 && el("section", { class: "card", id: "wrong" },
    el("h2", {}, "What is wrong"),
    causes.map((cause) => el("div", { class: "proof" },
      el("div", {}, cause.code && [code(cause.code), " "], el("span", { class: "say" }, cause.message)),
      el("div", { class: "small faint" }, "in ",
        cause.scenarios.slice(0, 8).map((each, i) => [i > 0 && ", ", el("a", { href: linkOf(each) }, nameOf(each))]),
        cause.scenarios.length > 8 && ` and ${cause.scenarios.length - 8} more`))));
}

function workerCard(result) {
  const worker = result.worker;
  return worker && el("section", { class: "card", id: "worker" },
    el("h2", {}, "The worker"),
    worker.causes.map((cause) => el("div", { class: "proof" },
      el("div", { class: "top" }, code(cause.code), el("span", { class: "small faint" },
        `breaks ${cause.rules.join(", ")}`, cause.notJudged.length > 0 && `; not judged for it: ${cause.notJudged.join(", ")}`)),
      el("span", { class: "say" }, cause.message),
      cause.advice && el("span", { class: "why" }, `To do: ${cause.advice}`))),
    worker.behaviour.length > 0 && [
      el("h3", {}, "How it behaves"),
      traits(worker.behaviour),
    ]);
}

/** How workers on client libraries behave, one card each. */
function workersCard({ workers }) {
  return workers && el("section", { class: "card", id: "workers" },
    el("h2", {}, "How the workers behave"),
    workers.map(({ name, behaviour }) => el("details", {}, el("summary", {}, name), traits(behaviour))));
}

function traits(behaviour) {
  return el("dl", { class: "facts" }, behaviour.map(({ what, shown, before }) => [
    el("dt", {}, what), el("dd", {}, shown, before && el("span", { class: "faint" }, ` (before: ${before})`)),
  ]));
}

function selftestCard({ selftest }) {
  return selftest && el("section", { class: "card" },
    el("h2", {}, "Self-test"),
    `${selftest.found} of ${selftest.mutants} mutants were found by their code; ${plural(selftest.falseAlarms, "false alarm", "false alarms")} on ${plural(selftest.sound, "sound worker", "sound workers")}.`);
}

function scenariosCard(result) {
  const body = el("tbody");
  const shown = el("span", { class: "faint small", role: "status" });
  const wanted = { text: "", verdict: "", suite: "" };
  const draw = () => {
    const rows = result.scenarios.filter((each) => chosen(each, wanted));
    replace(body, rows.map(row));
    shown.textContent = `${rows.length} of ${result.scenarios.length}`;
  };
  const verdicts = ["", "INVALID", "UNKNOWN", "VALID"].map((verdict) => {
    const count = result.scenarios.filter((each) => !verdict || each.verdict === verdict).length;
    return el("button", {
      type: "button",
      "aria-pressed": verdict === "" ? "true" : "false",
      onclick: (event) => {
        wanted.verdict = verdict;
        verdicts.forEach((each) => each.setAttribute("aria-pressed", String(each === event.currentTarget)));
        draw();
      },
    }, `${verdict ? `${SIGNS[verdict]} ${verdict}` : "All"} ${count}`);
  });
  const suites = distinct(result.scenarios.map((each) => each.suite));
  draw();
  return el("section", { class: "card", id: "scenarios" },
    el("h2", {}, "Scenarios"),
    el("div", { class: "bar" },
      el("input", {
        type: "search", placeholder: "Search", "aria-label": "Search the scenarios", id: "search",
        oninput: (event) => { wanted.text = event.target.value.toLowerCase(); draw(); },
      }),
      verdicts,
      suites.length > 1 && el("select", { "aria-label": "Suite", onchange: (event) => { wanted.suite = event.target.value; draw(); } },
        el("option", { value: "" }, "all suites"), suites.map((each) => el("option", { value: each }, each))),
      shown),
    el("table", {},
      el("thead", {}, el("tr", {}, el("th", {}, "Verdict"), el("th", {}, "Scenario"), el("th", { class: "number" }, "Time"), el("th", {}, "First finding"))),
      body));
}

function chosen(scenario, { text, verdict, suite }) {
  const words = [nameOf(scenario), scenario.title, ...scenario.findings.map((each) => `${each.code} ${each.message}`), ...scenario.claims.map((each) => each.claim)];
  return (!verdict || scenario.verdict === verdict) && (!suite || scenario.suite === suite)
    && (!text || words.some((each) => each.toLowerCase().includes(text)));
}

function row(scenario) {
  const found = firstFinding(scenario);
  return el("tr", { class: "choice", onclick: () => { location.hash = linkOf(scenario); } },
    el("td", {}, verdictBadge(scenario.verdict)),
    el("td", {}, el("a", { href: linkOf(scenario), onclick: (event) => event.stopPropagation() }, nameOf(scenario)), el("div", { class: "small faint" }, scenario.title)),
    el("td", { class: "number" }, seconds(scenario.seconds)),
    el("td", {}, found.code && [code(found.code), " "], found.message));
}

function notRunCard({ notRun }) {
  return notRun.length > 0 && el("section", { class: "card", id: "not-run" },
    el("h2", {}, "Not run, or not judged"),
    el("table", {}, el("tbody", {}, notRun.map((each) => el("tr", {},
      el("td", { class: "word" }, each.id), el("td", { class: "rest" }, each.code && [code(each.code), " "], each.reason))))));
}

function versionsCard(result) {
  return el("section", { class: "card" }, el("h2", {}, "Where"),
    el("dl", { class: "facts" }, versionsOf(result).map(([what, values]) => [el("dt", {}, what), el("dd", {}, values.join("; "))])));
}
