// Histories: packed in the page, and unpacked when somebody looks.

const unpacked = new Map();

/**
 * What is packed of a scenario's history: { timeline, lines, note }; nothing where it has none. Of several scenarios with
 * one history, as the checks of a cluster, the first has it.
 */
async function historyOf(scenarios, scenario) {
  const { history } = scenarios[scenario];
  const index = history ? scenarios.findIndex((each) => each.history === history) : scenario;
  if (!unpacked.has(index)) {
    unpacked.set(index, await unpack(document.getElementById(`history-${index}`)?.textContent ?? ""));
  }
  return unpacked.get(index);
}

async function unpack(base64) {
  if (!base64) {
    return null;
  }
  if (typeof DecompressionStream === "undefined") {
    return { timeline: null, lines: [], note: "This browser is too old to unpack the timeline: use one of 2023 or later." };
  }
  const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/** The events of a history, each with its place on the timeline and its line. */
function eventsOf(history) {
  const lines = history.lines.slice(1);
  return history.timeline.events.map((point, i) => {
    const line = lines[i] ?? "";
    const told = line ? JSON.parse(line) : {};
    return { ...point, line, source: told.source ?? "", event: told.event ?? "", summary: summary(told) };
  });
}

/** What is of little use in a line; the event's own line, which a click shows, has all. */
const LEFT_OUT = new Set([
  "seq", "at", "source", "event", "namespace", "uid", "jobUid", "conditions", "digest", "sampledAt", "spec", "firstAt", "lastAt",
  "startedAt", "finishedAt", "loggedAt", "sentAt", "serverTime",
]);

/** What an event says, short enough for a line. */
function summary(told) {
  return Object.entries(told)
    .filter(([key]) => !LEFT_OUT.has(key))
    .map(([key, value]) => `${key} ${short(value)}`)
    .join(", ");
}

function short(value) {
  if (Array.isArray(value)) {
    return value.map(short).join(" ");
  }
  if (value !== null && typeof value === "object") {
    return value.name ?? value.preview ?? JSON.stringify(value);
  }
  return String(value);
}
