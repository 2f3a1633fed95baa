// The timeline: numbers over time above, lanes below, one time axis for all.

/**
 * How things are drawn, here and in the still picture: marks by a shape in a box of 12 as well as by a colour; states by a colour, and whether
 * it is hatched; numbers over time by a colour and dashes.
 */
const { marks: MARKS, states: STATES, series: SERIES } = STYLES;

/** What is never dimmed: without it no proof of a race is understood. */
const CONTEXT = new Set(["fault", "held", "released", "healed"]);

const ROW = 24;
const MOST_ROWS = 60;
const LEFT = 226;
const RIGHT = 34;
const CHART = 74;

/** Draws a timeline into a container; tells of clicks by `chosen(seq)`. */
class Drawn {
  constructor(container, timeline, chosen) {
    this.container = container;
    this.timeline = timeline;
    this.chosen = chosen;
    this.hidden = new Set(timeline.sections.length > 3 ? ["warnings"] : []);
    this.filter = "";
    this.proof = [];
    this.selected = null;
    this.window = [0, timeline.millis];
    this.firstRow = 0;
    this.points = new Map(timeline.events.map((each) => [each.seq, each]));
    this.times = new Map(timeline.events.map((each) => [each.seq, each.at]));
    // A line of a log is drawn where it was printed, not where it was read.
    this.said = new Map();
    timeline.sections.forEach(({ lanes }) => lanes.forEach((lane) => lane.marks?.forEach((mark) => {
      this.times.set(mark.seq, mark.at);
      this.said.set(mark.seq, MARKS[mark.kind].say);
    })));
    this.chart = echarts.init(container, null, { renderer: "canvas" });
    this.chart.on("click", ({ data }) => data?.seq && this.chosen(data.seq));
    this.chart.on("datazoom", () => this.remember());
    this.resized = () => this.chart.resize();
    addEventListener("resize", this.resized);
    container.addEventListener("keydown", (event) => this.key(event));
    this.draw();
  }

  dispose() {
    removeEventListener("resize", this.resized);
    this.chart.dispose();
  }

  /** Shows the events that prove something, and moves to where they are. */
  prove(seqs) {
    this.proof = seqs;
    const times = seqs.map((each) => this.times.get(each)).filter((each) => each !== undefined);
    const [first, last] = [Math.min(...times), Math.max(...times)];
    // What proves it at one moment is seen in the whole; only what took its time is moved to.
    if (times.length > 0 && last - first > this.timeline.millis / 100) {
      const room = Math.max((last - first) * 0.25, 500);
      this.window = [Math.max(0, first - room), Math.min(this.timeline.millis, last + room)];
    } else {
      this.window = [0, this.timeline.millis];
    }
    this.reveal();
    this.draw();
  }

  /** Has the rows begin where the first of them is that holds what is marked, unless it is in sight. */
  reveal() {
    const rows = this.rows();
    const marked = this.marked();
    const first = rows.findIndex(({ number }) => marked.has(number));
    if (first >= 0 && (first < this.firstRow || first >= this.firstRow + MOST_ROWS)) {
      this.firstRow = Math.max(0, Math.min(first - 1, rows.length - MOST_ROWS));
    }
  }

  /** The numbers of the lanes that hold what proves something, or is selected. */
  marked() {
    const seqs = this.selected === null ? this.proof : [...this.proof, this.selected];
    return new Set(seqs.flatMap((seq) => this.points.get(seq)?.lanes ?? []));
  }

  select(seq) {
    this.selected = seq;
    this.reveal();
    this.draw();
  }

  showSection(id, shown) {
    shown ? this.hidden.delete(id) : this.hidden.add(id);
    this.draw();
  }

  showRows(text) {
    this.filter = text.toLowerCase();
    this.firstRow = 0;
    this.draw();
  }

  zoom(factor) {
    const [from, to] = this.window;
    const middle = this.selected === null ? (from + to) / 2 : Math.min(to, Math.max(from, this.points.get(this.selected)?.at ?? (from + to) / 2));
    this.move(middle - (middle - from) * factor, middle + (to - middle) * factor);
  }

