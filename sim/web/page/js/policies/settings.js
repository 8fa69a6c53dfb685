/** The settings of the chosen policy: when, for whom, its own numbers; and what is known of it. */

import { h } from "../dom.js";
import { button, disclosure, iconButton, numberField } from "../parts.js";
import { say } from "../words.js";
import { audienceField } from "./audience.js";
import { conditionField, weekdayField, whenFields } from "./schedule.js";
import { rhythmText } from "./texts.js";

const MOST_FIRST = 8;
/** No slider is of use between nothing and so much. */
const FAR = 400;

/**
 * A number of a policy as a field shows it: "default" is what it was taken from.
 * @param {object} setting Of the catalogue.
 * @param {number|undefined} value
 * @param {number|undefined} taken As it is before this column.
 */
export function entryOf(setting, value, taken) {
  const usual = taken ?? setting.default;
  const entry = { ...setting, value: value ?? usual, default: usual };
  if (usual === setting.default) return entry;
  return { ...entry, source: say("web.policies.source_now"), confidence_label: undefined };
}

/**
 * @param {object} about
 * @param {import("./model.js").Item} about.item
 * @param {object} about.known Of the catalogue.
 * @param {object|undefined} about.taken What it was taken from.
 * @param {number} about.days
 * @param {object} actions
 * @param {(change: (entry: object) => void, name: string) => void} actions.edit
 * @param {(name: string, value: unknown, standard: unknown) => void} actions.set
 * @param {() => void} actions.remove
 * @param {() => void} actions.double
 * @param {() => void} actions.back
 * @returns {{element: HTMLElement, update: (item: import("./model.js").Item, errors: Map<string,
 *   string>) => void}}
 */
export function settingsPanel({ item, known, taken, days }, actions) {
  const when = whenFields({ days, every: known.every, onEdit: actions.edit });
  const to = audienceField(item.entry.to, (value) => actions.set("to", value, undefined));
  const own = known.settings.map((setting) => field(setting, item, taken, actions));
  const weekdays = weekdayField(actions.edit);
  const condition = conditionField(actions.edit);
  const restore = button(say("web.policies.back_to_now"), { kind: "quiet", icon: "reset", act: actions.back });
  const element = h(
    "div",
    { class: "settings" },
    h(
      "header",
      { class: "settings-head" },
      h("h2", { id: "settings-title", tabindex: "-1" }, known.name),
      iconButton("copy", say("web.policies.double"), actions.double),
      iconButton("trash", say("web.policies.remove"), actions.remove),
    ),
    h("p", { class: "settings-about" }, known.about ?? known.said),
    restore,
    when.element,
    known.aimed === false && !item.entry.to ? null : to,
    h("div", { class: "own-settings" }, own.slice(0, MOST_FIRST)),
    disclosure(say("button.more"), [own.slice(MOST_FIRST), weekdays.element, condition.element], {
      open: Boolean(item.entry.weekdays || item.entry.when),
    }),
    aboutPolicy(known),
  );
  const update = (now, errors) => {
    when.set(now.entry);
    weekdays.set(now.entry);
    condition.set(now.entry);
    to.set(now.entry.to);
    restore.hidden = !now.changed;
    own.forEach((one) => one.show(now.entry));
    const fields = { ...when.fields, to, when: condition.element };
    for (const one of own) fields[one.dataset.path] = one;
    for (const [name, one] of Object.entries(fields)) one.fail(errors.get(name) ?? null);
  };
  return { element, update };
}

function field(setting, item, taken, actions) {
  const entry = entryOf(setting, item.entry[setting.name], taken?.[setting.name]);
  let shown = entry.value;
  const set = (value) => {
    shown = value;
    actions.set(setting.name, value, setting.default);
  };
  if (setting.whole && setting.low === 0 && setting.high === 1) return yesNo(entry, set);
  const slider = entry.default !== 0 || setting.high <= FAR;
  const made = numberField(entry, { min: setting.low, max: setting.high, slider, onInput: set, onChange: set });
  // What was typed here stands as it was typed; what comes from elsewhere (undo) is put in.
  const show = (table) => {
    const value = table[setting.name] ?? setting.default;
    if (value === shown) return;
    shown = value;
    made.set(value);
  };
  return Object.assign(made, { show });
}

/** Yes or no as a box to tick. */
function yesNo(entry, set) {
  const box = h("input", {
    type: "checkbox",
    on: { change: () => set(box.checked ? 1 : 0) },
  });
  const error = h("p", { class: "field-error", hidden: true });
  const element = h(
    "div",
    { class: "field yes-no", data: { path: entry.name } },
    h("label", null, box, h("span", null, entry.label)),
    error,
  );
  const show = (table) => {
    box.checked = (table[entry.name] ?? entry.default) === 1;
  };
  const fail = (message) => {
    error.textContent = message ?? "";
    error.hidden = !message;
  };
  return Object.assign(element, { show, fail });
}

/** What is known of a policy: what it should move, on what evidence, how it goes wrong. */
export function aboutPolicy(known) {
  const list = (title, texts) =>
    texts?.length ? [h("h3", null, title), h("ul", null, texts.map((text) => h("li", null, text)))] : [];
  const kpis = (known.kpis ?? []).map(({ label, direction }) =>
    say(direction === "-" || direction < 0 ? "web.policies.kpi_less" : "web.policies.kpi_more", { kpi: label }),
  );
  return disclosure(say("web.policies.known"), [
    list(say("web.policies.moves"), kpis),
    list(say("web.policies.evidence"), known.evidence),
    list(say("web.policies.failures"), known.failures),
  ]);
}

/**
 * A policy of the library that is not on the calendar (yet).
 * @param {object} known Of the catalogue.
 * @param {() => void} add
 */
export function preview(known, add) {
  const opened = aboutPolicy(known);
  opened.open = true;
  return h(
    "div",
    { class: "settings preview" },
    h("header", { class: "settings-head" }, h("h2", { id: "settings-title", tabindex: "-1" }, known.name)),
    known.said && h("p", { class: "said" }, say("web.policies.said", { said: known.said })),
    h("p", { class: "settings-about" }, known.about ?? ""),
    h("p", { class: "settings-about" }, say("web.policies.usually", { every: rhythmText(known.every) })),
    button(say("web.policies.put"), { kind: "plain", icon: "plus", act: add }),
    opened,
  );
}
