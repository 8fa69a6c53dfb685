/** Who talks: how much of the messages the quieter part sends. */

import { DASHES, place, textWidth } from "./look.js";
import { frame, xAxis, yAxis } from "./frame.js";

const LABEL_AT = 0.85; // where curves lie furthest apart and labels point to

/** The height of a curve at a place on the horizontal axis, by straight lines between its points. */
export function heightAt(x, y, at) {
  const next = x.findIndex((value) => value >= at);
  if (next <= 0) return y[Math.max(0, next)] ?? 0;
  const share = (at - x[next - 1]) / (x[next] - x[next - 1] || 1);
  return y[next - 1] + share * (y[next] - y[next - 1]);
}

/**
 * @param {object} data a figure of kind "lorenz".
 * @param {import("./look.js").Look} look
 * @param {{only: number|null}} shown
 * @returns {import("./frame.js").Drawing}
 */
export function build(data, look, shown) {
  const axis = yAxis(look, 0, 1, "", {
    tickvals: [0, 0.25, 0.5, 0.75, 1], range: [0, 1.02],
    ticktext: ["0", "25", "50", "75", look.lang === "zh" ? "100%" : "100 %"],
    title: { text: look.narrow ? "" : data.y_label ?? "", font: { color: look.secondary, size: look.size }, standoff: 4 },
  });
  const ends = data.lines.map((line) => ({ index: line.index, name: line.name, value: heightAt(line.x, line.y, LABEL_AT) }));
  const room = Math.max(...ends.map((end) => textWidth(end.name, look))) + 36;
  const right = Math.min(room, look.width * 0.3);
  return {
    traces: [
      {
        type: "scatter", mode: "lines", uid: "equal", x: [0, 1], y: [0, 1], hoverinfo: "skip",
        line: { color: look.secondary, width: 1, dash: "2px,3px" },
      },
      ...data.lines.map((line) => ({
        type: "scatter", mode: "lines", uid: `line${line.index}`, name: line.name, x: line.x, y: line.y,
        visible: shown.only === null || shown.only === line.index,
        line: { color: look.series[place(line.index)], width: line.index === 0 ? 1.6 : 2.4, dash: DASHES[place(line.index)] },
        hovertemplate: "%{y:.0%}<extra>%{fullData.name}</extra>",
      })),
    ],
    layout: {
      ...frame(look, { left: look.narrow ? 44 : 64, right }),
      xaxis: xAxis(look, data.x_label ?? "", { range: [0, 1], tickvals: axis.tickvals, ticktext: axis.ticktext }),
      yaxis: axis,
    },
    ends,
    range: axis.range,
  };
}

/** @param {object} data @returns {{columns: string[], rows: (number|string|null)[][]}} */
export const numbers = (data) => ({
  columns: ["name", "x", "y"],
  rows: data.lines.flatMap((line) => line.x.map((x, at) => [line.name, x, line.y[at]])),
});
