/**
 * Figures: each with its title, what it shows in one sentence, its data as a table, and files to take
 * along. Drawn by Plotly, which is fetched when the first figure is seen; the room is kept before.
 */

import { h, fill } from "./dom.js";
import { say, lang } from "./words.js";
import { onTheme } from "./theme.js";
import { icon, table, toast } from "./parts.js";
import { coarse } from "./figures/frame.js";
import { look as lookNow } from "./figures/look.js";
import { placeEnds } from "./figures/ends.js";
import { plotly } from "./figures/plotly.js";
import { saveCsv, savePicture } from "./figures/export.js";
import { touch } from "./figures/touch.js";
import { CROWDED, banded } from "./figures/bands.js";
import * as bands from "./figures/bands.js";
import * as bars from "./figures/bars.js";
import * as curves from "./figures/curves.js";
import * as heat from "./figures/heat.js";
import * as life from "./figures/life.js";
import * as lorenz from "./figures/lorenz.js";
import * as scatter from "./figures/scatter.js";
import * as stages from "./figures/stages.js";
import * as tornado from "./figures/tornado.js";
import * as tree from "./figures/tree.js";
import * as waterfall from "./figures/waterfall.js";

const KINDS = { bands, bars, curves, heat, life, lorenz, scatter, stages, tornado, tree, waterfall };
const CONFIG = { displayModeBar: false, responsive: false, showTips: false, doubleClick: false, displaylogo: false };
const LIVE = new Set();
const NARROW = 520;

// Whoever imports this module can put figures on the page at once: their style is there.
await new Promise((resolve) => {
  document.head.append(h("link", { rel: "stylesheet", href: "style/figures.css", on: { load: resolve, error: resolve } }));
});

/** Which parts of bands somebody chose to see or not; `null`: as there is room. Kept while the page is open, the same for all figures. */
const chosen = { half: null, wide: null, paths: null };

/**
 * @typedef {object} Options
 * @property {(picked: object) => void} [onPick] a point was chosen: `{member}` in trees,
 *   `{series, at}` among points.
 * @property {boolean} [soFar] more is to come: edges are dashed.
 * @property {2|3|4} [level] of the heading (default 3); `0` hides it for those who see.
 * @property {boolean} [fill] as tall as its place instead of as tall as its kind wants.
 */

class View {
  /** @param {object} data @param {Options} options */
  constructor(data, options) {
    this.data = data;
    this.options = options;
    this.only = null;
    this.asTable = false;
    this.range = null;
    this.before = null;
    this.library = null;
    this.drawn = "";
    this.plot = h("div", { class: "figure-plot" });
    this.image = h("div", { class: "figure-image", role: "img" }, this.plot);
    this.ends = h("div", { class: "figure-ends" });
    this.key = h("ul", { class: "figure-key", "aria-hidden": "true" });
    this.box = h("div", { class: "figure-box" }, this.image, this.ends);
    this.rows = h("div", { class: "figure-table", hidden: true });
    this.note = h("p", { class: "figure-note note" });
    this.heading = h(options.level ? `h${options.level}` : options.level === 0 ? "p" : "h3", { class: options.level === 0 ? "only-heard" : "figure-title" });
    this.finding = h("p", { class: "figure-finding" });
    this.tools = h("div", { class: "figure-tools", role: "group" });
    this.element = h(
      "figure",
      { class: options.fill ? "figure fill" : "figure", data: { key: data.key } },
      h("figcaption", null, this.heading, this.finding),
      this.tools,
      this.box,
      this.key,
      this.rows,
      this.note,
    );
    this.tell();
    this.makeTools();
    this.reserve();
    this.watch();
  }

  /** Everything said in words. */
  tell() {
    const { title, finding } = this.data;
    this.heading.textContent = title;
    this.finding.textContent = finding && finding !== title ? finding : "";
    this.finding.hidden = !this.finding.textContent;
    this.note.textContent = this.data.note ?? "";
    this.note.hidden = !this.data.note;
    this.tools.setAttribute("aria-label", title);
    this.image.setAttribute("aria-label", [title, finding].filter((text, at, all) => text && all.indexOf(text) === at).join(" "));
  }

