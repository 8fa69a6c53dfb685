/** Where the gain comes from: from the baseline to the variant, one bar a policy. */

import { textWidth } from "./look.js";
import { frame, reach } from "./frame.js";
import { short, ticks } from "./format.js";
import { rowsLayout } from "./rows.js";

/**
 * Where every bar begins and ends.
 *
 * @param {{value: number, low: number|null, high: number|null, total: boolean}[]} steps
 * @returns {{from: number, to: number, low: number|null, high: number|null}[]}
 */
export function placed(steps) {
  let level = 0;
  return steps.map((step) => {
    const from = step.total ? 0 : level;
    level = from + step.value;
    const whisker = (end) => ((step.total && step.low === step.high) || end === null || end === undefined ? null : from + end);
    return { from, to: level, low: whisker(step.low), high: whisker(step.high) };
  });
}

/** Whether the range of a step holds nothing at all. */
const undecided = (step) => step.low !== null && step.low !== undefined && step.low <= 0 && step.high >= 0;

/** @param {object} step @param {import("./look.js").Look} look @returns {string} the bar's number, sign first. */
function written(step, unit, look) {
  if (step.text) return step.text;
  const text = short(step.value, unit, look.lang);
  return !step.total && step.value > 0 ? `+${text}` : text;
}

/**
 * @param {object} data a figure of kind "waterfall".
 * @param {import("./look.js").Look} look
 * @returns {import("./frame.js").Drawing}
 */
export function build(data, look) {
  const bars = placed(data.steps);
  const [low, high] = reach(bars.flatMap((bar) => [bar.from, bar.to, bar.low, bar.high]));
  const values = ticks(low, high, look.narrow ? 3 : 5);
  const rows = data.steps.map((_, at) => data.steps.length - 1 - at);
  const colour = (step) => (step.total ? look.series[0] : step.value >= 0 ? look.better : look.worse);
  const shape = (step) => (step.total ? "" : undecided(step) ? "/" : step.value < 0 ? "\\" : "");
  const texts = data.steps.map((step) => written(step, data.unit, look));
  const room = Math.max(...texts.map((text) => textWidth(text, look))) + 10;
  const base = rowsLayout(look, data.steps.map((step) => step.label), { right: room });
  return {
    traces: [
      {
        type: "bar", orientation: "h", uid: "steps", y: rows, base: bars.map((bar) => bar.from),
        x: bars.map((bar) => bar.to - bar.from), width: base.barWidth,
        marker: {
          color: data.steps.map(colour), line: { color: data.steps.map(colour), width: 1 },
          pattern: { shape: data.steps.map(shape), fgcolor: look.ground, size: 6, solidity: 0.4, fillmode: "overlay" },
        },
        error_x: {
          type: "data", symmetric: false, color: look.text, thickness: 1.2, width: 4,
          array: bars.map((bar) => (bar.high === null ? 0 : Math.max(0, bar.high - bar.to))),
          arrayminus: bars.map((bar) => (bar.low === null ? 0 : Math.max(0, bar.to - bar.low))),
        },
        customdata: data.steps.map((step, at) => [step.label, texts[at], ranged(step, bars[at], data.unit, look)]),
        hovertemplate: "<b>%{customdata[0]}</b><br>%{customdata[1]} %{customdata[2]}<extra></extra>",
      },
      joints(bars, rows, look, base.barWidth),
    ],
    layout: {
      ...frame(look, base.margin),
      ...base.axes(values, data.unit, data.x_label),
      annotations: [
        ...base.annotations,
        ...data.steps.map((step, at) => ({
          x: Math.max(bars[at].from, bars[at].to, bars[at].high ?? -Infinity), y: rows[at], text: texts[at],
          showarrow: false, xanchor: "left", xshift: 5, font: { size: look.size, color: look.text },
        })),
      ],
    },
  };
}

/** The range of a step, in words for the pointer. */
function ranged(step, bar, unit, look) {
  if (bar.low === null) return "";
  const to = look.lang === "zh" ? " 到 " : " to ";
  return `(${short(step.low, unit, look.lang)}${to}${short(step.high, unit, look.lang)})`;
}

/** Thin lines from the end of one bar to the beginning of the next. */
function joints(bars, rows, look, width) {
  const [x, y] = [[], []];
  bars.slice(0, -1).forEach((bar, at) => {
    x.push(bar.to, bar.to, null);
    y.push(rows[at] - width / 2, rows[at + 1] + width / 2, null);
  });
  return {
    type: "scatter", mode: "lines", uid: "joints", x, y, hoverinfo: "skip",
    line: { color: look.outline, width: 1, dash: "2px,2px" },
  };
}

/** @param {object} data @param {boolean} narrow @returns {number} pixels that the bars need. */
export const height = (data, narrow) => 48 + (narrow ? 50 : 34) * data.steps.length;

/** @param {object} data @returns {{columns: string[], rows: (number|string|null)[][]}} */
export const numbers = (data) => ({
  columns: ["step", "value", "low", "high"],
  rows: data.steps.map((step) => [step.label, step.value, step.low, step.high]),
});
