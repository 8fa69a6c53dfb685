/** Line icons, drawn in the colour of the text beside them. They never stand without words or a label. */

import { svg } from "./dom.js";

/** Paths on a 24 by 24 field. */
const PATHS = {
  book: "M5 4.5h10.5a3 3 0 0 1 3 3V20H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h10.5",
  folder: "M3.5 6.5h6l2 2.5h9v9.5a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1z",
  sun: "M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
  close: "M6 6l12 12M18 6 6 18",
  check: "m5 12.5 4.5 4.5L19 7.5",
  info: "M12 11v5M12 7.6v.4M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z",
  warning: "M12 4 2.8 20h18.4zM12 10v4.5M12 17.2v.3",
  undo: "M8.5 5 4 9.5 8.5 14M4.5 9.5H14a5.5 5.5 0 0 1 0 11h-3",
  redo: "M15.5 5 20 9.5 15.5 14M19.5 9.5H10a5.5 5.5 0 0 0 0 11h3",
  plus: "M12 5v14M5 12h14",
  trash: "M4.5 6.5h15M9.5 6V4h5v2M6.5 6.5 7.5 20h9l1-13.5M10.2 10.5v6M13.8 10.5v6",
  copy: "M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4",
  pencil: "M4.5 19.5 5.5 15 16 4.5l3.5 3.5L9 18.5zM13.5 7l3.5 3.5",
  share: "M12 15V4M8 7.5 12 3.5l4 4M5 12.5V20h14v-7.5",
  save: "M12 4v11M8 11.5l4 4 4-4M5 17.5V20h14v-2.5",
  upload: "M12 16V5M7.5 9.5 12 5l4.5 4.5M4.5 15.5v4h15v-4",
  right: "m9.5 5.5 6.5 6.5-6.5 6.5",
  down: "m5.5 9 6.5 6.5L18.5 9",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  keyboard: "M3 6.5h18v11H3zM6.5 10h.01M10 10h.01M14 10h.01M17.5 10h.01M8 14h8",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 20 20",
  reset: "M5 12a7 7 0 1 0 2.3-5.2M5 4.5v4h4",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
};

/**
 * An icon, hidden from screen readers.
 *
 * @param {keyof typeof PATHS} name
 * @param {number} [size] Pixels.
 */
export function icon(name, size = 20) {
  return svg(
    "svg",
    {
      class: "icon",
      viewBox: "0 0 24 24",
      width: size,
      height: size,
      fill: "none",
      stroke: "currentColor",
      "stroke-width": 1.75,
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
      "aria-hidden": "true",
      focusable: "false",
    },
    svg("path", { d: PATHS[name] }),
  );
}
