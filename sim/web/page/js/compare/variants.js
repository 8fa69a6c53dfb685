/** The variants side by side: two measures that decide; all others stand below. */

import { fill, h } from "../dom.js";
import { say } from "../words.js";
import { linkButton, table } from "../parts.js";
import { swatch } from "../figures/ends.js";

const MEASURES = 2;
const MOST = 6;

/**
 * A value with its word: better, worse, same, cannot tell.
 *
 * @param {{value: string, mark: string, mark_label: string, chance: string}} cell
 * @returns {HTMLElement}
 */
export function cellOf({ value, mark, mark_label: label, chance }) {
  const title = chance ? say("web.compare.of_futures", { chance }) : null;
  return h("span", { class: "cell", title }, h("span", null, value), mark ? h("span", { class: `mark ${mark}` }, label) : null);
}

/** @param {{index: number, name: string}} variant @param {number|null} best @returns {HTMLElement} its name with its line. */
const nameOf = ({ index, name }, best) =>
  h("span", { class: index === best ? "name best" : "name" }, swatch(index), h("span", null, name));

/**
 * @param {{work: string}} options
 * @returns {{element: HTMLElement, paint: (view: object|null, work: object) => void}}
 */
export function makeVariants({ work: id }) {
  const place = h("div", { class: "variants" });
  const add = linkButton(say("button.add_variant"), `#/policies/${id}`, { icon: "plus" });
  const limit = h("span", { class: "note" }, say("web.compare.at_most", { n: MOST }));
  const foot = h("div", { class: "side-foot" }, add, limit);
  const element = h("section", { "aria-label": say("web.compare.variants") }, place, foot);
  let shown = null;
  const paint = (view, work) => {
    const variants = view?.variants ?? planned(work);
    foot.hidden = variants.length >= MOST;
    const state = JSON.stringify([variants, view?.best]);
    if (state === shown) return;
    shown = state;
    const measures = (variants[0]?.cells ?? []).slice(0, MEASURES);
    const columns = [say("web.compare.variant"), ...measures.map(({ label }) => ({ label, numeric: true }))];
    const rows = variants.map((one) => [nameOf(one, view?.best ?? null), ...measures.map((_, at) => cellOf(one.cells[at]))]);
    fill(place, table({ columns, rows }, { caption: say("web.compare.variants") }));
  };
  return { element, paint };
}

/** The variants of a work before there are results. */
const planned = (work) =>
  [{ name: say("word.as_now") }, ...(work.variants ?? [])].map(({ name }, index) => ({
    index,
    name: name || `${say("web.compare.variant")} ${index}`,
    cells: [],
  }));
