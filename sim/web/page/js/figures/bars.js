/** Bars lying beside their names, several series one below the other in each row. */

import { place, textWidth } from "./look.js";
import { frame, reach } from "./frame.js";
import { short, ticks } from "./format.js";
import { rowsLayout } from "./rows.js";

const HATCH = ["", "", "/", ".", "\\", "x", "-"];

/**
 * @param {object} data a figure of kind "bars": x are names, y numbers.
 * @param {import("./look.js").Look} look
 * @returns {import("./frame.js").Drawing}
 */
export function build(data, look) {
  const names = data.series[0].x.map(String);
  const [low, high] = reach(...data.series.map((line) => line.y));
  const texts = data.series.map((line) => line.y.map((value, at) => line.text?.[at] ?? short(value, data.unit, look.lang)));
  const room = Math.max(...texts.flat().map((text) => textWidth(text, look))) + 12;
  const base = rowsLayout(look, names, { right: room });
  const several = data.series.length > 1;
  return {
    traces: data.series.map((line, at) => {
      const index = place(line.index ?? (several ? at : 1));
      return {
        type: "bar", orientation: "h", uid: `bars${at}`, name: line.name, y: names.map((_, k) => names.length - 1 - k), x: line.y,
        ...(several ? {} : { width: base.barWidth }),
        marker: { color: look.series[index], pattern: { shape: several ? HATCH[index] : "", fgcolor: look.ground, size: 6, solidity: 0.35, fillmode: "overlay" } },
        text: texts[at], textposition: "outside", cliponaxis: false, textfont: { color: look.text, size: look.size },
        customdata: names, hovertemplate: "<b>%{customdata}</b><br>%{text}<extra>%{fullData.name}</extra>",
      };
    }),
    layout: {
      ...frame(look, { ...base.margin, top: several ? 28 : 8 }),
      ...base.axes(ticks(low, high, look.narrow ? 3 : 5), data.unit, data.x_label),
      annotations: base.annotations,
      bargap: look.narrow ? 0.5 : 0.3,
      showlegend: several,
      legend: { orientation: "h", x: 0, y: 1, yanchor: "bottom", traceorder: "normal", font: { size: look.size } },
    },
  };
}

/** @param {object} data @param {boolean} narrow @returns {number} pixels that the bars need. */
export const height = (data, narrow) =>
  56 + (narrow ? 46 : 26) * data.series[0].x.length + 12 * (data.series.length - 1) * data.series[0].x.length;

export { numbers } from "./scatter.js";
