/** What the policies screen knows and does: which column, what is chosen, edits that can be undone. */

import { announce } from "../announce.js";
import { get } from "../api.js";
import { toast } from "../parts.js";
import * as store from "../store.js";
import { say } from "../words.js";
import { stay } from "./geometry.js";
import * as model from "./model.js";
import { spanText } from "./texts.js";

/** Column shown last, by work: coming back, or from the budget, one sees it again. */
export const columnShown = new Map();

/**
 * @typedef {object} Desk
 * @property {number} column
 * @property {string|null} selected Key of an item.
 * @property {string|null} previewed Key of a policy of the library.
 * @property {"policy"|"group"} panel
 * @property {object[]} community Policies of the community as it is.
 * @property {object[]} adjust Its parameters that matter.
 * @property {Map<string, object>} policies The catalogue's.
 * @property {string[]} order
 * @property {number} most Variants beside "as now".
 * @property {object|null} answer What the server said last.
 * @property {Error|null} failure Why it said nothing.
 */

/**
 * @param {object} work
 * @param {object} catalogue
 * @param {object} portrait
 * @returns {Desk}
 */
export function newDesk(work, catalogue, portrait) {
  const shown = columnShown.get(work.id) ?? Math.min(1, work.variants.length);
  return {
    column: Math.min(shown, work.variants.length),
    selected: null,
    previewed: null,
    panel: "policy",
    community: portrait.policies.map((one) => one.entry),
    adjust: portrait.adjust ?? [],
    policies: new Map(catalogue.policies.map((one) => [one.key, one])),
    order: catalogue.policies.map((one) => one.key),
    most: catalogue.limits.variants - 1,
    answer: null,
    failure: null,
  };
}

/** What the community does today, and its numbers that matter. */
export function portraitOf({ community }) {
  return community.upload
    ? get(`/api/uploads/${community.upload}/portrait`)
    : get("/api/portrait", { preset: community.preset });
}

/** Name of a column. */
export const columnName = (work, column) =>
  column === 0 ? say("web.policies.as_now") : work.variants[column - 1].name;

/**
 * Everything that can be done. `render` is called when something changed that the store does not
 * know of.
 * @param {Desk} desk
 * @param {() => void} render
 */
export function actionsOf(desk, render) {
  const nameOf = (use) => desk.policies.get(use)?.name ?? use;
  const change = (act, label, options) => store.change(act, label, options);
  const show = (column) => {
    desk.column = column;
    desk.selected = null;
    desk.previewed = null;
    columnShown.set(store.work().id, column);
    render();
    announce(say("web.policies.now_shown", { name: columnName(store.work(), column) }));
  };
  const select = (key) => {
    desk.selected = key;
    desk.previewed = null;
    desk.panel = "policy";
    render();
  };
  const withUndo = (text) => undoOnce(text);

  return {
    show,
    select,
    ...itemActions(desk, { nameOf, change, select, withUndo }),
    ...variantActions(desk, { change, show, withUndo }),
    read: (key) => {
      desk.previewed = key;
      desk.selected = null;
      desk.panel = "policy";
      render();
    },
    panel: (name) => {
      desk.panel = name;
      render();
    },
    adjust: (path, value, standard) =>
      change((work) => model.adjust(work, desk.column, path, value, standard), say("web.policies.did_adjust"), { merge: `${desk.column} ${path}` }),
    budget: (yuan) => change((work) => (work.budget = yuan), say("web.policies.did_limit")),
    minutes: (minutes) => change((work) => (work.minutes = minutes), say("web.policies.did_limit")),
  };
}

function itemActions(desk, { nameOf, change, select, withUndo }) {
  const label = (key, use) => say(`web.policies.did_${key}`, { name: nameOf(use) });
  const use = (key) => key.split("#")[0];
  const add = (name, start = 0) => {
    let key = null;
    change((work) => {
      // The first thing that somebody puts on the calendar is something to try, not what is.
      if (!work.variants.length) desk.column = model.addVariant(work, nameOf(name));
      const entry = start ? { use: name, start } : { use: name };
      key = model.add(work, desk.column, desk.community, entry);
    }, label("add", name));
    columnShown.set(store.work().id, desk.column);
    select(key);
    announce(say("web.policies.added", { name: nameOf(name), variant: columnName(store.work(), desk.column), day: start }));
  };
  return {
    add,
    shift: (key, way, by) => {
      change((work) => model.shift(work, desk.column, desk.community, key, way, by), label("move", use(key)), { merge: `${desk.column} ${key} ${way}` });
      const work = store.work();
      const moved = model.items(work, desk.column, desk.community, desk.order).find((one) => one.key === key);
      if (moved) announce(spanText(stay(moved.entry, work.days)));
    },
    edit: (key, act, name) =>
      change((work) => model.edit(work, desk.column, desk.community, key, act), label("set", use(key)), { merge: `${desk.column} ${key} ${name}` }),
    set: (key, name, value, standard) =>
      change((work) => model.setValue(work, desk.column, desk.community, key, name, value, standard), label("set", use(key)), { merge: `${desk.column} ${key} ${name}` }),
    remove: (key) => {
      desk.selected = null;
      change((work) => model.remove(work, desk.column, desk.community, key), label("remove", use(key)));
      withUndo(say("web.policies.removed", { name: nameOf(use(key)) }));
    },
    double: (key) => {
      let made = null;
      change((work) => {
        const items = model.items(work, desk.column, desk.community, desk.order);
        const { entry } = items.find((one) => one.key === key);
        made = model.add(work, desk.column, desk.community, entry);
      }, label("double", use(key)));
      select(made);
    },
    putBack: (name) => change((work) => model.putBack(work, desk.column, desk.community, name), label("back", name)),
  };
}

function variantActions(desk, { change, show, withUndo }) {
  const full = () => {
    const is = store.work().variants.length >= desk.most;
    if (is) toast(say("web.policies.full", { limit: desk.most + 1 }));
    return is;
  };
  const added = (from) => {
    if (full()) return;
    let column = 0;
    change((work) => {
      const name = from ? work.variants[from - 1].name : say("web.policies.new_name", { number: work.variants.length + 1 });
      column = model.addVariant(work, name, from);
    }, say("web.policies.did_variant"));
    show(column);
  };
  return {
    addVariant: () => added(0),
    copyVariant: () => added(desk.column),
    renameVariant: (name) => change((work) => model.rename(work, desk.column, name), say("web.policies.did_rename")),
    removeVariant: () => {
      const name = columnName(store.work(), desk.column);
      const column = desk.column;
      desk.column = Math.min(column, store.work().variants.length - 1);
      desk.selected = null;
      change((work) => model.removeVariant(work, column), say("web.policies.did_remove_variant"));
      show(desk.column);
      withUndo(say("web.policies.removed", { name }));
    },
  };
}

/** "Undo" for ten seconds, or until something else is changed: then it would undo that. */
function undoOnce(text) {
  const shown = toast(text, { undo: () => store.undo(), onGone: () => leave() });
  const leave = store.subscribe(({ reason }) => {
    if (!["change", "undo", "redo", "open"].includes(reason)) return;
    leave();
    shown.close();
  });
}
