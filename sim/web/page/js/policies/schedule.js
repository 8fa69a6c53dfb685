/** When a policy acts, as fields: first day, last day, rhythm, days of the week, a condition. */

import { h, newId } from "../dom.js";
import { say } from "../words.js";
import { stay } from "./geometry.js";
import { setStay } from "./model.js";

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** A whole number, or nothing: nothing is what it does by itself. */
function dayField(label, { min, max, unit, empty = "", onChange }) {
  const id = newId("day");
  const input = h("input", {
    id,
    type: "number",
    class: "input number",
    inputmode: "numeric",
    step: 1,
    min,
    max,
    placeholder: empty,
    "aria-describedby": `${id}-unit ${id}-error`,
    on: { change: () => settle() },
  });
  const error = h("p", { class: "field-error", id: `${id}-error`, hidden: true });
  let known;
  const set = (value) => {
    known = value;
    input.value = value ?? "";
  };
  const settle = () => {
    const given = input.value === "" ? undefined : Math.round(input.valueAsNumber);
    if (given === undefined && empty === "") return set(known);
    const value = given === undefined ? undefined : Math.max(min, Math.min(max, given));
    set(value);
    onChange(value);
  };
  const fail = (message) => {
    error.textContent = message ?? "";
    error.hidden = !message;
    if (message) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  };
  const element = h(
    "div",
    { class: "field day-field" },
    h("label", { for: id, class: "field-label" }, label),
    h("span", { class: "number-box" }, input, h("span", { class: "unit", id: `${id}-unit` }, unit)),
    error,
  );
  return Object.assign(element, { set, fail });
}

/**
 * The fields that stand first: from which day to which, how often.
 * @param {object} about
 * @param {number} about.days Length of the run.
 * @param {number} about.every The usual rhythm.
 * @param {(change: (entry: object) => void, name: string) => void} about.onEdit
 * @returns {{element: HTMLElement, set: (entry: object) => void, fields: Record<string, object>}}
 */
export function whenFields({ days, every, onEdit }) {
  const start = dayField(say("web.policies.field_start"), {
    min: 0,
    max: days - 1,
    unit: say("web.policies.unit_day"),
    onChange: (value) =>
      onEdit((entry) => {
        const now = stay(entry, days);
        setStay(entry, { ...now, start: value, stop: Math.max(now.stop, value + 1) });
      }, "start"),
  });
  const stop = dayField(say("web.policies.field_stop"), {
    min: 0,
    max: days - 1,
    unit: say("web.policies.unit_day"),
    empty: say("web.policies.to_the_end"),
    onChange: (value) =>
      onEdit((entry) => {
        const now = stay(entry, days);
        const next = value === undefined ? days : Math.max(value, now.start) + 1;
        setStay(entry, { ...now, stop: next, open: next >= days });
      }, "stop"),
  });
  const rhythm = dayField(say("web.policies.field_every"), {
    min: 1,
    max: days,
    unit: say("web.policies.unit_days"),
    onChange: (value) =>
      onEdit((entry) => {
        if (value === (entry.weekdays ? 1 : every)) delete entry.every;
        else entry.every = value;
      }, "every"),
  });
  const set = (entry) => {
    const now = stay(entry, days);
    start.set(now.start);
    stop.set(now.open ? undefined : now.stop - 1);
    rhythm.set(entry.every ?? (entry.weekdays ? 1 : every));
  };
  const element = h("div", { class: "when-fields" }, start, stop, rhythm);
  return { element, set, fields: { start, stop, every: rhythm } };
}

/**
 * Days of the week; none chosen = any.
 * @param {(change: (entry: object) => void, name: string) => void} onEdit
 */
export function weekdayField(onEdit) {
  const boxes = WEEKDAYS.map((day) =>
    h("input", { type: "checkbox", value: day, on: { change: () => choose() } }),
  );
  const choose = () => {
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    onEdit((entry) => {
      if (chosen.length && chosen.length < 7) entry.weekdays = chosen;
      else delete entry.weekdays;
    }, "weekdays");
  };
  const element = h(
    "fieldset",
    { class: "choices weekdays" },
    h("legend", { class: "field-label" }, say("web.policies.field_weekdays")),
    boxes.map((box) => h("label", null, box, h("span", null, say(`weekday.${box.value}`)))),
  );
  const set = (entry) => {
    const chosen = entry.weekdays ? [entry.weekdays].flat() : [];
    for (const box of boxes) box.checked = chosen.includes(box.value);
  };
  return { element, set };
}

/**
 * A condition on what was measured, as a file writes it: `speakers_7d < 20`.
 * @param {(change: (entry: object) => void, name: string) => void} onEdit
 */
export function conditionField(onEdit) {
  const id = newId("when");
  const error = h("p", { class: "field-error", id: `${id}-error`, hidden: true });
  const input = h("input", {
    id,
    type: "text",
    class: "input",
    placeholder: "speakers_7d < 20",
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": `${id}-note ${id}-error`,
    on: {
      change: () =>
        onEdit((entry) => {
          if (input.value.trim()) entry.when = input.value.trim();
          else delete entry.when;
        }, "when"),
    },
  });
  const element = h(
    "div",
    { class: "field" },
    h("label", { for: id, class: "field-label" }, say("web.policies.field_when")),
    input,
    h("p", { class: "field-note", id: `${id}-note` }, say("web.policies.note_when")),
    error,
  );
  const fail = (message) => {
    error.textContent = message ?? "";
    error.hidden = !message;
    if (message) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  };
  const set = (entry) => {
    input.value = entry.when ?? "";
  };
  return { element: Object.assign(element, { fail }), set };
}
