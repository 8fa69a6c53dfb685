/** Names at the ends of lines. Each is a button: pressed, it leaves its line alone in the figure. */

import { h, fill, svg } from "../dom.js";
import { DASHES, place } from "./look.js";
import { spread } from "./export.js";

const TALL = 24; // of a button, pixels

/**
 * Puts the names beside the lines.
 *
 * @param {HTMLElement} host over the plot, which it covers.
 * @param {import("./frame.js").Drawing} drawing
 * @param {import("./look.js").Look} look
 * @param {{only: number|null, choose: (index: number|null) => void, label: (name: string, on: boolean) => string}} options
 */
export function placeEnds(host, drawing, look, { only, choose, label }) {
  const focused = host.contains(document.activeElement) ? document.activeElement.dataset.index : null;
  if (!drawing.ends?.length) return void fill(host);
  const { r, t, b } = drawing.layout.margin;
  const tall = look.height - t - b;
  const [low, high] = drawing.range;
  const wanted = drawing.ends.map((end) => tall * (1 - (end.value - low) / (high - low)));
  const places = spread(wanted, TALL, tall);
  fill(host, drawing.ends.map((end, at) =>
    h(
      "button",
      {
        type: "button", class: "figure-end", data: { index: end.index }, title: label(end.name, only === end.index),
        "aria-pressed": String(only === end.index), "aria-label": label(end.name, only === end.index),
        style: {
          left: `${look.width - r}px`, top: `${t + places[at] - TALL / 2}px`, "max-width": `${r - 2}px`, height: `${TALL}px`,
          opacity: only === null || only === end.index ? null : "0.55",
        },
        on: { click: () => choose(only === end.index ? null : end.index) },
      },
      swatch(end.index),
      h("span", null, end.name),
    ),
  ));
  if (focused !== null) host.querySelector(`[data-index="${focused}"]`)?.focus({ preventScroll: true });
}

/**
 * A short piece of a variant's line, in its colour and dash.
 *
 * @param {number} index
 * @returns {SVGElement}
 */
export function swatch(index) {
  const at = place(index);
  const dash = DASHES[at] === "solid" ? null : DASHES[at].replaceAll("px", "");
  return svg(
    "svg",
    { width: 20, height: 8, viewBox: "0 0 20 8", "aria-hidden": "true", class: "swatch" },
    svg("path", {
      d: "M0 4H20", fill: "none", "stroke-width": at === 0 ? 2 : 3, "stroke-dasharray": dash, style: { stroke: `var(--series-${at})` },
    }),
  );
}
