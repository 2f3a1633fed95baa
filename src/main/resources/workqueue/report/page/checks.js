// The checks of a cluster: how much each counts, what was seen, whether it holds, and who can fix it.

const CHECKED = {
  VALID: { say: "holds", tone: "valid" },
  INVALID: { say: "fails", tone: "invalid" },
  UNKNOWN: { say: "not seen", tone: "unknown" },
};

/** All checks of a visit: those that were judged, and those that were not run, in the order of their ids. */
function checksOf(result) {
  const judged = result.scenarios.filter((each) => each.check).map((scenario) => ({ ...scenario.check, scenario }));
  const notRun = result.notRun.filter((each) => each.id.startsWith("conformance.") && !judged.some(({ scenario }) => scenario.id === each.id))
    .map((each) => ({ id: each.id.slice("conformance.".length), said: each.reason }));
  return judged.concat(notRun).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function checkBadge(check) {
  if (!check.outcome) {
    return el("span", { class: "verdict unknown" }, "– not run");
  }
  // What is not required and fails leaves the verdict as it is.
  const { say, tone } = CHECKED[check.outcome];
  const mild = check.outcome === "INVALID" && check.level !== "required";
  return el("span", { class: `verdict ${mild ? "unknown" : tone}` }, `${mild ? "!" : SIGNS[check.outcome]} ${say}`);
}

/** The check of one scenario. */
function checkFacts(check) {
  return el("dl", { class: "facts", id: "check" },
    el("dt", {}, "check"), el("dd", {}, checkBadge(check), check.inferred && el("span", { class: "faint" }, " predicted, not tried")),
    el("dt", {}, "level"), el("dd", {}, check.level),
    el("dt", {}, "what was seen"), el("dd", {}, check.said),
    el("dt", {}, "who can fix it"), el("dd", {}, check.owner),
    check.missing.length > 0 && [el("dt", {}, "rights that are missing"), el("dd", {}, check.missing.join(", "))]);
}

/** The table of a visit's checks; the one that is looked at is marked. */
function checksCard(result, present) {
  const checks = checksOf(result);
  const { visit } = result;
  const count = (outcome) => checks.filter((each) => each.outcome === outcome).length;
  return checks.length > 0 && el("section", { class: "card", id: "checks" },
    el("h2", {}, "Checks of the cluster"),
    el("p", { class: "faint small" },
      `${count("VALID")} hold, ${count("INVALID")} fail, ${checks.length - count("VALID") - count("INVALID")} not seen or not run.`,
      visit && ` ${visit.mode} of namespace ${visit.namespace} by context ${visit.context}${visit.user ? ` as ${visit.user}` : ""}: `
        + `${plural(visit.requests, "request", "requests")}, ${plural(visit.dryRuns, "of them a dry run", "of them dry runs")}, ${plural(visit.made, "object made", "objects made")}; grade: ${visit.grade}.`),
    el("table", {},
      el("thead", {}, el("tr", {}, ["Outcome", "Check", "Level", "What was seen", "Who can fix it"].map((each) => el("th", {}, each)))),
      el("tbody", {}, checks.map((check) => checkRow(check, check.scenario === present)))));
}

function checkRow(check, isPresent) {
  const { scenario } = check;
  const fails = check.outcome === "INVALID";
  const remedy = fails && scenario.findings.map((each) => each.remedy).find(Boolean);
  return el("tr", { "aria-current": isPresent ? "true" : null },
    el("td", { class: "word" }, checkBadge(check), check.inferred && el("div", { class: "small faint" }, "predicted")),
    el("td", { class: "word" }, scenario ? el("a", { href: linkOf(scenario) }, check.id) : check.id),
    el("td", { class: "word" }, check.level ?? ""),
    el("td", {}, fails && scenario.findings.slice(0, 1).map((each) => [code(each.code), " "]), check.said, remedy && el("div", { class: "small faint" }, firstLine(remedy))),
    el("td", { class: "word" }, fails ? el("strong", {}, check.owner) : check.owner ?? ""));
}
