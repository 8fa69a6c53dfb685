/** Portrait: is this my group? What it is, and the few numbers worth adjusting. */

import { get } from "../api.js";
import { fill, h } from "../dom.js";
import { badge, disclosure, errorBox, icon, linkButton, notice, numberField, show, table, textField, tiles } from "../parts.js";
import { title } from "../router.js";
import * as store from "../store.js";
import { number, say, upper } from "../words.js";

/** Numbers that are shown at once; the others stand under "more". */
const MAIN = 3;
/** What a search shows at most. */
const FOUND = 12;
const SEARCH_MS = 250;

/**
 * @param {HTMLElement} host
 * @returns {Promise<() => void>}
 */
export async function screen(host) {
  const work = /** @type {store.Work} */ (store.work());
  const { preset, upload } = work.community;
  const portrait = upload ? await get(`/api/uploads/${upload}/portrait`) : await get("/api/portrait", { preset });
  title(say("web.shell.step_portrait"));
  /** @type {Map<string, (ReturnType<typeof numberField>)[]>} */
  const fields = new Map();
  const others = h("div", { class: "stack" });
  fill(
    host,
    h(
      "div",
      { class: "screen-head" },
      h(
        "div",
        null,
        h("div", { class: "cluster" }, h("h1", null, upper(portrait.name)), badge(portrait.badge_label, { kind: portrait.badge === "not_fitted" ? "plain" : "good" })),
        h("p", { class: "line" }, upper(portrait.about)),
        (portrait.verdict ?? []).map((/** @type {string} */ line) => h("p", { class: "portrait-said" }, line)),
      ),
    ),
    h(
      "div",
      { class: "portrait" },
      h("div", { class: "portrait-group" }, facts(portrait, Boolean(upload)), roles(portrait), habits(portrait)),
      adjusting(portrait, work, fields, others),
      h("div", { class: "portrait-past", hidden: true }),
    ),
  );
  const known = new Set(portrait.adjust.map((/** @type {any} */ one) => one.path));
  void otherChanges(others, known, fields);
  void past(/** @type {HTMLElement} */ (host.querySelector(".portrait-past")), portrait);
  return store.subscribe(({ work: now, reason }) => {
    if (!now || (reason !== "undo" && reason !== "redo")) return;
    for (const [path, shown] of fields) for (const field of shown) field.set(now.set[path] ?? field.usual);
    void otherChanges(others, known, fields);
  });
}

/**
 * What it is, before anything is adjusted.
 *
 * @param {any} portrait
 * @param {boolean} own Whether it was fitted to a chat log.
 */
function facts(portrait, own) {
  return h(
    "section",
    { "aria-labelledby": "facts-title" },
    h("h2", { id: "facts-title" }, say(own ? "web.portrait.as_read" : "web.portrait.as_usual")),
    h(
      "dl",
      { class: "facts" },
      portrait.facts.map((/** @type {any} */ fact) => h("div", null, h("dt", null, upper(fact.label)), h("dd", null, fact.value))),
    ),
  );
}

/**
 * Who is there, as one bar and in words.
 *
 * @param {any} portrait
 */
function roles(portrait) {
  const present = portrait.roles.filter((/** @type {any} */ role) => role.share > 0);
  if (!present.length) return null;
  const percent = (/** @type {number} */ share) => `${number(100 * share, share < 0.1 ? 1 : 0)}%`;
  return h(
    "section",
    { "aria-labelledby": "roles-title" },
    h("h2", { id: "roles-title" }, say("web.portrait.roles")),
    h(
      "div",
      { class: "roles-bar", "aria-hidden": "true" },
      present.map((/** @type {any} */ role, /** @type {number} */ at) => h("span", { style: { "flex-grow": role.share, "--at": at / Math.max(1, present.length - 1) } })),
    ),
    h(
      "ul",
      { class: "roles" },
      present.map((/** @type {any} */ role, /** @type {number} */ at) =>
        h(
          "li",
          null,
          h("span", { class: "swatch", "aria-hidden": "true", style: { "--at": at / Math.max(1, present.length - 1) } }),
          h("span", null, upper(role.label)),
          h("span", { class: "role-share" }, percent(role.share)),
          portrait.members ? h("span", { class: "note" }, say("web.portrait.about_people", { n: number(Math.max(1, Math.round(role.share * portrait.members)), 0) })) : null,
        ),
      ),
    ),
  );
}

/** What is done in this group today, whatever one decides. @param {any} portrait */
function habits(portrait) {
  return h(
    "section",
    { "aria-labelledby": "habits-title" },
    h("h2", { id: "habits-title" }, say("web.portrait.habits")),
    portrait.policies.length
      ? h("ul", { class: "habits" }, portrait.policies.map((/** @type {any} */ one) => h("li", null, icon("check", 16), h("span", null, one.text))))
      : h("p", { class: "muted" }, say("web.portrait.no_habits")),
    h("p", { class: "note" }, say("web.portrait.habits_note")),
  );
}

/**
 * @param {any} portrait
 * @param {store.Work} work
 * @param {Map<string, any[]>} fields
 * @param {HTMLElement} others
 */
function adjusting(portrait, work, fields, others) {
  const made = portrait.adjust.map((/** @type {any} */ entry) => adjustable(entry, work, fields));
  return h(
    "section",
    { class: "card adjusting", "aria-labelledby": "adjust-title" },
    h("h2", { id: "adjust-title" }, say("web.portrait.is_it_yours")),
    h("p", { class: "note" }, say(portrait.badge === "not_fitted" ? "web.portrait.adjust_note" : "web.portrait.fitted_note")),
    h("div", { class: "stack" }, made.slice(0, MAIN)),
    others,
    disclosure(upper(say("button.more")), [h("div", { class: "stack" }, made.slice(MAIN)), finder(work, fields)]),
    h("div", { class: "main-act" }, linkButton(say("web.portrait.go_on"), `#/policies/${work.id}`, { kind: "primary", icon: "right" })),
  );
}

