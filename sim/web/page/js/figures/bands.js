/** Quantities day by day: the middle future, where 50 and 90 of 100 lie, and single futures. */

import { DASHES, place, textWidth, thin } from "./look.js";
import { frame, gutter, reach, xAxis, yAxis } from "./frame.js";
import { short } from "./format.js";

/** With more lines than this, the wide bands and single futures only confuse. */
export const CROWDED = 3;

/** Whether enough futures were there for a range. */
export const banded = (line) => Boolean(line.lo90?.length);

const HIDDEN = { hoverinfo: "skip", showlegend: false };

/** A closed ribbon between two lines; days without a value are left out. */
function ribbon(days, low, high, options) {
  const known = days.map((_, at) => at).filter((at) => low[at] !== null && high[at] !== null);
  const back = [...known].reverse();
  return {
    ...HIDDEN,
    type: "scatter",
    mode: "lines",
    x: [...known.map((at) => days[at]), ...back.map((at) => days[at])],
    y: [...known.map((at) => high[at]), ...back.map((at) => low[at])],
    line: { width: 0 },
    fill: "toself",
    hoveron: "points",
    ...options,
  };
}

/** Traces of one variant, widest first. */
function tracesOf(data, line, look, shown) {
  const colour = look.series[place(line.index)];
  const [strong, weak] = look.dark ? [0.36, 0.16] : [0.28, 0.12];
  const visible = (wanted) => Boolean(wanted && (shown.only === null || shown.only === line.index));
  const uid = (part) => `${line.index}-${part}`;
  const middle = {
    type: "scatter",
    mode: "lines",
    uid: uid("mid"),
    name: line.name,
    x: data.x,
    y: line.mid,
    line: { color: colour, width: line.index === 0 ? 1.6 : 2.4, dash: DASHES[place(line.index)] },
    visible: visible(true),
    customdata: line.mid.map((value, at) => said(data, line, at, look)),
    hovertemplate: `<b>${clean(line.name)}</b> %{customdata}<extra></extra>`,
  };
  const ribbons = banded(line) && [
    ribbon(data.x, line.lo90, line.hi90, { uid: uid("90"), fillcolor: thin(colour, weak), visible: visible(shown.wide) }),
    ribbon(data.x, line.lo50, line.hi50, { uid: uid("50"), fillcolor: thin(colour, strong), visible: visible(shown.half) }),
    ...["lo90", "hi90"].map((end) => ({
      ...HIDDEN, type: "scatter", mode: "lines", uid: uid(end), x: data.x, y: line[end],
      line: { color: thin(colour, 0.6), width: 1, dash: "3px,3px" }, visible: visible(shown.wide && shown.soFar),
    })),
  ];
  const paths = (line.paths ?? []).map((path, at) => ({
    ...HIDDEN,
    type: "scatter",
    mode: "lines",
    uid: uid(`path${at}`),
    x: data.x,
    y: path,
    line: { color: thin(colour, 0.6), width: 0.8 },
    visible: visible(shown.paths),
  }));
  return [...(ribbons || []), ...paths, middle];
}

/** Plotly reads a little HTML in names. */
const clean = (name) => name.replaceAll("<", "‹").replaceAll(">", "›");

/** What the pointer says of one day. */
function said(data, line, at, look) {
  const value = short(line.mid[at], data.unit, look.lang);
  if (!banded(line) || line.lo90[at] === null) return value;
  const to = look.lang === "zh" ? " 到 " : " to ";
  return `${value} (${short(line.lo90[at], data.unit, look.lang)}${to}${short(line.hi90[at], data.unit, look.lang)})`;
}

/** Keeps the axis of the drawing before while it still fits, so that nothing jumps during a run. */
function steady(low, high, before) {
  if (!before) return [low, high];
  const fits = low >= before[0] && high <= before[1];
  return fits && high - low > 0.45 * (before[1] - before[0]) ? before : [low, high];
}

const STEPS = [1, 2, 7, 14, 30, 60, 90, 180, 365];

/**
 * @param {number} days @param {number} most ticks.
 * @returns {number} days between ticks: a week, a month, a quarter.
 */
export const stepOf = (days, most) => STEPS.find((step) => days / step <= most) ?? 365;

