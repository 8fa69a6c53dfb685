/** Whom a policy is for: the way it is written (`newcomers:7`, `role:leader+seed_user`) as fields. */

import { fill, h, newId } from "../dom.js";
import { say } from "../words.js";

const NUMBERS = {
  newcomers: { usual: 7, low: 1, high: 3650 },
  silent: { usual: 14, low: 1, high: 3650 },
  level: { usual: 2, low: 1, high: 12 },
};
const NAMES = {
  role: ["lurker", "seed_user", "leader"],
  channel: ["founder", "invited", "open", "content", "giveaway", "partner", "business"],
};
const USUAL = { role: "leader", channel: "open" };

/** Kinds of audiences, everybody first. */
export const KINDS = ["everyone", "newcomers", "silent", "level", "role", "channel", "payers", "muted", "hunters"];

/**
 * @param {string|undefined} text As it is written; nothing = everybody.
 * @returns {{kind: string, number?: number, names?: string[]}}
 */
export function readAudience(text) {
  const [kind, rest = ""] = (text ?? "everyone").split(":");
  if (kind in NUMBERS) return { kind, number: Number(rest) || NUMBERS[kind].usual };
  if (kind in NAMES) return { kind, names: rest.split("+").filter(Boolean) };
  return { kind };
}

/** As it is written; `undefined` for everybody. @returns {string|undefined} */
export function writeAudience({ kind, number, names }) {
  if (kind === "everyone") return undefined;
  if (kind in NUMBERS) return `${kind}:${number ?? NUMBERS[kind].usual}`;
  if (kind in NAMES) return `${kind}:${(names?.length ? names : [USUAL[kind]]).join("+")}`;
  return kind;
}

/**
 * @param {string|undefined} text
 * @param {(text: string|undefined) => void} onChange
 * @returns {HTMLElement & {set: (text: string|undefined) => void, fail: (message: string|null) => void}}
 */
export function audienceField(text, onChange) {
  let now = readAudience(text);
  const id = newId("audience");
  const rest = h("div", { class: "audience-rest" });
  const change = (next) => {
    now = next;
    paint();
    onChange(writeAudience(now));
  };
  const error = h("p", { class: "field-error", id: `${id}-error`, hidden: true });
  const select = h(
    "select",
    {
      id,
      class: "input",
      "aria-describedby": `${id}-error`,
      on: { change: () => change(readAudience(writeAudience({ kind: select.value }))) },
    },
    KINDS.map((kind) => h("option", { value: kind }, say(`web.policies.to_${kind}`))),
  );
  const paint = () => {
    select.value = now.kind;
    if (now.kind in NUMBERS) fill(rest, numberOf(now, change));
    else if (now.kind in NAMES) fill(rest, namesOf(now, change));
    else fill(rest);
  };
  paint();
  const element = h(
    "div",
    { class: "field" },
    h("label", { for: id, class: "field-label" }, say("web.policies.to")),
    select,
    error,
    rest,
  );
  const fail = (message) => {
    error.textContent = message ?? "";
    error.hidden = !message;
    if (message) select.setAttribute("aria-invalid", "true");
    else select.removeAttribute("aria-invalid");
  };
  const set = (given) => {
    if (writeAudience(now) === writeAudience(readAudience(given))) return;
    now = readAudience(given);
    paint();
  };
  return Object.assign(element, { set, fail });
}

function numberOf(now, change) {
  const { low, high } = NUMBERS[now.kind];
  const id = newId("audience");
  const input = h("input", {
    id,
    type: "number",
    class: "input number",
    min: low,
    max: high,
    step: 1,
    value: now.number,
    on: {
      change: () => {
        const given = Math.round(input.valueAsNumber);
        if (given >= low && given <= high) change({ ...now, number: given });
        else input.value = now.number;
      },
    },
  });
  return h(
    "div",
    { class: "inline-field" },
    h("label", { for: id }, say(`web.policies.to_${now.kind}_number`)),
    input,
  );
}

function namesOf(now, change) {
  const toggle = (name, on) => {
    const names = NAMES[now.kind].filter((one) => (one === name ? on : now.names.includes(one)));
    change({ ...now, names: names.length ? names : now.names });
  };
  return h(
    "fieldset",
    { class: "choices" },
    h("legend", { class: "only-heard" }, say(`web.policies.to_${now.kind}`)),
    NAMES[now.kind].map((name) =>
      h(
        "label",
        null,
        h("input", {
          type: "checkbox",
          checked: now.names.includes(name),
          on: { change: (event) => toggle(name, event.currentTarget.checked) },
        }),
        h("span", null, say(`${now.kind}.${name}`)),
      ),
    ),
  );
}
