/** What the server says of a work before anything is simulated: mistakes, money, time, by column. */

import { post } from "../api.js";

const WAIT_MS = 250;

/**
 * Asks a moment after the last change; an answer to what is no longer asked is dropped.
 * @param {(answer: object|null, error: Error|null) => void} heard
 * @returns {{ask: (work: object, wait?: number) => void, stop: () => void}}
 */
export function checker(heard) {
  let timer;
  let flight = null;
  const send = async (work) => {
    flight = new AbortController();
    const { signal } = flight;
    try {
      const answer = await post("/api/check", work, { signal });
      if (!signal.aborted) heard(answer, null);
    } catch (error) {
      if (!signal.aborted) heard(null, error);
    }
  };
  const stop = () => {
    clearTimeout(timer);
    flight?.abort();
  };
  const ask = (work, wait = WAIT_MS) => {
    stop();
    timer = setTimeout(() => void send(work), wait);
  };
  return { ask, stop };
}

/**
 * What the server said of the items of a column, by their keys.
 * @param {object|null} answer
 * @param {number} column
 * @returns {Map<string, object>}
 */
export function foundOf(answer, column) {
  const counts = {};
  const found = new Map();
  for (const one of answer?.variants?.[column]?.policies ?? []) {
    const use = one.use.split("#")[0];
    const number = (counts[use] ??= 0);
    counts[use] += 1;
    found.set(`${use}#${number}`, one);
  }
  return found;
}

/**
 * Mistakes below a path, by what follows it; the mistake of the path itself has the name "".
 * @param {object|null} answer
 * @param {string} path
 * @returns {Map<string, string>}
 */
export function errorsAt(answer, path) {
  const found = new Map();
  for (const { at, message } of answer?.errors ?? []) {
    if (at === path) found.set("", message);
    else if (path && at?.startsWith(`${path}.`)) found.set(at.slice(path.length + 1), message);
  }
  return found;
}

/** The column that a mistake is in; as now if it is in none. @param {{at: string|null}} error */
export function columnOfError({ at }) {
  const found = /^variants\.(\d+)/.exec(at ?? "");
  return found ? Number(found[1]) + 1 : 0;
}
