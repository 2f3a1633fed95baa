// One scenario: what it came to, why, and when what happened.

const PAGE_OF_EVENTS = 200;

function scenarioView(result, index) {
  const scenario = result.scenarios[index];
  const stage = new Stage(result.scenarios, index);
  return {
    stage,
    parts: [
      el("nav", { class: "bar", "aria-label": "Scenarios" },
        el("a", { href: "#/" }, result.scenarios.length > 1 ? `← All ${result.scenarios.length} scenarios` : "← The run"),
        index > 0 && el("a", { href: linkOf(result.scenarios[index - 1]) }, "previous"),
        index + 1 < result.scenarios.length && el("a", { href: linkOf(result.scenarios[index + 1]) }, "next")),
      head(scenario),
      el("div", { class: "two" },
        el("div", {}, findingsCard(scenario, stage), claimsCard(scenario, stage), stepsCard(scenario), figuresCard(scenario), specimenCard(scenario),
          scenario.suite === "gate" && workerCard(result), whereCard(scenario)),
        stage.element),
      scenario.check && checksCard(result, scenario),
    ],
  };
}

function head(scenario) {
  return el("section", { class: "card", id: "head" },
    el("div", { class: "bar" }, verdictBadge(scenario.verdict), el("h2", {}, nameOf(scenario)), el("span", { class: "faint" }, seconds(scenario.seconds),
      scenario.verdictLatencySeconds !== undefined && `, verdict ${seconds(scenario.verdictLatencySeconds)} after the event that decided`)),
    el("div", {}, scenario.title),
    scenario.check && checkFacts(scenario.check),
    scenario.verdict !== "VALID" && whyCard(scenario),
    scenario.documents.map((each) => el("blockquote", {}, each)),
    scenario.message && el("pre", { class: "why" }, scenario.message));
}

/** Why it is not VALID, in one line, unless its message begins with that below. */
function whyCard(scenario) {
  const { code: word, message } = firstFinding(scenario);
  return message !== firstLine(scenario.message) && el("p", { class: `reason ${scenario.verdict.toLowerCase()}` }, word && [code(word), " "], message);
}

function findingsCard(scenario, stage) {
  const found = [...scenario.findings].sort((a, b) => (a.role === "root" ? 0 : 1) - (b.role === "root" ? 0 : 1));
  return el("section", { class: "card", id: "findings" },
    el("h2", {}, "What was found"),
    found.length === 0 && el("p", { class: "faint" }, "Nothing."),
    found.map((finding) => findingView(finding, stage)));
}

function findingView(finding, stage) {
  return [
    proofButton(stage, finding.evidence ?? [], finding.role,
      el("span", { class: "top" }, code(finding.code), el("span", { class: "small faint" }, finding.role === "root" ? "root cause" : "follows from it", proves(finding.evidence))),
      el("span", { class: "say" }, finding.message)),
    finding.remedy && el("div", { class: "remedy" }, el("pre", {}, finding.remedy), copyButton(finding.remedy)),
  ];
}

function proves(evidence) {
  return evidence ? `, ${plural(evidence.length, "event proves", "events prove")} it` : "";
}

function copyButton(text) {
  return el("button", {
    type: "button",
    onclick: async (event) => {
      const button = event.currentTarget;
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = "Copied";
      } catch {
        button.textContent = "Select it by hand";
      }
    },
  }, "Copy");
}

function claimsCard(scenario, stage) {
  const held = scenario.claims.filter(asExpected).length;
  return scenario.claims.length > 0 && el("section", { class: "card", id: "claims" },
    el("h2", {}, `Claims: ${held} of ${scenario.claims.length} as expected`),
    scenario.claims.map((claim) => {
      const seqs = distinct(claim.findings.flatMap((each) => each.evidence ?? []));
      return proofButton(stage, seqs, "claim",
        el("span", { class: "top claimed" }, el("span", { class: "say" }, claim.stage && [code(claim.stage), " "], claim.claim),
          claim.notJudged ? el("span", { class: "verdict unknown" }, "not judged") : verdictBadge(claim.verdict)),
        claim.expected !== "VALID" && el("span", { class: "small faint" }, `expected: ${claim.expected}`),
        claim.notJudged && el("span", { class: "why" }, `${claim.notJudged.code}: ${claim.notJudged.reason}`),
        claim.explanation && el("span", { class: "why mono" }, claim.explanation));
    }));
}

/** A button that marks what proves something; pressed again it takes the marks away. */
function proofButton(stage, seqs, kind, ...content) {
  const button = el("button", { type: "button", class: `proof ${kind}`, "aria-pressed": "false", onclick: () => stage.prove(button, seqs) }, content);
  return button;
}

