/** What stands below the first screen: who stays, who talks, who brings whom, changes, assumptions. */

import { fill, h } from "../dom.js";
import { has, say } from "../words.js";
import { disclosure, linkButton, table } from "../parts.js";
import { go } from "../router.js";
import { figure, renew } from "../figures.js";
import { TABBED } from "./pictures.js";

/** A section that the line of links leads to. */
function section(key, heading, ...children) {
  return h("section", { data: { part: key } }, h("h2", null, heading), ...children);
}

/** Tables of the view: what was changed, what is assumed, every number. */
function tables(view) {
  const changes = (view.changes ?? []).map((one) => [one.label, nameOf(view, one.variant), one.before || "—", one.after || "—"]);
  const assumed = (view.assumption_rows ?? []).map((one) => [one.label, one.value, one.source, one.confidence_label]);
  return [
    changes.length && section("changes", say("web.compare.nav_changes"),
      table({ columns: [say("web.compare.setting"), say("web.compare.variant"), say("web.compare.before"), say("web.compare.after")], rows: changes }, { caption: say("web.compare.nav_changes") }),
      h("p", { class: "lead" }, say("web.compare.same_else"))),
    assumed.length && section("assumptions", say("web.compare.nav_assumptions"),
      folded([say("web.compare.assumption"), say("word.value"), say("word.source"), say("word.confidence")], assumed, say("web.compare.nav_assumptions"))),
    view.table?.rows?.length && section("numbers", say("web.compare.nav_numbers"),
      folded(view.table.columns.map((label, at) => (at ? { label, numeric: true } : label)), view.table.rows, say("web.compare.nav_numbers")),
      h("ul", { class: "said" }, (view.notes ?? []).map((note) => h("li", null, note)))),
  ].filter(Boolean);
}

const nameOf = (view, index) => view.variants?.find((one) => one.index === index)?.name ?? "";

const FIRST = 12; // rows of a long table before the rest is folded away

/** A table whose later rows are there for whoever asks. */
function folded(columns, rows, caption) {
  const made = (part) => table({ columns, rows: part }, { caption });
  if (rows.length <= FIRST + 3) return made(rows);
  return [made(rows.slice(0, FIRST)), disclosure(say("web.compare.more_rows", { n: rows.length - FIRST }), made(rows.slice(FIRST)))];
}

/** Where the gain comes from and whose lives these are: screens of their own. */
function doors(view, work) {
  const variant = view.told ?? 1;
  return [
    (view.others ?? []).length && section("others", say("web.compare.nav_others"), h("ul", { class: "said" }, view.others.map((one) => h("li", null, one)))),
    h("div", { class: "doors" }, section("why", say("web.compare.nav_why"), h("p", { class: "lead" }, say("web.compare.why_line")), h("p", null, linkButton(say("web.compare.why_go"), `#/why/${work}/${variant}`))),
    section("members", say("web.compare.nav_members"), h("p", { class: "lead" }, say("web.compare.members_line")), h("p", null, linkButton(say("web.compare.members_go"), `#/member/${work}/${variant}`)))),
  ].filter(Boolean);
}

/**
 * @param {{work: string}} options
 * @returns {{element: HTMLElement, paint: (view: object|null) => void}}
 */
export function makeBelow({ work }) {
  const nav = h("nav", { class: "below-nav", "aria-label": say("web.compare.below") });
  const lists = [h("div", { class: "below" }), h("div", { class: "below" }), h("div", { class: "below" })];
  const element = h("div", { class: "stack" }, nav, lists);
  const made = new Map();
  let shown = ["", ""];

  const figures = (view) => {
    const wanted = (view.figures ?? []).filter(({ key }) => !TABBED.includes(key));
    for (const data of wanted) {
      const old = made.get(data.key);
      if (old) {
        renew(old.querySelector("figure"), data);
        continue;
      }
      const options = data.kind === "tree" ? { onPick: ({ member }) => go(`#/member/${work}/${data.variant ?? view.told ?? 1}/${member}`) } : {};
      const label = has(`web.compare.nav_${data.key}`) ? say(`web.compare.nav_${data.key}`) : data.title;
      const place = h("section", { data: { part: data.key, label } }, figure(data, { ...options, level: 2 }), data.kind === "tree" ? h("p", { class: "note" }, say("web.compare.tree_pick")) : null);
      made.set(data.key, place);
      lists[1].append(place);
    }
    for (const [key, place] of made) if (!wanted.some((one) => one.key === key)) {
      place.remove();
      made.delete(key);
    }
  };
  const links = () => {
    const sections = [...element.querySelectorAll("section[data-part]")];
    const text = sections.map((one) => one.dataset.part).join();
    if (nav.dataset.parts === text) return;
    nav.dataset.parts = text;
    fill(nav, sections.map((one) => {
      const heading = one.querySelector("h2");
      const jump = () => {
        one.scrollIntoView({ block: "start" });
        heading.focus({ preventScroll: true });
      };
      heading.tabIndex = -1;
      return h("button", { type: "button", class: "link", on: { click: jump } }, one.dataset.label ?? heading.textContent);
    }));
  };
  const paint = (view) => {
    element.hidden = !view;
    if (!view) return;
    const [first, last] = [JSON.stringify([view.others, view.told]), JSON.stringify([view.changes, view.assumption_rows, view.table, view.notes])];
    if (first !== shown[0]) fill(lists[0], doors(view, work));
    figures(view);
    if (last !== shown[1]) fill(lists[2], tables(view));
    shown = [first, last];
    links();
  };
  return { element, paint };
}
