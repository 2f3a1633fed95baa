// Elements and words. Whatever comes from a run is inserted as text, never as markup.

function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (key.startsWith("on")) {
      made.addEventListener(key.slice(2), value);
    } else {
      made.setAttribute(key, value === true ? "" : String(value));
    }
  }
  add(made, children);
  return made;
}

function add(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      parent.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
}

function replace(parent, ...children) {
  parent.replaceChildren();
  add(parent, children);
}

const SIGNS = { VALID: "✓", INVALID: "✗", UNKNOWN: "?" };

function verdictBadge(verdict, large = false) {
  return el("span", { class: `verdict ${verdict.toLowerCase()}${large ? " large" : ""}` }, `${SIGNS[verdict]} ${verdict}`);
}

function code(word) {
  return el("span", { class: "code" }, word);
}

function seconds(value) {
  return `${value.toFixed(value < 10 ? 2 : 1)} s`;
}

/** A moment of the record: seconds from its begin. */
function moment(millis) {
  return `${(millis / 1000).toFixed(3)} s`;
}

function plural(count, one, many) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

function firstLine(text) {
  return String(text ?? "").split("\n", 1)[0];
}

function distinct(values) {
  return [...new Set(values.filter((each) => each))];
}

/** The colour that the style sheet has for a word, as charts are not styled by it. */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
