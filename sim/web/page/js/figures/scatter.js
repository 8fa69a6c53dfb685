/** Points, each a choice that can be picked: what it costs against what it brings. */

import { SYMBOLS, place, textWidth } from "./look.js";
import { frame, gutter, reach, xAxis, yAxis } from "./frame.js";
import { short, ticks } from "./format.js";

/**
 * @param {object} data a figure of kind "scatter".
 * @param {import("./look.js").Look} look
 * @returns {import("./frame.js").Drawing}
 */
export function build(data, look) {
  const [low, high] = reach(...data.series.map((line) => line.y));
  const axis = yAxis(look, low, high, data.unit, {
    title: { text: look.narrow ? "" : data.y_label ?? "", font: { size: look.size, color: look.secondary }, standoff: 4 },
  });
  const [from, to] = reach(...data.series.map((line) => line.x));
  const xs = ticks(from, to, look.narrow ? 3 : 5);
  const unit = data.x_unit ?? "";
  return {
    traces: data.series.map((line, at) => {
      const index = place(line.index ?? at);
      const linked = line.linked ?? false;
      return {
        type: "scatter", mode: linked ? "lines+markers" : "markers", uid: `points${at}`, name: line.name, cliponaxis: false,
        x: line.x, y: line.y, text: line.text ?? line.x.map(() => line.name), customdata: line.x.map((_, k) => [at, k, said(line, k, data, look)]),
        marker: { color: look.series[index], symbol: SYMBOLS[index], size: 10, line: { color: look.ground, width: 1 } },
        line: { color: look.series[index], width: 1.4, shape: "hv" },
        hovertemplate: "<b>%{text}</b><br>%{customdata[2]}<extra></extra>",
      };
    }),
    layout: {
      ...frame(look, { left: gutter(axis, (text) => textWidth(text, look)) + (look.narrow ? 0 : 18), right: 24, top: data.series.length > 1 ? 28 : 8 }),
      showlegend: data.series.length > 1,
      legend: { orientation: "h", x: 0, y: 1, yanchor: "bottom", font: { size: look.size } },
      xaxis: xAxis(look, data.x_label ?? "", {
        range: [xs[0], xs.at(-1)], tickvals: xs, ticktext: xs.map((value) => short(value, unit, look.lang)),
      }),
      yaxis: axis,
    },
    pick: (point) => (point.customdata ? { series: point.customdata[0], at: point.customdata[1] } : null),
  };
}

/** What the pointer says of one point. */
const said = (line, at, data, look) =>
  `${short(line.x[at], data.x_unit ?? "", look.lang)} → ${short(line.y[at], data.unit, look.lang)}`;

/** @param {object} data @returns {{columns: string[], rows: (number|string|null)[][]}} */
export const numbers = (data) => ({
  columns: ["name", data.x_label ?? "x", data.y_label ?? "y", "text"],
  rows: data.series.flatMap((line) => line.x.map((x, at) => [line.name, x, line.y[at], line.text?.[at] ?? ""])),
});
