/** Buttons, links, badges, fields of text and choice. */

import { h, newId } from "../dom.js";
import { icon } from "../icons.js";

/**
 * @typedef {object} ButtonOptions
 * @property {() => void} [act]
 * @property {"primary"|"plain"|"quiet"|"danger"} [kind] One primary button a screen.
 * @property {Parameters<typeof icon>[0]} [icon]
 * @property {string} [keys] Shortcut as shown beside the text, e.g. `Ctrl+Enter`.
 * @property {string} [title]
 * @property {boolean} [disabled]
 * @property {Record<string, any>} [attributes]
 */

/**
 * A button. It calls `act`; while that gives a promise the button is busy and cannot be pressed twice.
 *
 * @param {string} text
 * @param {ButtonOptions} [options]
 */
export function button(text, { act, kind = "plain", icon: name, keys, title, disabled, attributes } = {}) {
  const made = h(
    "button",
    { type: "button", class: `button ${kind}`, title, disabled, ...attributes },
    name && icon(name, 18),
    h("span", { class: "button-text" }, text),
    keys && h("kbd", { "aria-hidden": "true" }, keys),
  );
  made.addEventListener("click", () => void once(made, act));
  return made;
}

/**
 * A button that shows an icon alone; its label is heard and shown as a tip.
 *
 * @param {Parameters<typeof icon>[0]} name
 * @param {string} label
 * @param {(() => any)|undefined} act
 * @param {Record<string, any>} [attributes]
 */
export function iconButton(name, label, act, attributes = {}) {
  const made = h(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, ...attributes },
    icon(name, 18),
  );
  made.addEventListener("click", () => void once(made, act));
  return made;
}

/**
 * @param {HTMLButtonElement} pressed
 * @param {(() => any)|undefined} act
 */
async function once(pressed, act) {
  if (!act || pressed.getAttribute("aria-busy") === "true") return;
  const result = act();
  if (!(result instanceof Promise)) return;
  pressed.setAttribute("aria-busy", "true");
  try {
    await result;
  } finally {
    pressed.removeAttribute("aria-busy");
  }
}

/**
 * A link that looks like a button: for going somewhere, not for doing something.
 *
 * @param {string} text
 * @param {string} href
 * @param {{kind?: ButtonOptions["kind"], icon?: ButtonOptions["icon"], attributes?: Record<string, any>}} [options]
 */
export function linkButton(text, href, { kind = "plain", icon: name, attributes } = {}) {
  return h(
    "a",
    { href, class: `button ${kind}`, ...attributes },
    name && icon(name, 18),
    h("span", { class: "button-text" }, text),
  );
}

/**
 * The honest badge and the like: a short text with an edge.
 *
 * @param {string} text
 * @param {{kind?: "plain"|"warn"|"good", title?: string}} [options]
 */
export function badge(text, { kind = "plain", title } = {}) {
  return h("span", { class: `badge ${kind}`, title }, text);
}

/**
 * Things in a row that wraps.
 *
 * @param {...import("../dom.js").Child} children
 */
export function cluster(...children) {
  return h("div", { class: "cluster" }, ...children);
}

/**
 * What opens under a line: `more`, a source, details.
 *
 * @param {string} summary
 * @param {import("../dom.js").Child} children
 * @param {{open?: boolean, attributes?: Record<string, any>}} [options]
 */
export function disclosure(summary, children, { open = false, attributes = {} } = {}) {
  return h(
    "details",
    { class: "disclosure", ...attributes, open },
    h("summary", null, icon("right", 16), h("span", null, summary)),
    h("div", { class: "disclosed" }, children),
  );
}

/**
 * A labelled field of text.
 *
 * @param {string} label
 * @param {{value?: string, onChange?: (value: string) => void, onInput?: (value: string) => void,
 *   attributes?: Record<string, any>, hideLabel?: boolean}} [options]
 * @returns {HTMLElement & {input: HTMLInputElement}}
 */
export function textField(label, { value = "", onChange, onInput, attributes = {}, hideLabel = false } = {}) {
  const id = newId("text");
  const input = h("input", {
    type: "text",
    id,
    class: "input",
    value,
    autocomplete: "off",
    ...attributes,
    on: {
      change: () => onChange?.(input.value),
      input: () => onInput?.(input.value),
    },
  });
  const field = h(
    "div",
    { class: "field" },
    h("label", { for: id, class: hideLabel ? "only-heard" : "field-label" }, label),
    input,
  );
  return Object.assign(field, { input });
}

/**
 * A labelled list to choose from.
 *
 * @param {string} label
 * @param {{key: string, label: string}[]} options
 * @param {string} chosen
 * @param {(key: string) => void} onChange
 * @param {{hideLabel?: boolean, note?: string}} [more]
 * @returns {HTMLElement & {input: HTMLSelectElement}}
 */
export function selectField(label, options, chosen, onChange, { hideLabel = false, note } = {}) {
  const id = newId("choice");
  const input = h(
    "select",
    { id, class: "input", on: { change: () => onChange(input.value) } },
    options.map(({ key, label: text }) => h("option", { value: key, selected: key === chosen }, text)),
  );
  const field = h(
    "div",
    { class: "field" },
    h("label", { for: id, class: hideLabel ? "only-heard" : "field-label" }, label),
    input,
    note && h("p", { class: "field-note" }, note),
  );
  return Object.assign(field, { input });
}

/**
 * A few choices side by side, one of them chosen (radio buttons).
 *
 * @param {string} label Heard, not shown.
 * @param {{key: string, label: string}[]} options
 * @param {string} chosen
 * @param {(key: string) => void} onChange
 */
export function segmented(label, options, chosen, onChange) {
  const name = newId("segment");
  return h(
    "fieldset",
    { class: "segmented" },
    h("legend", { class: "only-heard" }, label),
    options.map(({ key, label: text }) =>
      h(
        "label",
        null,
        h("input", {
          type: "radio",
          name,
          value: key,
          checked: key === chosen,
          on: { change: () => onChange(key) },
        }),
        h("span", null, text),
      ),
    ),
  );
}
