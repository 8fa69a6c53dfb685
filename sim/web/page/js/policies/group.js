/** Numbers of the community itself that a variant may change: the tab "the group". */

import { h } from "../dom.js";
import { disclosure, numberField } from "../parts.js";
import { say } from "../words.js";
import { columnOf } from "./model.js";

const MAIN = 4;

/**
 * The value of a parameter in a column and before it.
 * @param {object} work
 * @param {number} column
 * @param {object} entry Of the portrait's `adjust`.
 * @returns {{value: number, before: number}}
 */
export function valueIn(work, column, entry) {
  const now = work.set?.[entry.path];
  const community = entry.value ?? entry.default;
  const before = column === 0 ? community : (now ?? community);
  return { before, value: columnOf(work, column).set?.[entry.path] ?? before };
}

/**
 * @param {object} work
 * @param {number} column
 * @param {object[]} entries Of the portrait's `adjust`.
 * @param {(path: string, value: number, standard: number) => void} onChange
 * @returns {{element: HTMLElement, update: (work: object, errors: Map<string, string>) => void}}
 */
export function groupPanel(work, column, entries, onChange) {
  let latest = work;
  const made = entries.map((entry) => {
    const { value, before } = valueIn(work, column, entry);
    const one = { entry, shown: value };
    const set = (chosen) => {
      one.shown = chosen;
      onChange(entry.path, chosen, valueIn(latest, column, entry).before);
    };
    one.field = numberField({ ...entry, value, default: before }, { min: entry.low, max: entry.high, onInput: set, onChange: set });
    return one;
  });
  const fields = made.map((one) => one.field);
  const element = h(
    "div",
    { class: "settings group" },
    h("p", { class: "settings-about" }, say(column ? "web.policies.group_variant" : "web.policies.group_now")),
    fields.slice(0, MAIN),
    fields.length > MAIN && disclosure(say("button.more"), fields.slice(MAIN)),
  );
  const update = (now, errors) => {
    latest = now;
    for (const one of made) {
      const { value } = valueIn(now, column, one.entry);
      if (value !== one.shown) one.field.set(value);
      one.shown = value;
      one.field.fail(errors.get(one.entry.path) ?? null);
    }
  };
  return { element, update };
}