  pan(part) {
    const [from, to] = this.window;
    const by = Math.max(-from, Math.min(this.timeline.millis - to, (to - from) * part));
    this.move(from + by, to + by);
  }

  reset() {
    this.move(0, this.timeline.millis);
  }

  /** Moves to when faults struck and something was held back, and what came of that at once. */
  toStrikes() {
    const times = this.struck().flatMap(({ marks, spans }) => (marks ?? []).map((each) => each.at).concat((spans ?? []).flatMap((each) => [each.from ?? 0, each.to])));
    const [first, last] = [Math.min(...times), Math.max(...times)];
    const room = Math.max((last - first) * 0.5, 1000);
    this.move(first - room, last + room);
  }

  struck() {
    return this.timeline.sections.find((each) => each.id === "struck")?.lanes ?? [];
  }

  move(from, to) {
    this.window = [Math.max(0, from), Math.min(this.timeline.millis, Math.max(to, from + 1))];
    this.chart.dispatchAction({ type: "dataZoom", dataZoomIndex: 0, startValue: this.window[0], endValue: this.window[1] });
  }

  remember() {
    const [time, ...others] = this.chart.getOption().dataZoom;
    this.window = [time.startValue, time.endValue];
    this.firstRow = others.find((each) => each.id === "rows")?.startValue ?? 0;
  }