/**
 * A parameter of the work.
 *
 * @param {any} entry
 * @param {store.Work} work
 * @param {Map<string, any[]>} fields
 */
function adjustable(entry, work, fields) {
  const usual = entry.value ?? entry.default;
  const field = numberField(
    { ...entry, label: upper(entry.label), default: usual, value: work.set[entry.path] ?? usual },
    {
      min: entry.low ?? undefined,
      max: entry.high ?? undefined,
      onChange: (value) => {
        for (const one of fields.get(entry.path) ?? []) one.set(value);
        store.change(
          (draft) => {
            if (value === usual) delete draft.set[entry.path];
            else draft.set[entry.path] = value;
          },
          entry.label,
          { merge: entry.path },
        );
      },
    },
  );
  const kept = Object.assign(field, { usual });
  fields.set(entry.path, [...(fields.get(entry.path) ?? []), kept]);
  return kept;
}

/**
 * Changed parameters that the portrait does not list, so that no change is out of sight.
 *
 * @param {HTMLElement} place
 * @param {Set<string>} known
 * @param {Map<string, any[]>} fields
 */
async function otherChanges(place, known, fields) {
  const work = /** @type {store.Work} */ (store.work());
  const changed = Object.keys(work.set).filter((path) => !known.has(path));
  if (!changed.length) return fill(place);
  try {
    const entries = await parameters("");
    fill(place, entries.filter((entry) => changed.includes(entry.path)).map((entry) => adjustable(entry, work, fields)));
  } catch {
    fill(place, notice(say("web.portrait.also_changed", { names: changed })));
  }
}

/**
 * @param {string} find
 * @returns {Promise<any[]>}
 */
async function parameters(find) {
  const preset = store.work()?.community.preset;
  return (await get("/api/parameters", { find, preset })).parameters;
}

/**
 * A search through all parameters, for whoever knows what to look for.
 *
 * @param {store.Work} work
 * @param {Map<string, any[]>} fields
 */
function finder(work, fields) {
  const place = h("div", { class: "stack" });
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  const search = async (/** @type {string} */ text) => {
    if (!text.trim()) return fill(place);
    try {
      const found = await parameters(text.trim());
      if (text !== field.input.value) return;
      fill(
        place,
        found.slice(0, FOUND).map((entry) => (typeof (entry.value ?? entry.default) === "number" ? adjustable(entry, store.work() ?? work, fields) : fixed(entry))),
        found.length > FOUND ? h("p", { class: "note" }, say("web.portrait.more_found", { n: found.length - FOUND })) : null,
        found.length ? null : h("p", { class: "muted" }, say("web.portrait.none_found")),
      );
    } catch (error) {
      fill(place, errorBox(/** @type {Error} */ (error)));
    }
  };
  const field = textField(say("web.portrait.find"), {
    attributes: { type: "search" },
    onInput: (text) => {
      clearTimeout(timer);
      timer = setTimeout(() => void search(text), SEARCH_MS);
    },
  });
  return h("div", { class: "finder stack" }, field, place);
}

/** A parameter that is no number: shown, not adjusted. @param {any} entry */
function fixed(entry) {
  return h("div", { class: "field" }, h("span", { class: "field-label" }, upper(entry.label)), h("span", { class: "note" }, show(entry, entry.value ?? null)));
}

/**
 * Of an uploaded log: how its past went, what is ahead of it, and what the log does not tell.
 *
 * @param {HTMLElement} place
 * @param {any} portrait
 */
async function past(place, portrait) {
  const { figures = [], forecast = null, table: all = null, notes = [], unknown = [] } = portrait;
  if (!figures.length && !forecast) return;
  place.hidden = false;
  const { figure } = await import("../figures.js");
  const drawn = (/** @type {any[]} */ given) => h("div", { class: "portrait-figures" }, given.map((data) => figure(data)));
  fill(
    place,
    h("section", { class: "stack" }, h("h2", null, say("web.portrait.past")), tiles(portrait.tiles ?? []), drawn(figures)),
    forecast && ahead(forecast, drawn),
    notes.length ? list(notes, "note") : null,
    all && disclosure(say("web.portrait.all_numbers"), table(all, { caption: say("web.portrait.all_numbers") })),
    unknown.length ? disclosure(say("web.portrait.unknown"), list(unknown, "small")) : null,
  );
}

/**
 * @param {string[]} lines
 * @param {string} look
 */
function list(lines, look) {
  return h("ul", { class: `plain-list ${look}` }, lines.map((line) => h("li", null, line)));
}

/**
 * The weeks ahead if all goes on as now.
 *
 * @param {any} forecast
 * @param {(figures: any[]) => HTMLElement} drawn
 */
function ahead(forecast, drawn) {
  return h(
    "section",
    { class: "stack" },
    h("div", { class: "cluster" }, h("h2", null, forecast.title), badge(forecast.badge_label)),
    h("div", null, forecast.verdict.map((/** @type {string} */ line) => h("p", { class: "portrait-said" }, line))),
    forecast.checked ? h("p", { class: "note" }, forecast.checked) : null,
    tiles(forecast.tiles),
    drawn(forecast.figures),
  );
}