/** Moments worth a line across, their names at the top, one below the other where they collide. */
function marks(data, look, wide) {
  const [first, last] = [data.x[0], data.x.at(-1)];
  const pixel = (x) => (wide * (x - first)) / (last - first || 1);
  const taken = [];
  const shapes = [];
  const annotations = [];
  for (const mark of data.marks ?? []) {
    const strong = mark.kind === "payback";
    const length = textWidth(mark.label, look) + 8;
    const left = pixel(mark.x) + length > wide;
    const from = left ? pixel(mark.x) - length : pixel(mark.x);
    let row = 0;
    while (taken.some((one) => one.row === row && one.from < from + length && one.to > from)) row += 1;
    taken.push({ row, from, to: from + length });
    shapes.push({
      type: "line", xref: "x", yref: "paper", x0: mark.x, x1: mark.x, y0: 0, y1: 1,
      line: { color: strong ? look.text : look.outline, width: 1, dash: strong ? "4px,3px" : "1px,3px" },
    });
    annotations.push({
      x: mark.x, y: 1, yref: "paper", text: clean(mark.label), showarrow: false, xanchor: left ? "right" : "left",
      yanchor: "top", yshift: 4 - row * (look.size + 4), xshift: left ? -3 : 3, borderpad: 0,
      font: { size: look.size, color: strong ? look.text : look.secondary },
    });
  }
  for (const line of data.lines ?? []) {
    shapes.push({
      type: "line", xref: "paper", yref: "y", x0: 0, x1: 1, y0: line.y, y1: line.y,
      line: { color: look.outline, width: 1, dash: "6px,4px" },
    });
    annotations.push({
      x: 1, xref: "paper", y: line.y, text: clean(line.label), showarrow: false, xanchor: "right", yanchor: "bottom",
      font: { size: look.size, color: look.secondary },
    });
  }
  return { shapes, annotations };
}

/**
 * @param {object} data a figure of kind "bands".
 * @param {import("./look.js").Look} look
 * @param {{only: number|null, half: boolean, wide: boolean, paths: boolean, soFar: boolean,
 *   before: [number, number]|null}} shown what of it.
 * @returns {import("./frame.js").Drawing}
 */
export function build(data, look, shown) {
  const lists = data.series.flatMap((line) => [line.mid, line.lo90 ?? [], line.hi90 ?? []]);
  lists.push((data.lines ?? []).map((line) => line.y));
  const [low, high] = steady(...reach(...lists), shown.before);
  const axis = yAxis(look, low, high, data.unit);
  const ends = data.series.map((line) => ({ index: line.index, name: line.name, value: lastOf(line.mid) }));
  const room = Math.max(...ends.map((end) => textWidth(end.name, look)), 0) + 36;
  const right = Math.min(room, look.width * (look.narrow ? 0.3 : 0.24));
  const left = gutter(axis, (text) => textWidth(text, look));
  const drawn = data.series.map((line) => tracesOf(data, line, look, shown));
  const dayed = look.lang === "zh" ? "第 %{x} 天" : "Day %{x}";
  return {
    traces: drawn.flat(),
    layout: {
      ...frame(look, { left, right }),
      hovermode: "x unified",
      xaxis: xAxis(look, data.x_label ?? "", {
        range: [data.x[0], data.x.at(-1)],
        ...(shown.zoomed ? { nticks: 8 } : { dtick: stepOf(data.x.at(-1) - data.x[0], look.narrow ? 4 : 7), tick0: 0 }),
        unifiedhovertitle: { text: dayed },
      }),
      yaxis: axis,
      ...marks(data, look, look.width - left - right),
    },
    ends,
    range: axis.range,
  };
}

/** @param {(number|null)[]} values @returns {number} the last that is known, else 0. */
export const lastOf = (values) => values.findLast((value) => value !== null && Number.isFinite(value)) ?? 0;

/**
 * The numbers themselves, for a file.
 *
 * @param {object} data a figure of kind "bands".
 * @returns {{columns: string[], rows: (number|string|null)[][]}}
 */
export function numbers(data) {
  const parts = ["lo90", "lo50", "mid", "hi50", "hi90"];
  const lines = data.series.map((line) => ({ line, parts: parts.filter((part) => line[part]?.length) }));
  return {
    columns: ["x", ...lines.flatMap(({ line, parts: own }) => own.map((part) => `${line.name} ${part}`))],
    rows: data.x.map((x, at) => [x, ...lines.flatMap(({ line, parts: own }) => own.map((part) => line[part][at]))]),
  };
}