  /** The row of small buttons; parts of bands only where there are bands. */
  makeTools() {
    const toggle = (name, text) =>
      tool(text, { pressed: () => this.shown()[name], act: () => {
        chosen[name] = !this.shown()[name];
        redrawAll();
      } });
    const ranged = this.data.kind === "bands" && this.data.series.some(banded);
    this.toggles = ranged
      ? [toggle("half", lang() === "zh" ? "50%" : "50 %"), toggle("wide", lang() === "zh" ? "90%" : "90 %"), toggle("paths", say("web.figure.paths"))]
      : [];
    if (ranged) {
      this.toggles[0].title = say("web.figure.half");
      this.toggles[1].title = say("web.figure.wide");
      this.toggles[2].title = say("web.figure.paths_note");
    }
    this.reset = tool(say("web.figure.reset"), { act: () => this.whole() });
    this.reset.classList.add("figure-reset");
    this.switcher = tool(say("web.figure.table"), { pressed: () => this.asTable, act: () => this.toggleTable(), keys: "t" });
    fill(this.tools, this.toggles, h("span", { class: "figure-space" }), this.reset, this.switcher, this.menu());
    this.paintTools();
  }

  /** Files to take along. */
  menu() {
    const item = (text, act) => h("button", { type: "button", class: "figure-tool", on: { click: () => {
      menu.open = false;
      void act();
    } } }, text);
    const picture = (format) => () => this.picture(format);
    const menu = h(
      "details",
      { class: "figure-menu" },
      h("summary", { class: "figure-tool" }, h("span", null, say("button.export")), icon("down", 12)),
      h("div", { class: "figure-files" }, item("PNG", picture("png")), item("SVG", picture("svg")), item("CSV", () => this.csv())),
    );
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      event.preventDefault();
      event.stopPropagation();
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    return menu;
  }

  paintTools() {
    for (const button of [...this.toggles, this.switcher]) button.paint();
    this.reset.style.visibility = this.range ? "visible" : "hidden";
  }

  /** What of the data is shown. */
  shown() {
    const crowded = (this.data.series?.length ?? 0) > CROWDED && this.only === null;
    return {
      only: this.only,
      half: chosen.half ?? !crowded,
      wide: chosen.wide ?? !crowded,
      paths: chosen.paths ?? this.only !== null,
      soFar: Boolean(this.options.soFar),
      zoomed: this.range !== null,
      before: this.before,
    };
  }

  /** Keeps the room that the drawing will take. */
  reserve() {
    if (this.options.fill) return;
    const tall = KINDS[this.data.kind]?.height?.(this.data, (this.element.clientWidth || innerWidth) < NARROW);
    this.box.style.setProperty("--figure-height", tall ? `${Math.round(tall)}px` : "");
  }

