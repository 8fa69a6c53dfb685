/** Bars lying beside their names; where there is no room beside them, the names stand above. */

import { textWidth } from "./look.js";
import { short } from "./format.js";
import { fit } from "./stages.js";

/**
 * @param {import("./look.js").Look} look
 * @param {string[]} names from top to bottom.
 * @param {{left?: number, right?: number}} room for numbers beyond the ends, pixels.
 * @returns {{margin: object, annotations: object[], barWidth: number,
 *   axes: (values: number[], unit: string, title?: string) => object}} the parts of a layout; row k
 *   from the top stands at `names.length - 1 - k`.
 */
export function rowsLayout(look, names, { left = 0, right = 12 }) {
  const longest = Math.max(...names.map((name) => textWidth(name, look)));
  const beside = look.narrow ? 10 : Math.min(longest + 20, look.width * 0.36);
  const y = (at) => names.length - 1 - at;
  const annotations = !look.narrow ? [] : names.map((name, at) => ({
    xref: "paper", x: 0, y: y(at) + 0.6, text: fit(name, look.width - 20, look), showarrow: false,
    xanchor: "left", yanchor: "top", xshift: 4 - beside - left, font: { size: look.size, color: look.text },
  }));
  return {
    margin: { left: beside + left, right: Math.min(right, look.width * 0.3), bottom: 38 },
    annotations,
    barWidth: look.narrow ? 0.38 : 0.62,
    axes: (values, unit, title) => ({
      xaxis: {
        title: { text: title ?? "", font: { size: look.size, color: look.secondary }, standoff: 4 },
        range: [values[0], values.at(-1)], tickvals: values,
        ticktext: values.map((value) => short(value, unit, look.lang)), tickfont: { color: look.secondary },
        gridcolor: look.grid, zeroline: true, zerolinecolor: look.outline, zerolinewidth: 1.4, fixedrange: true,
      },
      yaxis: {
        range: [-0.6, names.length - 0.4], fixedrange: true, showgrid: false, zeroline: false, ticklabelstandoff: 6,
        tickvals: look.narrow ? [] : names.map((_, at) => y(at)),
        ticktext: look.narrow ? [] : names.map((name) => fit(name, beside - 16, look)), tickfont: { color: look.text },
      },
    }),
  };
}
