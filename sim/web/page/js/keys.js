/**
 * Shortcuts. Single letters are off while somebody types, in dialogs, and altogether if switched off
 * (WCAG 2.1.4); combinations with Ctrl or ⌘ always work.
 */

import { recall, remember } from "./memory.js";

/**
 * @typedef {object} Binding
 * @property {string} combo `g`, `?`, `1`, `escape`, `ctrl+enter` (⌘ too), `ctrl+shift+z`, `[`, `delete`.
 * @property {() => boolean|void} act `false`: not for me, ask the next one.
 * @property {string} [label] What it does, for the list of keys; without one it is not listed.
 * @property {string} [shown] How the list writes it, if not as the combo.
 */

/** What was bound together, the latest first. @type {Binding[][]} */
let bound = [];

/**
 * Binds shortcuts; later ones are asked first, so a screen may take over what the shell does.
 *
 * @param {Binding[]} given
 * @returns {() => void} Unbinds them.
 */
export function bind(given) {
  bound = [given, ...bound];
  return () => {
    bound = bound.filter((one) => one !== given);
  };
}

/** All that is bound and has a label, the shell's first. */
export function listed() {
  return bound.toReversed().flat().filter((one) => one.label);
}

/** Whether single letters act. */
export function lettersOn() {
  return recall("letters") !== "off";
}

/** @param {boolean} on */
export function setLetters(on) {
  remember("letters", on ? null : "off");
}

/**
 * How a combination is printed on this machine's keys.
 *
 * @param {Binding} binding
 * @returns {string[]}
 */
export function caps({ combo, shown }) {
  const mac = /mac|iphone|ipad/i.test(navigator.platform);
  const names = { ctrl: mac ? "⌘" : "Ctrl", escape: "Esc", enter: "Enter", shift: "Shift", delete: "Del" };
  return (shown ?? combo)
    .split("+")
    .map((key) => names[/** @type {keyof typeof names} */ (key)] ?? (key.length === 1 ? key.toUpperCase() : key));
}

/**
 * The combination that an event is.
 *
 * @param {KeyboardEvent} event
 */
function comboOf(event) {
  const key = event.key.toLowerCase();
  const plain = key === " " ? "space" : key;
  const ctrl = event.ctrlKey || event.metaKey ? "ctrl+" : "";
  // Shift is part of a sign such as "?"; with a letter or a named key it counts.
  const shift = event.shiftKey && (plain.length > 1 || ctrl) ? "shift+" : "";
  return ctrl + (event.altKey ? "alt+" : "") + shift + plain;
}

/**
 * Whether a key belongs to what has the focus.
 *
 * @param {Element|null} element
 */
function typing(element) {
  if (!(element instanceof HTMLElement)) return false;
  if (element.isContentEditable || element instanceof HTMLTextAreaElement) return true;
  if (element instanceof HTMLSelectElement) return true;
  return (
    element instanceof HTMLInputElement &&
    !["checkbox", "radio", "button", "submit", "range", "file"].includes(element.type)
  );
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (event.defaultPrevented || event.isComposing) return;
  const combo = comboOf(event);
  const single = !combo.includes("ctrl+") && combo !== "escape";
  const target = /** @type {Element|null} */ (event.target);
  if (single && (typing(target) || !lettersOn())) return;
  // A text field undoes its own typing.
  if (/^ctrl\+(shift\+)?[zy]$/.test(combo) && typing(target)) return;
  if (single && document.querySelector("dialog:modal")) return;
  for (const binding of bound.flat()) {
    if (binding.combo === combo && binding.act() !== false) {
      event.preventDefault();
      return;
    }
  }
}

/** Begins to listen. */
export function listen() {
  addEventListener("keydown", pressed);
}
