/** Drawing parts anew only when what they show has changed: what is being pressed stays. */

import { fill } from "../dom.js";

/** @type {WeakMap<Element, string>} */
const drawn = new WeakMap();

/**
 * Fills a place if its content would be another one.
 * @param {Element} place
 * @param {unknown} content What decides how it looks, as plain data.
 * @param {() => import("../dom.js").Child} make
 */
export function redraw(place, content, make) {
  const text = JSON.stringify(content);
  if (drawn.get(place) === text) return;
  drawn.set(place, text);
  fill(place, make());
}
