/**
 * The server's JSON API: requests, uploads, whether it can be reached, and tasks as they go.
 */

import { lang } from "./lang.js";

export { watchTask, FINAL } from "./watch.js";

/** What the server, or the way to it, said no with. */
export class ApiError extends Error {
  /**
   * @param {number} status HTTP status; 0 = the server could not be reached.
   * @param {string} code `not_found/policy`, `connection/lost`, ...
   * @param {string} message One sentence in the page's language; may be empty when not reached.
   * @param {string|null} [at] Where in the body, e.g. `variants.0.policies.1.amount`.
   */
  constructor(status, code, message, at = null) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.at = at;
  }

  /** Whether the server could not be reached at all. */
  get lost() {
    return this.status === 0;
  }
}

/** @type {Set<(lost: boolean) => void>} */
const listeners = new Set();
let lost = false;

/**
 * Hears of the connection getting lost and coming back.
 *
 * @param {(lost: boolean) => void} listener
 * @returns {() => void} Ends it.
 */
export function onConnection(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Says that the server was (not) reached; while it is not, it is asked every two seconds.
 *
 * @param {boolean} isLost
 */
export function reached(isLost) {
  if (isLost === lost) return;
  lost = isLost;
  for (const listener of [...listeners]) listener(lost);
  if (lost) setTimeout(knock, 1000);
}

async function knock() {
  if (!lost) return;
  try {
    await fetch("/js/early.js", { cache: "no-store" });
    reached(false);
  } catch {
    setTimeout(knock, 2000);
  }
}

/**
 * The address of an endpoint, with the language and other questions.
 *
 * @param {string} path
 * @param {Record<string, string|number|null|undefined>} [query]
 */
export function address(path, query = {}) {
  const asked = new URLSearchParams({ lang: lang() });
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined) asked.set(name, String(value));
  }
  return `${path}?${asked}`;
}

/**
 * @typedef {object} Options
 * @property {Record<string, any>} [query]
 * @property {AbortSignal} [signal]
 */

/**
 * @param {string} method
 * @param {string} path
 * @param {any} body
 * @param {Options} options
 * @param {boolean} [again]
 * @returns {Promise<any>}
 */
async function ask(method, path, body, options, again = false) {
  /** @type {RequestInit} */
  const request = { method, signal: options.signal, headers: { Accept: "application/json" } };
  if (body !== undefined) {
    request.body = JSON.stringify(body);
    request.headers = { ...request.headers, "Content-Type": "application/json" };
  }
  let response;
  try {
    response = await fetch(address(path, options.query), request);
  } catch (error) {
    if (/** @type {Error} */ (error).name === "AbortError") throw error;
    reached(true);
    throw new ApiError(0, "connection/lost", "");
  }
  reached(false);
  if (response.status === 401 && !again) {
    // A cookie was lost, e.g. cleared by hand: one more try with a new session.
    await fetch("/api/session", { method: "POST" }).catch(() => null);
    return ask(method, path, body, options, true);
  }
  return answered(response.status, await response.text());
}

/**
 * What an answer holds.
 *
 * @param {number} status
 * @param {string} text
 * @returns {any}
 * @throws {ApiError}
 */
function answered(status, text) {
  let data = null;
  try {
    data = text ? JSON.parse(text) : null;
  } catch {
    data = null;
  }
  if (status >= 200 && status < 300) return data;
  const said = data?.error ?? {};
  throw new ApiError(status, said.code ?? `http/${status}`, said.message ?? "", said.at ?? null);
}

/**
 * @param {string} path `/api/...`
 * @param {Record<string, any>} [query]
 * @param {Options} [options]
 */
export function get(path, query = {}, options = {}) {
  return ask("GET", path, undefined, { ...options, query });
}

/**
 * @param {string} path
 * @param {any} [body]
 * @param {Options} [options]
 */
export function post(path, body, options = {}) {
  return ask("POST", path, body, options);
}

/**
 * @param {string} path
 * @param {any} body
 * @param {Options} [options]
 */
export function put(path, body, options = {}) {
  return ask("PUT", path, body, options);
}

/**
 * @param {string} path
 * @param {Options} [options]
 */
export function del(path, options = {}) {
  return ask("DELETE", path, undefined, options);
}

/**
 * Sends a file as it is.
 *
 * @param {string} path
 * @param {File} file
 * @param {{query?: Record<string, any>, onProgress?: (share: number) => void, signal?: AbortSignal}} [options]
 * @returns {Promise<any>}
 */
export function upload(path, file, { query = {}, onProgress = () => {}, signal } = {}) {
  return new Promise((resolve, reject) => {
    // fetch cannot say how much of a body has been sent.
    const request = new XMLHttpRequest();
    request.open("POST", address(path, query));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      reached(false);
      try {
        resolve(answered(request.status, request.responseText));
      } catch (error) {
        reject(error);
      }
    };
    request.onerror = () => {
      reached(true);
      reject(new ApiError(0, "connection/lost", ""));
    };
    request.onabort = () => reject(new DOMException("", "AbortError"));
    signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