  key(event) {
    const keys = {
      "+": () => this.zoom(0.5), "=": () => this.zoom(0.5), "-": () => this.zoom(2), 0: () => this.reset(),
      ArrowLeft: () => this.pan(-0.25), ArrowRight: () => this.pan(0.25),
    };
    if (keys[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      keys[event.key]();
    }
  }

  /** The rows: a head for each section, and its lanes that are not filtered out; of a hidden one those that are marked. */
  rows() {
    const rows = [];
    const marked = this.marked();
    let number = 0;
    for (const section of this.timeline.sections) {
      const lanes = section.lanes.map((lane) => ({ lane, number: number++ }));
      const shown = lanes.filter((each) => (!this.hidden.has(section.id) || marked.has(each.number)) && (!this.filter || each.lane.name.toLowerCase().includes(this.filter)));
      if (shown.length > 0) {
        rows.push({ head: section.title, id: section.id });
        shown.forEach(({ lane, number: lanes }) => rows.push({ lane, number: lanes, id: section.id }));
      }
    }
    return rows;
  }

  draw() {
    const rows = this.rows();
    const visible = Math.min(rows.length, MOST_ROWS);
    this.firstRow = Math.min(this.firstRow, rows.length - visible);
    const charts = this.timeline.charts;
    const lanesTop = 26 + charts.length * (CHART + 34);
    const height = lanesTop + Math.max(visible, 1) * ROW + 78;
    if (this.container.clientHeight !== height) {
      this.container.style.height = `${height}px`;
      this.chart.resize();
    }
    this.chart.setOption(this.option(rows, lanesTop, visible), { notMerge: true });
    this.container.dataset.marked = this.proof.join(" ");
    this.container.dataset.selected = this.selected ?? "";
  }

  option(rows, lanesTop, visible) {
    const charts = this.timeline.charts;
    const ink = { text: colour("ink"), faint: colour("faint"), line: colour("line"), paper: colour("paper"), mark: colour("mark"), accent: colour("accent") };
    const lanes = charts.length;
    const marked = this.marked();
    const dim = this.proof.length > 0;
    const axis = (index, last) => ({
      type: "value", min: 0, max: this.timeline.millis, gridIndex: index,
      axisLabel: { show: last, color: ink.faint, formatter: (each) => `${+(each / 1000).toFixed(3)} s`, hideOverlap: true },
      axisLine: { lineStyle: { color: ink.line } }, axisTick: { show: last }, splitLine: { lineStyle: { color: ink.line, opacity: 0.5 } },
      axisPointer: { show: true, type: "line", lineStyle: { color: ink.faint }, label: { show: last, formatter: ({ value }) => moment(value) } },
    });
    const all = charts.map((_, i) => i).concat(lanes);
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      aria: { enabled: true, label: { description: this.description() } },
      axisPointer: { link: [{ xAxisIndex: "all" }], triggerOn: "mousemove" },
      tooltip: {
        trigger: "item", confine: true, backgroundColor: ink.paper, borderColor: ink.line, textStyle: { color: ink.text, fontSize: 13 },
        formatter: ({ data }) => this.tip(data),
      },
      title: charts.map((each, i) => ({
        text: each.title, left: 4, top: 6 + i * (CHART + 34), textStyle: { color: ink.text, fontSize: 13, fontWeight: 600 },
      })),
      legend: charts.map((each, i) => ({
        data: each.series.map(({ name }) => `${each.title}: ${name}`), formatter: (name) => name.slice(each.title.length + 2),
        right: RIGHT, top: 4 + i * (CHART + 34), itemWidth: 26, itemHeight: 8, textStyle: { color: ink.text, fontSize: 12 }, inactiveColor: ink.line,
      })),
      grid: charts.map((_, i) => ({ left: LEFT, right: RIGHT, top: 28 + i * (CHART + 34), height: CHART }))
        .concat({ left: LEFT, right: RIGHT, top: lanesTop, height: Math.max(visible, 1) * ROW }),
      xAxis: all.map((i) => axis(i, i === lanes)),
      yAxis: charts.map((each, i) => ({
        type: "value", gridIndex: i, minInterval: 1, splitNumber: 2, min: 0, name: each.unit, nameLocation: "middle", nameGap: 46, nameTextStyle: { color: ink.faint },
        axisLabel: { color: ink.faint }, splitLine: { lineStyle: { color: ink.line, opacity: 0.5 } },
      })).concat({
        type: "category", gridIndex: lanes, inverse: true, data: rows.map((_, i) => i),
        axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: true, interval: 0, lineStyle: { color: ink.line, opacity: 0.35 } },
        axisLabel: {
          interval: 0, color: (each) => (rows[each]?.head || !dim || marked.has(rows[each]?.number) ? ink.text : ink.faint), width: LEFT - 16, overflow: "truncate", fontSize: 12,
          rich: { head: { fontWeight: 600, fontSize: 11, color: ink.text }, marked: { fontWeight: 600, fontSize: 12, color: ink.text } },
          formatter: (each) => this.label(rows[each], marked),
        },
      }),
      dataZoom: this.zooms(rows, all, lanes, visible, ink),
      series: charts.flatMap((each, i) => this.numbers(each, i))
        .concat(this.gaps(lanes, ink), this.spans(rows, lanes, ink), this.marks(rows, lanes), this.proofs(rows, lanes, ink)),
    };
  }

  label(row, marked) {
    if (!row) {
      return "";
    }
    if (row.head) {
      return `{head|${row.head.toUpperCase()}}`;
    }
    const name = `${row.lane.name}${row.lane.kind ? ` (${row.lane.kind})` : ""}`;
    return marked.has(row.number) ? `{marked|▸ ${plain(name)}}` : plain(name);
  }

  zooms(rows, all, lanes, visible, ink) {
    const [startValue, endValue] = this.window;
    const slider = {
      borderColor: ink.line, fillerColor: `${ink.accent}22`, dataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } },
      handleStyle: { color: ink.paper, borderColor: ink.accent }, moveHandleStyle: { color: ink.accent, opacity: 0.35 }, moveHandleSize: 5,
      emphasis: { handleStyle: { borderColor: ink.accent }, moveHandleStyle: { color: ink.accent, opacity: 0.7 } },
    };
    const zooms = [
      { ...slider, type: "slider", xAxisIndex: all, startValue, endValue, bottom: 8, height: 26, left: LEFT, right: RIGHT, filterMode: "none", showDataShadow: false,
        textStyle: { color: ink.faint }, labelFormatter: (each) => moment(each) },
      { type: "inside", xAxisIndex: all, startValue, endValue, filterMode: "none", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: "shift", moveOnMouseMove: true, preventDefaultMouseMove: false },
    ];
    if (rows.length > visible) {
      const shown = { yAxisIndex: [lanes], startValue: this.firstRow, endValue: this.firstRow + visible - 1 };
      zooms.push({ ...slider, ...shown, id: "rows", type: "slider", right: 4, width: 18, zoomLock: true, brushSelect: false,
        filterMode: "weakFilter", showDetail: false, showDataShadow: false });
      zooms.push({ ...shown, type: "inside", zoomLock: true, zoomOnMouseWheel: false, moveOnMouseWheel: true, moveOnMouseMove: false, filterMode: "weakFilter" });
    }
    return zooms;
  }

  numbers({ series, title }, grid) {
    return series.map((each, i) => ({
      type: "line", step: "end", name: `${title}: ${each.name}`, xAxisIndex: grid, yAxisIndex: grid, symbolSize: 5, color: SERIES[i % SERIES.length].colour,
      showSymbol: each.steps.length < 400, sampling: "lttb", lineStyle: { width: 2, type: dashes(SERIES[i % SERIES.length]) },
      data: each.steps.map((step) => ({ value: [step.at, step.value], seq: step.seq, text: `${title}: ${each.name} ${step.value}` }))
        .concat(each.steps.length > 0 ? [{ value: [this.timeline.millis, each.steps.at(-1).value], symbol: "none" }] : []),
    }));
  }

  gaps(lanes, ink) {
    return {
      type: "custom", xAxisIndex: lanes, yAxisIndex: lanes, z: 1, clip: true, encode: { x: [0, 1] },
      data: this.timeline.gaps.map((each) => ({ value: [each.from, each.to], seq: each.seq, text: `No sight of ${each.lost} from ${moment(each.from)} to ${moment(each.to)}: ${each.why}` })),
      renderItem: ({ coordSys }, api) => {
        const [from] = api.coord([api.value(0), 0]);
        const [to] = api.coord([api.value(1), 0]);
        const shape = inside({ x: from - 2, y: coordSys.y, width: Math.max(to - from, 5), height: coordSys.height }, coordSys);
        return shape && { type: "rect", shape, style: { fill: hatch(ink.faint), opacity: 0.5 } };
      },
    };
  }

  spans(rows, lanes, ink) {
    const dim = this.proof.length > 0;
    const proofs = new Set(this.proof);
    const marks = rows.map(({ lane }) => (lane?.marks ?? []).map((mark) => mark.at).sort((a, b) => a - b));
    const data = rows.flatMap(({ lane }, row) => (lane?.spans ?? []).map((span) => ({
      value: [span.from ?? 0, span.to, row, span.thin ? 1 : 0], seq: span.seq, state: span.state, text: span.text, until: span.to, since: span.from ?? 0,
    })));
    return {
      type: "custom", xAxisIndex: lanes, yAxisIndex: lanes, z: 2, clip: true, encode: { x: [0, 1], y: 2 }, data,
      renderItem: ({ coordSys, dataIndex }, api) => {
        const item = data[dataIndex];
        const [from, middle] = api.coord([api.value(0), api.value(2)]);
        const [to] = api.coord([api.value(1), api.value(2)]);
        const { colour: fill, hatched, faint } = STATES[item.state] ?? STATES.unknown;
        const thin = api.value(3) === 1;
        const held = item.state === "held" && thin;
        const y = held ? middle + 6 : thin ? middle - 11 : middle - 6;
        const shape = inside({ x: from, y, width: Math.max(to - from, 1.5), height: thin ? 4 : 12 }, coordSys);
        if (!shape) {
          return null;
        }
        const opacity = dim && !proofs.has(item.seq) && !CONTEXT.has(item.state) ? 0.3 : 1;
        const bar = {
          type: "rect", shape: { ...shape, r: 2 },
          style: { fill: hatched ? hatch(fill) : faint ? `${fill}2a` : fill, stroke: hatched ? fill : null, lineWidth: 1, opacity },
        };
        const words = thin ? "" : spanWords(item);
        const place = words ? besideMarks(shape, words.length * 6.4, marks[item.value[2]].map((at) => api.coord([at, item.value[2]])[0])) : null;
        return place === null ? bar : {
          type: "group",
          children: [bar, {
            type: "text", x: place, y: middle,
            style: {
              text: words, fontSize: 11, fill: faint || hatched ? ink.text : contrast(fill), opacity, verticalAlign: "middle",
              backgroundColor: hatched ? ink.paper : null, padding: hatched ? [0, 3] : 0,
            },
          }],
        };
      },
    };
  }

  marks(rows, lanes) {
    const dim = this.proof.length > 0;
    const proofs = new Set(this.proof);
    return {
      type: "scatter", xAxisIndex: lanes, yAxisIndex: lanes, z: 4, clip: true, cursor: "pointer",
      data: rows.flatMap(({ lane, id }, row) => drawnLast(lane?.marks ?? []).map((mark) => {
        const { path, colour: fill } = MARKS[mark.kind];
        const big = mark.kind === "fault" || mark.kind === "exit";
        return {
          value: [mark.at, row], seq: mark.seq, text: mark.text, kind: mark.kind, lane: `${id}/${lane.name}`, symbol: `path://${path}`, symbolSize: big ? 15 : 11, symbolKeepAspect: true,
          itemStyle: { color: fill, borderColor: colour("paper"), borderWidth: 0.8, opacity: dim && !proofs.has(mark.seq) && !CONTEXT.has(mark.kind) ? 0.25 : 1 },
        };
      })),
    };
  }

  /** Rings around what proves something, and lines through the time of what strikes, or is selected. */
  proofs(rows, lanes, ink) {
    const rowOf = new Map(rows.map((each, i) => [each.number, i]).filter(([number]) => number !== undefined));
    const ringed = this.selected === null ? this.proof : [...this.proof, this.selected];
    const many = ringed.length > 24;
    const lines = [];
    if (!many) {
      distinct(this.proof).forEach((seq) => this.points.has(seq) && lines.push({ xAxis: this.times.get(seq), lineStyle: { color: ink.accent, type: "dashed", width: 1 } }));
    }
    if (this.selected !== null && this.points.has(this.selected)) {
      lines.push({ xAxis: this.times.get(this.selected), lineStyle: { color: ink.accent, type: "solid", width: 2 } });
    }
    if (this.proof.length === 0) {
      this.strikes().forEach(({ at, kind }) => lines.push({ xAxis: at, lineStyle: { color: "#d55e00", type: "dotted", width: 1.5 }, label: { show: true, formatter: kind, color: "#d55e00", fontSize: 11, position: "start" } }));
    }
    return {
      type: "scatter", xAxisIndex: lanes, yAxisIndex: lanes, z: 6, clip: true, symbol: "circle", symbolSize: 20, silent: true,
      markLine: { symbol: "none", silent: true, animation: false, label: { show: false }, data: lines },
      label: {
        show: !many, formatter: ({ data }) => `${this.said.get(data.seq) ?? "event"} #${data.seq}`, position: "top", distance: 0,
        color: ink.text, fontSize: 10, fontWeight: 600, backgroundColor: ink.paper, padding: [1, 3], borderRadius: 2,
      },
      labelLayout: { hideOverlap: true },
      data: distinct(ringed).flatMap((seq) => (this.points.get(seq)?.lanes ?? []).map((lane) => rowOf.get(lane)).filter((row) => row !== undefined).map((row) => ({
        value: [this.times.get(seq), row], seq, text: `event ${seq}`,
        itemStyle: { color: "rgba(0,0,0,0)", borderColor: seq === this.selected ? ink.accent : ink.mark, borderWidth: 2.5 },
      }))),
    };
  }

  /** When which fault struck: its last word of it. */
  strikes() {
    return this.struck().flatMap((lane) => (lane.marks ?? []).filter((each) => each.kind === "fault").slice(-1).map((each) => ({ at: each.at, kind: each.text.split(" ", 1)[0] }))).slice(0, 12);
  }

  tip(data) {
    if (!data?.text) {
      return "";
    }
    return el("div", { class: "tip" }, data.text,
      el("div", { class: "faint small" }, data.until === undefined ? `at ${moment(data.value[0])}` : `${moment(data.since)} to ${moment(data.until)}, ${moment(data.until - data.since)} long`, `, event ${data.seq}`));
  }

  description() {
    return `Timeline of ${moment(this.timeline.millis)}. ${this.timeline.sections.map((each) => `${each.title}: ${plural(each.lanes.length, "lane", "lanes")}`).join(". ")}. The events are listed as text below.`;
  }
}

