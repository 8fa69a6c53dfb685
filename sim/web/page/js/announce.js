/** Words for those who hear the page: one polite live region, and progress not more than every 10 s. */

const EVERY_MS = 10_000;

/** @type {HTMLElement|null} */
let region = null;
let lastProgress = 0;

/**
 * Says something, after what is being said.
 *
 * @param {string} text
 */
export function announce(text) {
  region ??= document.getElementById("live");
  if (!region) return;
  // The same text twice is only heard if the region changes.
  region.textContent = "";
  setTimeout(() => {
    if (region) region.textContent = text;
  }, 50);
}

/**
 * Says how far something is, at most every ten seconds.
 *
 * @param {string} text
 * @param {number} [now] Milliseconds.
 */
export function announceProgress(text, now = Date.now()) {
  if (now - lastProgress < EVERY_MS) return;
  lastProgress = now;
  announce(text);
}
