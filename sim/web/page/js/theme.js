/** Light or dark, and the colours of figures as the style sheet has them. */

import { recall, remember } from "./memory.js";

const DARK = matchMedia("(prefers-color-scheme: dark)");
/** @type {Set<() => void>} */
const listeners = new Set();

/**
 * The ground shown now.
 *
 * @returns {"light"|"dark"}
 */
export function theme() {
  const kept = recall("theme") ?? document.documentElement.dataset.theme;
  if (kept === "light" || kept === "dark") return kept;
  return DARK.matches ? "dark" : "light";
}

/** Changes light to dark or back; kept for the next visit. */
export function switchTheme() {
  const next = theme() === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  remember("theme", next);
  for (const listener of [...listeners]) listener();
}

/**
 * Hears when light changes to dark or back; figures draw themselves anew.
 *
 * @param {() => void} listener
 * @returns {() => void} Ends it.
 */
export function onTheme(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

DARK.addEventListener("change", () => {
  for (const listener of [...listeners]) listener();
});

/**
 * A colour of the style sheet as `rgb(...)`, for what CSS does not reach.
 *
 * @param {string} name Without the dashes: `series-1`, `better`, `text`, `secondary`, `edge`, `ground`.
 */
export function colour(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}
