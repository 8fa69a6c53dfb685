/** The plain frame that every kind of figure shares: three or four light lines, no box. */

import { short, ticks } from "./format.js";

/**
 * @typedef {object} Drawing
 * @property {object[]} traces of Plotly.
 * @property {object} layout of Plotly.
 * @property {{index: number, name: string, value: number}[]} [ends] labels at the ends of lines.
 * @property {[number, number]} [range] of the vertical axis, for placing those labels.
 */

/**
 * @param {import("./look.js").Look} look
 * @param {{left?: number, right?: number, top?: number, bottom?: number}} [margin] pixels.
 * @returns {object} a layout without axes.
 */
export function frame(look, margin = {}) {
  return {
    width: look.width,
    height: look.height,
    autosize: false,
    margin: { l: margin.left ?? 48, r: margin.right ?? 12, t: margin.top ?? 8, b: margin.bottom ?? 36, pad: 0 },
    paper_bgcolor: look.exporting ? look.ground : "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: look.font, size: look.size, color: look.text },
    showlegend: false,
    hovermode: "closest",
    hoverlabel: {
      bgcolor: look.panel,
      bordercolor: look.outline,
      font: { family: look.font, size: 13, color: look.text },
      align: "left",
      namelength: -1,
    },
    dragmode: coarse() ? false : "zoom",
    annotations: [],
    shapes: [],
  };
}

/** @returns {boolean} whether the finger is the pointer, which must be able to scroll the page. */
export const coarse = () => matchMedia("(pointer: coarse)").matches;

/**
 * @param {import("./look.js").Look} look
 * @param {string} title
 * @param {object} [more] anything else Plotly takes.
 * @returns {object} a horizontal axis.
 */
export function xAxis(look, title, more = {}) {
  return {
    title: { text: title, font: { size: look.size, color: look.secondary }, standoff: 6 },
    showgrid: false,
    zeroline: false,
    showline: false,
    ticks: "outside",
    ticklen: 4,
    tickcolor: look.outline,
    tickfont: { color: look.secondary },
    separatethousands: true,
    ...more,
  };
}

/**
 * A vertical axis with round numbers; it stays while the horizontal one is zoomed.
 *
 * @param {import("./look.js").Look} look
 * @param {number} low @param {number} high what it must hold.
 * @param {string} unit
 * @param {object} [more] anything else Plotly takes.
 * @returns {object}
 */
export function yAxis(look, low, high, unit, more = {}) {
  const values = ticks(low, high, look.height < 220 ? 3 : 4);
  return {
    range: [values[0], values.at(-1)],
    tickvals: values,
    ticktext: values.map((value) => short(value, unit, look.lang)),
    tickfont: { color: look.secondary },
    gridcolor: look.grid,
    gridwidth: 1,
    ticklabelstandoff: 4,
    zeroline: values[0] < 0,
    zerolinecolor: look.outline,
    zerolinewidth: 1,
    fixedrange: true,
    automargin: false,
    ...more,
  };
}

/**
 * Room for the numbers of a vertical axis.
 *
 * @param {object} axis made by {@link yAxis}.
 * @param {(text: string) => number} measure width of a text, pixels.
 * @returns {number} pixels.
 */
export const gutter = (axis, measure) => 14 + Math.max(...axis.ticktext.map(measure));

/**
 * @param {number[][]} lists
 * @returns {[number, number]} smallest and largest number in them, 0 included.
 */
export function reach(...lists) {
  let [low, high] = [0, 0];
  for (const list of lists) {
    for (const value of list) {
      if (value === null || !Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}
