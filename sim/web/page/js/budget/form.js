/** What is asked of a plan: money, hours a week, the goal, and what may be done. */

import { fill, h, newId } from "../dom.js";
import { disclosure, limitInput, segmented, selectField } from "../parts.js";
import { say } from "../words.js";

const MINUTES = 60;

/**
 * @typedef {object} Question
 * @property {number|null} budget Yuan above what is spent today; null = no limit.
 * @property {number|null} minutes Staff minutes a week above today's; null = no limit.
 * @property {string} goal Key of a KPI.
 * @property {string[]|null} candidates Keys of policies; null = the program chooses.
 */

/**
 * @param {object} catalogue
 * @param {Question} asked What the fields begin with.
 * @param {string[]} first Policies that are ticked first when somebody chooses for himself.
 * @param {{submit: () => void, change: () => void}} acts Enter in a field; something was changed.
 * @returns {{element: HTMLElement, read: () => Question}}
 */
export function questionForm(catalogue, asked, first, acts) {
  const question = { ...asked };
  const money = amount("money", question.budget, (value) => (question.budget = value));
  const hours = amount("hours", question.minutes === null ? null : question.minutes / MINUTES, (value) => {
    question.minutes = value === null ? null : Math.round(value * MINUTES);
  });
  const goals = catalogue.goals.map(({ key, label }) => ({ key, label }));
  const goal = selectField(say("web.budget.goal"), goals, question.goal, (key) => {
    question.goal = key;
    acts.change();
  });
  const allowed = candidates(catalogue.policies, question, first);
  const element = h(
    "form",
    {
      class: "question",
      novalidate: true,
      on: {
        submit: (event) => {
          event.preventDefault();
          acts.submit();
        },
        input: () => acts.change(),
        click: () => acts.change(),
      },
    },
    money,
    hours,
    goal,
    allowed,
    // Enter in a field sends the form even though its button stands outside.
    h("input", { type: "submit", hidden: true }),
  );
  return { element, read: () => ({ ...question }) };
}

function amount(kind, value, onChange) {
  const id = newId("budget");
  const input = limitInput({
    id,
    value: value ?? "",
    placeholder: say("web.budget.no_limit"),
    "aria-describedby": `${id}-unit ${id}-note`,
    on: {
      input: () => {
        const given = input.valueAsNumber;
        onChange(input.value === "" || !(given >= 0) ? null : given);
      },
    },
  });
  return h(
    "div",
    { class: "field" },
    h("label", { for: id, class: "field-label" }, say(`web.budget.${kind}`)),
    h("span", { class: "number-box" }, input, h("span", { class: "unit", id: `${id}-unit` }, say(`web.budget.${kind}_unit`))),
    h("p", { class: "field-note", id: `${id}-note` }, say(`web.budget.${kind}_note`)),
  );
}

/** Left to the program, or boxes to tick by group. */
function candidates(policies, question, first) {
  const known = policies.map((one) => one.key);
  const chosen = new Set(question.candidates ?? first);
  const summary = h("span", null);
  const boxes = new Map();
  const groups = [...byGroup(policies).values()].map((group) => groupField(group, boxes, (keys, on) => set(keys, on)));
  const body = h("div", null, groups);
  const settle = (own) => {
    question.candidates = own ? known.filter((key) => chosen.has(key)) : null;
    summary.textContent = own
      ? say("web.budget.some_actions", { count: question.candidates.length, total: known.length })
      : say("web.budget.auto_actions");
    body.hidden = !own;
    for (const [key, box] of boxes) box.checked = chosen.has(key);
  };
  const set = (keys, on) => {
    for (const key of keys) {
      if (on) chosen.add(key);
      else chosen.delete(key);
    }
    settle(true);
  };
  const ways = ["auto", "own"].map((key) => ({ key, label: say(`web.budget.way_${key}`) }));
  const way = segmented(say("web.budget.actions"), ways, question.candidates ? "own" : "auto", (key) => settle(key === "own"));
  const note = h("p", { class: "field-note" }, say("web.budget.auto_note"));
  const element = disclosure("", [way, note, body], { attributes: { class: "disclosure candidates" } });
  fill(element.querySelector("summary span"), summary);
  settle(question.candidates !== null);
  return element;
}

function byGroup(policies) {
  const found = new Map();
  for (const one of policies) found.set(one.group, [...(found.get(one.group) ?? []), one]);
  return found;
}

function groupField(group, boxes, set) {
  const keys = group.map((one) => one.key);
  const quick = (key, on) =>
    h("button", { type: "button", class: "quick", on: { click: () => set(keys, on) } }, say(`web.budget.${key}`),
      h("span", { class: "only-heard" }, `: ${group[0].group_label}`));
  return h(
    "fieldset",
    { class: "candidate-group" },
    h("legend", null, group[0].group_label),
    h("span", { class: "quick-row" }, quick("all", true), quick("none", false)),
    group.map((one) => {
      const box = h("input", { type: "checkbox", on: { change: () => set([one.key], box.checked) } });
      boxes.set(one.key, box);
      return h("label", null, box, h("span", null, one.name));
    }),
  );
}
