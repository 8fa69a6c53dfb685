/**
 * What this browser remembers: small values in its local storage, under one prefix. Where storage is
 * forbidden or full, nothing is remembered and nothing fails.
 */

const PREFIX = "qunsim.";

/**
 * @param {string} key
 * @returns {string|null}
 */
export function recall(key) {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string|null} value `null` forgets.
 */
export function remember(key, value) {
  try {
    if (value === null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, value);
  } catch {
    // Full or forbidden: the server keeps what matters.
  }
}

/**
 * A remembered object; `null` if there is none or it cannot be read.
 *
 * @param {string} key
 * @returns {any}
 */
export function recallJson(key) {
  const text = recall(key);
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Keys that begin so.
 *
 * @param {string} beginning
 * @returns {string[]}
 */
export function recalled(beginning) {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX + beginning))
      .map((key) => key.slice(PREFIX.length));
  } catch {
    return [];
  }
}