function dashes({ dash }) {
  return dash.length === 0 ? "solid" : dash;
}

/** What decides is drawn over what only illustrates. */
function drawnLast(marks) {
  const order = ["worked", "pushed", "event", "published"];
  return [...marks].sort((a, b) => rank(a) - rank(b));

  function rank({ kind }) {
    return order.includes(kind) ? order.indexOf(kind) : order.length;
  }
}

function spanWords(item) {
  const { say } = STATES[item.state] ?? STATES.unknown;
  if (item.state === "container-terminated-failed" || item.state === "container-waiting") {
    return item.text.slice(item.text.indexOf(": ") + 2).split(",", 1)[0];
  }
  if (item.state.startsWith("step-")) {
    return item.text.split(":", 1)[0];
  }
  if (item.state === "unacked") {
    return item.text.split(" holds ", 1)[0];
  }
  return say;
}

/** Where in a bar words of so many pixels have room beside the marks on it; null if nowhere. */
function besideMarks(bar, width, marks) {
  let from = bar.x + 8;
  for (const mark of marks) {
    if (mark + 7 > from && mark - 7 < from + width) {
      from = mark + 9;
    }
  }
  return from + width + 2 <= bar.x + bar.width ? from : null;
}

/** A name is no markup of the chart library. */
function plain(name) {
  return name.replace(/[{}|]/g, (each) => ({ "{": "(", "}": ")", "|": "¦" })[each]);
}