function stepsCard(scenario) {
  const signs = { passed: "✓", failed: "✗", "not-run": "–" };
  const tones = { passed: "valid", failed: "invalid", "not-run": "unknown" };
  return scenario.steps.length > 0 && el("section", { class: "card", id: "steps" },
    el("h2", {}, "Steps"),
    el("ol", { class: "steps" }, scenario.steps.map((step) => el("li", {},
      el("span", { class: `verdict small ${tones[step.status]}` }, `${signs[step.status]} ${step.status}`), " ", step.id,
      step.status !== "not-run" && el("span", { class: "faint small" }, ` ${seconds(step.seconds)}`),
      step.message && el("pre", {}, step.message),
      (step.adaptations ?? (step.adapted ? [step.adapted] : [])).map((each) => el("div", { class: "small" },
        el("span", { class: "faint" }, "documented "), each.documented, el("span", { class: "faint" }, ", done "), each.done, el("span", { class: "faint" }, ` (${each.why})`)))))));
}

function figuresCard({ figures }) {
  return figures && el("section", { class: "card" }, el("h2", {}, "Measured"),
    el("dl", { class: "facts" }, figures.map((each) => [el("dt", {}, each.name), el("dd", {}, `${each.value} ${each.unit}`)])));
}

function specimenCard({ specimen }) {
  return specimen && el("section", { class: "card" }, el("h2", {}, specimen.kind === "mutant" ? "A mutant" : "A sound worker"),
    el("dl", { class: "facts" },
      el("dt", {}, "tried against"), el("dd", {}, specimen.rule),
      el("dt", {}, "to be found"), el("dd", {}, specimen.expected.join(", ") || "nothing"),
      el("dt", {}, "found"), el("dd", {}, specimen.found.join(", ") || "nothing"),
      specimen.lacking && [el("dt", {}, "not tried"), el("dd", {}, `the API has no ${specimen.lacking}`)]));
}

function whereCard({ environment: { cluster, broker, worker }, history }) {
  return el("section", { class: "card" }, el("h2", {}, "Where"),
    el("dl", { class: "facts" },
      cluster && [el("dt", {}, "cluster"), el("dd", {}, [
        cluster.kind, [cluster.distribution, cluster.version].filter(Boolean).join(" "), cluster.nodes && plural(cluster.nodes, "node", "nodes"),
      ].filter(Boolean).join(", "))],
      broker && [el("dt", {}, "broker"), el("dd", {}, [broker.kind, [broker.product, broker.version].filter(Boolean).join(" ")].filter(Boolean).join(", "))],
      worker && [el("dt", {}, "worker"), el("dd", {}, worker.image)],
      history && [el("dt", {}, "record"), el("dd", { class: "mono" }, history)]));
}

/** The right side: timeline, selected event and list of events, which show the same things. */
class Stage {
  constructor(scenarios, index) {
    this.scenarios = scenarios;
    this.index = index;
    this.disposed = false;
    this.pressed = null;
    this.proof = new Set();
    this.first = 0;
    this.text = "";
    this.element = el("div", { id: "stage" }, el("section", { class: "card" }, el("p", { class: "faint" }, "Unpacking the timeline …")));
  }

  async show() {
    const history = await historyOf(this.scenarios, this.index);
    if (this.disposed) {
      // Somebody went on to another scenario meanwhile.
      return;
    }
    this.history = history;
    if (!this.history?.timeline) {
      replace(this.element, el("section", { class: "card" }, el("h2", {}, "Timeline"), el("p", { class: "faint" }, this.history?.note ?? "There is no record of this scenario.")));
      document.body.dataset.ready = "true";
      return;
    }
    this.events = eventsOf(this.history);
    this.chartElement = el("div", { class: "timeline", id: "timeline", tabindex: 0, role: "application", "aria-label": "Timeline: arrow keys move it, plus and minus zoom, 0 shows all" });
    this.selectedElement = el("section", { class: "selected", id: "selected", hidden: true, "aria-live": "polite" });
    this.listBody = el("tbody");
    this.count = el("span", { class: "faint small", role: "status" });
    replace(this.element, this.timelineCard(), this.selectedElement, this.eventsCard());
    this.draw();
    this.list();
    performance.mark("ready");
    document.body.dataset.ready = "true";
  }

  draw() {
    this.drawn?.dispose();
    this.drawn = new Drawn(this.chartElement, this.history.timeline, (seq) => this.select(seq));
  }

  /** Draws again in other colours. */
  redraw() {
    if (this.drawn) {
      this.drawn.draw();
    }
  }

  dispose() {
    this.disposed = true;
    this.drawn?.dispose();
    this.drawn = null;
  }

