/** Tables, which become cards on a narrow window, and tiles: one number each with what it is. */

import { h } from "../dom.js";

/**
 * @typedef {string|{label: string, numeric?: boolean}} Column
 * @typedef {string|number|Node|null} Cell
 */

/**
 * A table. The first column names its row.
 *
 * @param {{columns: Column[], rows: Cell[][]}} data
 * @param {{caption?: string, showCaption?: boolean, cards?: boolean}} [options] `caption` is heard, and
 *   seen with `showCaption`; `cards: false` scrolls sideways on a phone instead.
 */
export function table({ columns, rows }, { caption, showCaption = false, cards = true } = {}) {
  const heads = columns.map((column) => (typeof column === "string" ? { label: column } : column));
  const cell = (/** @type {Cell} */ value, /** @type {number} */ at) =>
    at === 0
      ? h("th", { scope: "row" }, value ?? "—")
      : h("td", { class: heads[at]?.numeric ? "numeric" : null, data: { head: heads[at]?.label } }, value ?? "—");
  return h(
    "div",
    { class: cards ? "table cards" : "table", tabindex: cards ? null : "0", role: cards ? null : "region", "aria-label": cards ? null : (caption ?? null) },
    h(
      "table",
      null,
      caption ? h("caption", { class: showCaption ? null : "only-heard" }, caption) : null,
      h("thead", null, h("tr", null, heads.map(({ label, numeric }) => h("th", { scope: "col", class: numeric ? "numeric" : null }, label)))),
      h("tbody", null, rows.map((row) => h("tr", null, row.map(cell)))),
    ),
  );
}

/**
 * Numbers that matter, each with its label and a note.
 *
 * @param {{value: string, label: string, note?: string}[]} items
 */
export function tiles(items) {
  return h(
    "dl",
    { class: "tiles" },
    items.map(({ value, label, note }) =>
      h(
        "div",
        { class: "tile" },
        h("dt", null, label),
        h("dd", { class: "tile-value" }, value),
        note ? h("dd", { class: "tile-note" }, note) : null,
      ),
    ),
  );
}