function inside(shape, coordSys) {
  return echarts.graphic.clipRectByRect(shape, { x: coordSys.x, y: coordSys.y, width: coordSys.width, height: coordSys.height });
}

const hatches = new Map();

function hatch(fill) {
  if (!hatches.has(fill)) {
    const tile = document.createElement("canvas");
    tile.width = 8;
    tile.height = 8;
    const pen = tile.getContext("2d");
    pen.strokeStyle = fill;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.moveTo(-2, 6); pen.lineTo(6, -2);
    pen.moveTo(2, 10); pen.lineTo(10, 2);
    pen.stroke();
    hatches.set(fill, { image: tile, repeat: "repeat" });
  }
  return hatches.get(fill);
}

/** Black or white, whichever is read better on a colour. */
function contrast(fill) {
  const [red, green, blue] = [1, 3, 5].map((i) => parseInt(fill.slice(i, i + 2), 16));
  return red * 0.299 + green * 0.587 + blue * 0.114 > 140 ? "#10161c" : "#ffffff";
}

function legend(timeline) {
  const states = new Set(timeline.sections.flatMap((each) => each.lanes.flatMap((lane) => (lane.spans ?? []).map((span) => span.state))));
  const kinds = distinct(timeline.sections.flatMap((each) => each.lanes.flatMap((lane) => (lane.marks ?? []).map((mark) => mark.kind))));
  return el("div", { class: "legend", "aria-label": "What the marks mean" },
    Object.keys(MARKS).filter((each) => kinds.includes(each)).map((kind) => el("span", {}, shapeOf(MARKS[kind]), MARKS[kind].say)),
    el("span", { class: "break" }),
    Object.keys(STATES).filter((each) => states.has(each) && STATES[each].say).map((state) => el("span", {}, barOf(STATES[state]), STATES[state].say)),
    timeline.gaps.length > 0 && el("span", {}, "hatched over all lanes: an observer had lost sight"));
}

/** A bar as it is drawn: a pod's phase is a thin line above what its container does. */
function barOf({ colour: fill, hatched, faint, thin }) {
  const style = hatched ? `repeating-linear-gradient(135deg, ${fill} 0 2px, transparent 2px 5px)` : faint ? `${fill}2a` : fill;
  return el("i", { class: thin ? "swatch thin" : "swatch", "aria-hidden": "true", style: `background: ${style}; outline-color: ${hatched || faint ? fill : "transparent"}` });
}

function shapeOf({ path, colour: fill }) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 12 12");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(space, "path");
  shape.setAttribute("d", path);
  shape.setAttribute("fill", fill);
  svg.append(shape);
  return svg;
}
