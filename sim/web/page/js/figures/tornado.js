/** What would overturn it: how the difference moves when one assumption goes to the ends of its range. */

import { textWidth } from "./look.js";
import { frame, reach } from "./frame.js";
import { short, ticks } from "./format.js";
import { rowsLayout } from "./rows.js";

const CLEAN = (text) => String(text ?? "").replaceAll("<", "‹").replaceAll(">", "›");

/** One half of the bars: towards the low or the high end of every range. */
function half(data, part, rows, look, width) {
  const beginning = data.default;
  const colour = data.rows.map((row) => (row[part] >= 0 ? look.better : look.worse));
  return {
    type: "bar", orientation: "h", uid: part, y: rows, base: beginning, width,
    x: data.rows.map((row) => row[part] - beginning),
    marker: {
      color: colour, line: { color: colour, width: 1 },
      pattern: { shape: data.rows.map((row) => (row[part] < 0 ? "/" : "")), fgcolor: look.ground, size: 6, solidity: 0.4, fillmode: "overlay" },
    },
    customdata: data.rows.map((row) => [row.label, CLEAN(row[`${part}_text`]), short(row[part], data.unit, look.lang)]),
    hovertemplate: "<b>%{customdata[0]}</b><br>%{customdata[1]}: %{customdata[2]}<extra></extra>",
  };
}

/** The assumption's value at both ends of its bar. */
function ends(data, rows, look) {
  return data.rows.flatMap((row, at) => ["low", "high"].map((part) => {
    const other = part === "low" ? "high" : "low";
    const right = row[part] > row[other] || (row[part] === row[other] && part === "high");
    return {
      x: right ? Math.max(row[part], data.default) : Math.min(row[part], data.default), y: rows[at],
      text: CLEAN(row[`${part}_text`]), showarrow: false, xanchor: right ? "left" : "right",
      xshift: right ? 5 : -5, font: { size: look.size, color: look.secondary },
    };
  }));
}

/** Room that texts at the ends need beyond the axis. */
function rooms(data, values, look) {
  const [from, to] = [values[0], values.at(-1)];
  const scale = (look.width * (look.narrow ? 0.9 : 0.45)) / (to - from);
  const wide = (text) => textWidth(CLEAN(text), look) + 12;
  const beyond = data.rows.map((row) => {
    const [left, right] = row.low <= row.high ? ["low", "high"] : ["high", "low"];
    return {
      left: wide(row[`${left}_text`]) - scale * (Math.min(row[left], data.default) - from),
      right: wide(row[`${right}_text`]) - scale * (to - Math.max(row[right], data.default)),
    };
  });
  return { left: Math.max(0, ...beyond.map((one) => one.left)), right: Math.max(16, ...beyond.map((one) => one.right)) };
}

/**
 * @param {object} data a figure of kind "tornado".
 * @param {import("./look.js").Look} look
 * @returns {import("./frame.js").Drawing}
 */
export function build(data, look) {
  const rows = data.rows.map((_, at) => data.rows.length - 1 - at);
  const [low, high] = reach([data.default], data.rows.flatMap((row) => [row.low, row.high]));
  const turns = look.lang === "zh" ? "会翻盘" : "overturns";
  const names = data.rows.map((row) => (row.turns ? `${row.label} · ${turns}` : row.label));
  const values = ticks(low, high, look.narrow ? 3 : 5);
  const base = rowsLayout(look, names, rooms(data, values, look));
  return {
    traces: [half(data, "low", rows, look, base.barWidth), half(data, "high", rows, look, base.barWidth)],
    layout: {
      ...frame(look, base.margin),
      ...base.axes(values, data.unit, data.x_label),
      barmode: "overlay",
      shapes: [{
        type: "line", x0: data.default, x1: data.default, yref: "paper", y0: 0, y1: 1,
        line: { color: look.text, width: 1.2, dash: "4px,3px" },
      }],
      annotations: [...base.annotations, ...ends(data, rows, look)],
    },
  };
}

/** @param {object} data @param {boolean} narrow @returns {number} pixels that the bars need. */
export const height = (data, narrow) => 48 + (narrow ? 50 : 34) * data.rows.length;

/** @param {object} data @returns {{columns: string[], rows: (number|string|null)[][]}} */
export const numbers = (data) => ({
  columns: ["assumption", "low end", "difference at the low end", "high end", "difference at the high end", "turns"],
  rows: data.rows.map((row) => [row.label, row.low_text, row.low, row.high_text, row.high, String(Boolean(row.turns))]),
});