  timelineCard() {
    const { sections } = this.history.timeline;
    const button = (words, label, act) => el("button", { type: "button", "aria-label": label, onclick: act }, words);
    return el("section", { class: "card" },
      el("div", { class: "bar" },
        el("h2", {}, "Timeline"),
        button("+", "Zoom in", () => this.drawn.zoom(0.5)), button("−", "Zoom out", () => this.drawn.zoom(2)),
        button("←", "Earlier", () => this.drawn.pan(-0.5)), button("→", "Later", () => this.drawn.pan(0.5)),
        button("All", "Show all of the time", () => this.drawn.reset()),
        sections.some((each) => each.id === "struck" && each.lanes.length > 0) && button("Fault", "Show when faults struck", () => this.drawn.toStrikes()),
        sections.filter((each) => each.lanes.length > 0).map((section) => {
          const shown = !(sections.length > 3 && section.id === "warnings");
          const toggle = el("button", {
            type: "button", "aria-pressed": String(shown),
            onclick: () => {
              const now = toggle.getAttribute("aria-pressed") !== "true";
              toggle.setAttribute("aria-pressed", String(now));
              this.drawn.showSection(section.id, now);
            },
          }, `${section.title} ${section.lanes.length}`);
          return toggle;
        }),
        el("input", { type: "search", placeholder: "Only lanes named", "aria-label": "Show only lanes whose name has this in it", oninput: (event) => this.drawn.showRows(event.target.value) })),
      sections.filter((each) => each.note).map((each) => el("p", { class: "note" }, each.note)),
      this.chartElement,
      legend(this.history.timeline),
      el("p", { class: "faint small" }, "Drag to move, Ctrl and the wheel to zoom. A click on a finding or a claim marks what proves it; a click on an event shows its line."));
  }

  eventsCard() {
    return el("section", { class: "card", id: "events" },
      el("div", { class: "bar" },
        el("h2", {}, "Events"),
        el("input", { type: "search", placeholder: "Search", "aria-label": "Search the events", oninput: (event) => { this.text = event.target.value.toLowerCase(); this.first = 0; this.list(); } }),
        el("button", { type: "button", onclick: () => this.turn(-PAGE_OF_EVENTS) }, "Earlier"),
        el("button", { type: "button", onclick: () => this.turn(PAGE_OF_EVENTS) }, "Later"),
        this.count),
      this.history.note && el("p", { class: "note" }, this.history.note),
      el("div", { class: "events", tabindex: 0, role: "region", "aria-label": "List of events" }, el("table", {},
        el("thead", {}, el("tr", {}, el("th", {}, "#"), el("th", { class: "number" }, "At"), ["Seen by", "Event", "What it says"].map((each) => el("th", {}, each)))), this.listBody)));
  }

  chosenEvents() {
    const pool = this.proof.size > 0 ? this.events.filter((each) => this.proof.has(each.seq)) : this.events;
    return this.text ? pool.filter((each) => `${each.source} ${each.event} ${each.summary}`.toLowerCase().includes(this.text)) : pool;
  }

  turn(by) {
    const next = this.first + by;
    if (next >= 0 && next < this.chosenEvents().length) {
      this.first = next;
      this.list();
    }
  }

  list() {
    const all = this.chosenEvents();
    const shown = all.slice(this.first, this.first + PAGE_OF_EVENTS);
    this.count.textContent = all.length === 0 ? "none" : `${this.first + 1} to ${this.first + shown.length} of ${all.length}${this.proof.size > 0 ? " that prove it" : ""}`;
    replace(this.listBody, shown.map((each) => el("tr", {
      class: `choice${this.proof.has(each.seq) ? " proves" : ""}`, "data-seq": each.seq, "aria-selected": String(each.seq === this.selectedSeq),
      onclick: () => this.select(each.seq),
    },
      el("td", {}, el("button", { type: "button", "aria-label": `Show event ${each.seq}` }, each.seq)),
      el("td", { class: "number" }, moment(each.at)), el("td", { class: "word" }, each.source), el("td", { class: "word" }, each.event), el("td", {}, each.summary))));
  }

  prove(button, seqs) {
    if (!this.drawn) {
      return;
    }
    const again = this.pressed === button;
    this.pressed?.setAttribute("aria-pressed", "false");
    this.pressed = again ? null : button;
    this.pressed?.setAttribute("aria-pressed", "true");
    this.proof = new Set(again ? [] : seqs);
    this.first = 0;
    this.drawn.prove([...this.proof]);
    this.list();
  }

  select(seq) {
    const event = this.events.find((each) => each.seq === seq);
    this.selectedSeq = seq;
    this.drawn.select(seq);
    this.listBody.querySelectorAll("tr").forEach((each) => each.setAttribute("aria-selected", String(each.dataset.seq === String(seq))));
    this.selectedElement.hidden = false;
    replace(this.selectedElement,
      el("div", { class: "bar" },
        el("strong", {}, `Event ${seq} at ${moment(event.at)}: ${event.event || "its line is not in the page"}`),
        el("button", { type: "button", onclick: () => this.unselect() }, "Close")),
      el("pre", { id: "line" }, event.line || this.history.note));
  }

  unselect() {
    this.selectedSeq = null;
    this.selectedElement.hidden = true;
    this.drawn.select(null);
    this.list();
  }
}
