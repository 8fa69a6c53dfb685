/** One member's life: engagement and trust as lines, what happened as dots upon them. */

import { DASHES, textWidth } from "./look.js";
import { frame, gutter, reach, xAxis, yAxis } from "./frame.js";
import { lastOf, stepOf } from "./bands.js";
import { heightAt } from "./lorenz.js";

/**
 * @param {object} data `{x, lines: [{index, name, y}], events: [{day, text}], span: [number, number]}`.
 * @param {import("./look.js").Look} look
 * @param {{only: number|null, zoomed: boolean}} shown
 * @returns {import("./frame.js").Drawing}
 */
export function build(data, look, shown) {
  const axis = yAxis(look, ...reach(...data.lines.map((line) => line.y), [1]), "");
  const ends = data.lines.map((line) => ({ index: line.index, name: line.name, value: lastOf(line.y) }));
  const room = Math.max(...ends.map((end) => textWidth(end.name, look))) + 36;
  const [from, to] = data.span;
  const day = look.lang === "zh" ? "第 %{x} 天" : "Day %{x}";
  const upon = data.lines[0];
  return {
    traces: [
      ...data.lines.map((line) => ({
        type: "scatter", mode: "lines", uid: `line${line.index}`, name: line.name, x: data.x, y: line.y,
        visible: shown.only === null || shown.only === line.index,
        line: { color: look.series[line.index], width: 2, dash: DASHES[line.index] },
        hovertemplate: `${day}: %{y:.2f}<extra>${line.name}</extra>`,
      })),
      {
        type: "scatter", mode: "markers", uid: "events", cliponaxis: false, x: data.events.map((event) => event.day),
        y: data.events.map((event) => heightAt(data.x, upon.y, event.day)), text: data.events.map((event) => event.text),
        marker: { size: 9, color: look.ground, line: { color: look.text, width: 1.6 } },
        hovertemplate: `<b>${day}</b><br>%{text}<extra></extra>`,
      },
    ],
    layout: {
      ...frame(look, { left: gutter(axis, (text) => textWidth(text, look)), right: Math.min(room, look.width * 0.3) }),
      xaxis: xAxis(look, data.x_label ?? "", {
        range: [from, to], ...(shown.zoomed ? { nticks: 8 } : { dtick: stepOf(to - from, look.narrow ? 4 : 7), tick0: 0 }),
      }),
      yaxis: axis,
    },
    ends,
    range: axis.range,
  };
}

/** @param {object} data @returns {{columns: string[], rows: (number|string|null)[][]}} */
export const numbers = (data) => ({
  columns: ["day", ...data.lines.map((line) => line.name)],
  rows: data.x.map((x, at) => [x, ...data.lines.map((line) => line.y[at])]),
});
