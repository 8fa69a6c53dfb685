/** Two results side by side: last week's and this week's, or two works. */

import { get } from "../api.js";
import { fill, h, newId } from "../dom.js";
import { badge, errorBox, linkButton, notice, table, tiles } from "../parts.js";
import { title } from "../router.js";
import { ago, say, upper } from "../words.js";

/** States of a comparison that has something to show. */
const SHOWN = new Set(["done", "stopped", "interrupted"]);

/**
 * @param {HTMLElement} host
 * @param {Record<string, string>} params Ids of the works; the same one twice shows two of its runs.
 */
export async function screen(host, { one, other }) {
  title(say("web.library.side_by_side"));
  const works = await Promise.all([one, other].map((id) => get(`/api/works/${id}`)));
  const same = one === other;
  fill(
    host,
    h(
      "div",
      { class: "screen-head" },
      h("div", null, h("h1", null, say("web.library.side_by_side")), h("p", { class: "line" }, say("web.library.beside_note"))),
      linkButton(say("web.shell.library"), "#/library"),
    ),
    unlike(works[0], works[1]),
    h("div", { class: "beside" }, works.map((work, at) => side(work, same ? 1 - at : 0))),
  );
}

/**
 * What was asked otherwise, so that unlike answers are not taken for a change of the group.
 *
 * @param {any} one
 * @param {any} other
 */
function unlike(one, other) {
  const kinds = /** @type {const} */ (["community", "days", "goal", "set", "policies", "without", "variants"]);
  const differ = kinds.filter((kind) => JSON.stringify(one[kind]) !== JSON.stringify(other[kind]));
  if (!differ.length) return null;
  return notice(say("web.library.unlike", { what: differ.map((kind) => say(`web.library.part_${kind}`)) }), { kind: "warn" });
}

/**
 * One result.
 *
 * @param {any} work
 * @param {number} at Which of its results, the newest = 0.
 */
function side(work, at) {
  const runs = work.runs.filter((/** @type {any} */ run) => run.kind === "compare" && SHOWN.has(run.state));
  const place = h("div", { class: "beside-result" });
  const id = newId("run");
  const show = async (/** @type {string} */ task) => {
    try {
      result(place, await get(`/api/tasks/${task}/view`));
    } catch (error) {
      fill(place, errorBox(/** @type {Error} */ (error)));
    }
  };
  const choice = h(
    "select",
    { id, class: "input", on: { change: () => void show(choice.value) } },
    runs.map((/** @type {any} */ run, /** @type {number} */ number) => h("option", { value: run.id, selected: number === Math.min(at, runs.length - 1) }, ago(run.when))),
  );
  if (runs.length) void show(choice.value);
  return h(
    "section",
    { class: "card beside-side", "aria-label": work.name },
    h("h2", null, h("a", { href: `#/compare/${work.id}` }, work.name)),
    runs.length > 1 ? h("div", { class: "field" }, h("label", { for: id, class: "field-label" }, say("web.library.result_of")), choice) : null,
    runs.length === 1 ? h("p", { class: "note" }, ago(runs[0].when)) : null,
    runs.length ? place : notice(say("web.library.not_compared"), { actions: [linkButton(upper(say("button.start_compare")), `#/compare/${work.id}`)] }),
  );
}

/**
 * @param {HTMLElement} place
 * @param {any} view
 */
function result(place, view) {
  const kpis = view.variants[0]?.cells ?? [];
  const columns = [say("word.variant"), ...kpis.map((/** @type {any} */ cell) => ({ label: upper(cell.label), numeric: true }))];
  const rows = view.variants.map((/** @type {any} */ variant) => [
    variant.name,
    ...variant.cells.map((/** @type {any} */ cell) => h("span", null, cell.value, cell.mark_label ? h("span", { class: `mark ${cell.mark}` }, cell.mark_label) : null)),
  ]);
  fill(
    place,
    h("p", { class: "note" }, view.line),
    h("p", null, badge(view.badge_label)),
    h("div", { class: "beside-verdict" }, (view.verdict.length ? view.verdict : [view.so_far]).map((/** @type {string} */ line) => h("p", null, line))),
    view.price ? h("p", { class: "muted" }, view.price) : null,
    tiles(view.tiles),
    table({ columns, rows }, { caption: view.title }),
  );
}
