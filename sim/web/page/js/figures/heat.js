/** Who stays: a coloured table, rows and columns as the figure names them. */

import { textWidth } from "./look.js";
import { frame, xAxis } from "./frame.js";
import { fit } from "./stages.js";

// Viridis, five stops; pale is few on a light ground, dark is few on a dark one.
const VIRIDIS = ["#440154", "#3B528B", "#21918C", "#5EC962", "#FDE725"];

/** @param {boolean} dark @returns {[number, string][]} */
function scale(dark) {
  const stops = dark ? VIRIDIS : [...VIRIDIS].reverse();
  return stops.map((colour, at) => [at / (stops.length - 1), colour]);
}

/**
 * @param {object} data a figure of kind "heat".
 * @param {import("./look.js").Look} look
 * @returns {import("./frame.js").Drawing}
 */
export function build(data, look) {
  const names = data.y.map(String);
  const longest = Math.max(...names.map((name) => textWidth(name, look)));
  const left = Math.min(longest + 16, look.width * 0.34);
  const right = 62;
  const cell = (look.width - left - right) / data.x.length;
  const share = (value) => (value === null ? "" : String(Math.round(100 * value)));
  const roomy = cell >= 24 && look.height / names.length >= 14;
  const of = look.lang === "zh" ? "100 人里 %{customdata} 人" : "%{customdata} of 100";
  return {
    traces: [{
      type: "heatmap", uid: "heat", x: data.x, y: names.map((_, at) => at), z: data.z,
      customdata: data.z.map((row) => row.map(share)), text: data.z.map((row) => row.map(share)),
      texttemplate: roomy ? "%{text}" : "", textfont: { size: look.size - 1 },
      colorscale: scale(look.dark), zmin: 0, zmax: 1, xgap: 1, ygap: 1, hoverongaps: false,
      colorbar: {
        thickness: 10, outlinewidth: 0, len: 1, x: 1.01, xpad: 4, tickvals: [0, 0.5, 1],
        ticktext: ["0", "50", look.lang === "zh" ? "100%" : "100 %"], tickfont: { color: look.secondary },
      },
      hovertemplate: `%{meta}<br>${data.x_label ?? ""} %{x}: ${of}<extra></extra>`.replace("%{meta}", `${data.y_label ?? ""} %{y}`),
    }, waiting(data, look, cell, look.height / names.length)],
    layout: {
      ...frame(look, { left, right, bottom: 40 }),
      xaxis: xAxis(look, data.x_label ?? "", { nticks: look.narrow ? 6 : 12 }),
      yaxis: {
        autorange: "reversed", showgrid: false, zeroline: false, fixedrange: true,
        ...sparse(names, look, left - 12),
      },
    },
  };
}

/** Strokes upon cells of those who have not (all) been here that long. */
function waiting(data, look, wide, tall) {
  const [x, y] = [[], []];
  data.z.forEach((row, at) => row.forEach((value, week) => {
    if (value !== null && !data.partial?.[at]?.[week]) return;
    x.push(data.x[week]);
    y.push(at);
  }));
  return {
    type: "scatter", mode: "markers", uid: "waiting", x, y, hoverinfo: "skip", cliponaxis: true,
    marker: { symbol: "line-ne", size: Math.max(4, Math.min(10, wide - 4, tall - 6)), line: { color: look.grid, width: 1 } },
  };
}

/** As many row names as have room. */
function sparse(names, look, room) {
  const fitting = Math.max(1, Math.floor(look.height / (look.size + 6)));
  const every = Math.max(1, Math.ceil(names.length / fitting));
  const kept = names.map((_, at) => at).filter((at) => at % every === 0);
  return { tickvals: kept, ticktext: kept.map((at) => fit(names[at], room, look)), tickfont: { color: look.secondary } };
}

/** @param {object} data @returns {number} pixels that the rows need. */
export const height = (data) => Math.min(560, Math.max(240, 60 + 16 * data.y.length));

/** @param {object} data @returns {{columns: string[], rows: (number|string|null)[][]}} */
export const numbers = (data) => ({
  columns: [data.y_label ?? "", ...data.x.map(String)],
  rows: data.y.map((name, at) => [name, ...data.z[at]]),
});