  /** Draws when it is seen first, and again when its size changes. */
  watch() {
    LIVE.add(this);
    let frame = 0;
    new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => void this.draw());
    }).observe(this.box);
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      this.wanted = true;
      void this.draw();
    }, { rootMargin: "300px" });
    seen.observe(this.element);
  }

  /** Draws what is to be seen now, if anything changed. */
  async draw() {
    const [width, height] = [this.box.clientWidth, this.box.clientHeight];
    if (!this.wanted || this.asTable || width < 40 || height < 40) return;
    const style = lookNow(width, height);
    let drawing;
    try {
      this.library ??= await plotly();
      drawing = KINDS[this.data.kind].build(this.data, style, this.shown());
    } catch (error) {
      console.error(error);
      fill(this.key, h("li", null, say("web.figure.failed")));
      return;
    }
    if (this.range) Object.assign(drawing.layout.xaxis, { range: [...this.range], autorange: false });
    const state = JSON.stringify(drawing.layout) + JSON.stringify(drawing.traces);
    if (state === this.drawn) return;
    this.drawn = state;
    this.before = drawing.range ?? null;
    const first = !this.plot.layout;
    await this.library.react(this.plot, drawing.traces, drawing.layout, CONFIG);
    if (first) this.listen();
    this.pick = drawing.pick ?? (() => null);
    placeEnds(this.ends, drawing, style, {
      only: this.only,
      choose: (index) => this.choose(index),
      label: (name, on) => say(on ? "web.figure.all" : "web.figure.only", { name }),
    });
    const key = drawing.key ?? [];
    fill(this.key, key.map(({ colour, label }) => h("li", null, h("span", { class: "figure-swatch", style: { background: colour } }), label)));
  }

  listen() {
    this.plot.on("plotly_click", ({ points }) => {
      const picked = this.pick(points[0]);
      if (picked) this.options.onPick?.(picked);
    });
    this.plot.on("plotly_relayout", (change) => {
      const range = change["xaxis.range"] ?? ["xaxis.range[0]", "xaxis.range[1]"].map((key) => change[key]);
      if (range.every((end) => end !== undefined)) this.zoom(range.map(Number));
    });
    this.plot.on("plotly_doubleclick", () => this.zoom(null));
    if (coarse()) touch(this.plot, () => this.library);
  }

  /** @param {[number, number]|null} range the part that is seen; `null`: all there is. */
  zoom(range) {
    if (JSON.stringify(range) === JSON.stringify(this.range)) return;
    this.range = range;
    this.paintTools();
    void this.draw();
  }

  /** Back to all there is. */
  whole() {
    this.zoom(null);
    this.switcher.focus({ preventScroll: true });
  }

  /** @param {number|null} index the one line to be seen; `null`: all. */
  choose(index) {
    this.only = index;
    this.paintTools();
    void this.draw();
  }

  toggleTable() {
    this.asTable = !this.asTable;
    this.box.hidden = this.asTable;
    this.key.hidden = this.asTable;
    this.rows.hidden = !this.asTable;
    this.paintTools();
    if (this.asTable) this.fillTable();
    else void this.draw();
  }

  /** The data as a table; what can be picked in the figure can be picked here by keyboard. */
  fillTable() {
    const given = this.data.table ?? this.numbers();
    const { onPick } = this.options;
    const nodes = this.data.kind === "tree" && onPick ? this.data.nodes : null;
    const rows = given.rows.map((row, at) => {
      const cells = row.map((cell) => (cell === null || cell === undefined ? "—" : typeof cell === "number" ? cell.toLocaleString(lang() === "zh" ? "zh-CN" : "en") : cell));
      const id = nodes?.[at]?.member ?? nodes?.[at]?.id;
      if (id === undefined) return cells;
      return [h("button", { type: "button", class: "link", on: { click: () => onPick({ member: id }) } }, cells[0]), ...cells.slice(1)];
    });
    const columns = given.columns.map((label, at) => ({ label, numeric: at > 0 }));
    fill(this.rows, table({ columns, rows }, { caption: this.data.title, cards: false }));
  }

  numbers() {
    return KINDS[this.data.kind].numbers?.(this.data) ?? this.data.table;
  }

  csv() {
    saveCsv(this.numbers(), this.data.title);
  }

  async picture(format) {
    const kind = KINDS[this.data.kind];
    const look = (style) => kind.build(this.data, style, { ...this.shown(), zoomed: false, before: null });
    try {
      await savePicture(this.data, look, format, say("web.figure.source"));
    } catch {
      toast(say("web.figure.failed"));
    }
  }

  /** @param {object} data newer numbers of the same figure. @param {Partial<Options>} options */
  renew(data, options) {
    if (data.kind !== this.data.kind) this.before = null;
    const lines = (of) => (of.series ?? of.lines ?? []).map((line) => `${line.index}${banded(line)}`).join();
    const same = data.kind === this.data.kind && lines(data) === lines(this.data);
    Object.assign(this.options, options);
    this.data = data;
    if (!same) {
      this.only = null;
      this.makeTools();
    }
    this.tell();
    this.reserve();
    if (this.asTable) this.fillTable();
    void this.draw();
  }
}

/** A small button of a figure. */
function tool(text, { act, pressed, keys }) {
  const button = h("button", { type: "button", class: "figure-tool", "aria-keyshortcuts": keys, on: { click: act } }, h("span", null, text));
  return Object.assign(button, { paint: () => pressed && button.setAttribute("aria-pressed", String(Boolean(pressed()))) });
}

/** Figures still on the page; those that left are forgotten. */
function living() {
  for (const view of LIVE) if (view.wanted && !view.element.isConnected) LIVE.delete(view);
  return [...LIVE];
}

function redrawAll() {
  for (const view of living()) {
    view.paintTools();
    void view.draw();
  }
}

onTheme(redrawAll);

const VIEWS = new WeakMap();

/**
 * A figure.
 *
 * @param {object} data as the server tells it: `{key, title, finding, unit, kind, table, ...}`.
 * @param {Options} [options]
 * @returns {HTMLElement} a `<figure>`; give it newer numbers with {@link renew}.
 */
export function figure(data, options = {}) {
  living();
  const view = new View(data, { ...options });
  VIEWS.set(view.element, view);
  return view.element;
}

/**
 * Newer numbers for a figure that stands: lines move, nothing blinks, the zoom stays.
 *
 * @param {HTMLElement} element made by {@link figure}.
 * @param {object} data
 * @param {Partial<Options>} [options]
 */
export function renew(element, data, options = {}) {
  VIEWS.get(element)?.renew(data, options);
}

/**
 * Shows the figure somebody is at as a table, or as a figure again: the one with the focus, else the
 * one under the pointer, else the first in sight.
 *
 * @returns {boolean} whether there was one.
 */
export function toggleTable() {
  const views = living().filter((view) => view.element.offsetParent !== null);
  const visible = (view) => {
    const box = view.element.getBoundingClientRect();
    return box.bottom > 80 && box.top < innerHeight - 40;
  };
  const found =
    views.find((view) => view.element.contains(document.activeElement)) ??
    views.find((view) => view.element.matches(":hover")) ??
    views.find(visible);
  found?.toggleTable();
  return Boolean(found);
}
