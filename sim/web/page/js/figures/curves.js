/** Lines over anything but days: what one more unit brings. */

import { DASHES, SYMBOLS, place, textWidth } from "./look.js";
import { frame, gutter, reach, xAxis, yAxis } from "./frame.js";
import { lastOf } from "./bands.js";
import { short, ticks } from "./format.js";

/**
 * @param {object} data a figure of kind "curves".
 * @param {import("./look.js").Look} look
 * @param {{only: number|null}} shown
 * @returns {import("./frame.js").Drawing}
 */
export function build(data, look, shown) {
  const [low, high] = reach(...data.series.map((line) => line.y));
  const axis = yAxis(look, low, high, data.unit);
  const [from, to] = reach(...data.series.map((line) => line.x));
  const xs = ticks(from, to, look.narrow ? 3 : 5);
  const ends = data.series.map((line, at) => ({ index: line.index ?? at + 1, name: line.name, value: lastOf(line.y) }));
  const room = Math.max(...ends.map((end) => textWidth(end.name, look)), 0) + 36;
  return {
    traces: data.series.map((line, at) => {
      const index = place(ends[at].index);
      return {
        type: "scatter", mode: line.x.length > 20 ? "lines" : "lines+markers", uid: `curve${at}`, name: line.name, cliponaxis: false,
        x: line.x, y: line.y, visible: shown.only === null || shown.only === ends[at].index,
        line: { color: look.series[index], width: 2.2, dash: DASHES[index] },
        marker: { color: look.series[index], symbol: SYMBOLS[index], size: 6 },
        text: line.text ?? line.x.map(() => ""),
        customdata: line.x.map((x, k) => `${short(x, data.x_unit ?? "", look.lang)}: ${short(line.y[k], data.unit, look.lang)}`),
        hovertemplate: "%{customdata} %{text}<extra>%{fullData.name}</extra>",
      };
    }),
    layout: {
      ...frame(look, { left: gutter(axis, (text) => textWidth(text, look)), right: Math.min(room, look.width * 0.3) }),
      xaxis: xAxis(look, data.x_label ?? "", {
        range: [xs[0], to], tickvals: xs, ticktext: xs.map((value) => short(value, data.x_unit ?? "", look.lang)),
      }),
      yaxis: axis,
    },
    ends,
    range: axis.range,
  };
}

export { numbers } from "./scatter.js";
