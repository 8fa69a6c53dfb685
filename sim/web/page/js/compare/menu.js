/** A button that opens a short list of things to do. */

import { h } from "../dom.js";
import { icon } from "../parts.js";

/**
 * @param {string} label
 * @param {{text: string, act: () => any}[]} items
 * @param {{icon?: string}} [options]
 * @returns {HTMLDetailsElement}
 */
export function menu(label, items, { icon: name } = {}) {
  const summary = h("summary", { class: "button" }, name && icon(name, 18), h("span", { class: "button-text" }, label), icon("down", 14));
  const choose = (act) => () => {
    element.open = false;
    summary.focus();
    void act();
  };
  const element = h(
    "details",
    { class: "menu" },
    summary,
    h("div", { class: "menu-items" }, items.map(({ text, act }) => h("button", { type: "button", class: "menu-item", on: { click: choose(act) } }, text))),
  );
  element.addEventListener("focusout", ({ relatedTarget }) => {
    if (!element.contains(relatedTarget)) element.open = false;
  });
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !element.open) return;
    event.preventDefault();
    element.open = false;
    summary.focus();
  });
  return element;
}
