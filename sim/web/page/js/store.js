/**
 * The work that is open: changed in one place, undone and redone, saved a moment after each change,
 * and kept in this browser while the server cannot be reached.
 *
 * A work is the contract's object (`/api/works/{id}`). Read it with {@link work}, never write into
 * it; every change goes through {@link change}.
 */

import { get, onConnection, post, put } from "./api.js";
import { recall, recallJson, recalled, remember } from "./memory.js";

/** @typedef {Record<string, any>} Work */
/** @typedef {"saved"|"saving"|"waiting"|"lost"|"refused"} Saving */

/**
 * What subscribers hear: why, and how far saving is.
 * @typedef {{work: Work|null, reason: "open"|"change"|"undo"|"redo"|"saved"|"saving", saving: Saving,
 *   error: Error|null}} News
 */

const SAVE_MS = 500;
const MOST_STEPS = 200;
/** What the server alone writes. */
const READ_ONLY = ["id", "runs", "changed", "created"];

/** @type {Work|null} */
let current = null;
/** @type {{work: Work, label: string}[]} */
let past = [];
/** @type {{work: Work, label: string}[]} */
let future = [];
/** @type {Set<(news: News) => void>} */
const subscribers = new Set();
/** @type {Saving} */
let saving = "saved";
/** @type {Error|null} */
let refusal = null;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let timer;
/** @type {Promise<void>|null} */
let flight = null;
let version = 0;
let savedVersion = 0;

/** The work that is open, or `null`. Not to be written into. */
export function work() {
  return current;
}

/** How far saving is. */
export function savingState() {
  return saving;
}

/**
 * Hears of every change.
 *
 * @param {(news: News) => void} subscriber
 * @returns {() => void} Ends it.
 */
export function subscribe(subscriber) {
  subscribers.add(subscriber);
  return () => subscribers.delete(subscriber);
}

/**
 * Opens a work; the one that is open already stays as it is.
 *
 * @param {string} id
 * @returns {Promise<Work>}
 * @throws {import("./api.js").ApiError} No such work; or not reached, and no copy here.
 */
export async function open(id) {
  if (current?.id === id) return current;
  await settle();
  const kept = recallJson(`work.${id}`);
  let found;
  try {
    found = await get(`/api/works/${id}`);
  } catch (error) {
    if (!kept || !(/** @type {any} */ (error).lost)) throw error;
    found = kept;
  }
  // A copy here is newer than the server's: it is only kept until it has been saved.
  adopt(kept ? { ...found, ...editable(kept) } : found);
  if (kept) later(0);
  return /** @type {Work} */ (current);
}

/**
 * Makes a new work on the server and opens it.
 *
 * @param {Work} fields At least `community`.
 * @returns {Promise<Work>}
 */
export async function create(fields) {
  await settle();
  adopt(await post("/api/works", fields));
  return /** @type {Work} */ (current);
}

/** Forgets the open work (it stays saved), e.g. after it was deleted. */
export function close() {
  adopt(null);
}

/**
 * Changes the open work.
 *
 * @param {(draft: Work) => void} mutator Writes into a copy.
 * @param {string} label What was done, for "undo"; several changes in a row with the same `merge`
 *   become one step.
 * @param {{merge?: string}} [options] E.g. `merge: "amount"` while a slider moves.
 */
export function change(mutator, label, { merge = "" } = {}) {
  if (!current) throw new Error("no work is open");
  const draft = structuredClone(current);
  mutator(draft);
  if (JSON.stringify(draft) === JSON.stringify(current)) return;
  const key = merge ? `${label}\n${merge}` : label;
  if (!merge || past.at(-1)?.label !== key || future.length) past.push({ work: current, label: key });
  past = past.slice(-MOST_STEPS);
  future = [];
  current = draft;
  changed("change");
}

/** What "undo" would undo, in words; `null` if nothing. */
export function undoLabel() {
  return past.at(-1)?.label.split("\n")[0] ?? null;
}

/** What "redo" would do again, in words; `null` if nothing. */
export function redoLabel() {
  return future.at(-1)?.label.split("\n")[0] ?? null;
}

/** Undoes the last change. @returns {boolean} Whether there was one. */
export function undo() {
  return step(past, future, "undo");
}

/** Does again what was undone last. @returns {boolean} Whether there was something. */
export function redo() {
  return step(future, past, "redo");
}

/**
 * Saves at once what is not saved yet, e.g. before comparing.
 *
 * @returns {Promise<void>} Rejected if the server refused or was not reached.
 */
export async function flush() {
  clearTimeout(timer);
  await save();
  if (refusal) throw refusal;
}

/**
 * Takes up what the server says of the open work without making a step of it: its runs, say.
 *
 * @param {Partial<Work>} fields Of {@link READ_ONLY} only.
 */
export function learn(fields) {
  if (!current) return;
  const known = Object.entries(fields).filter(([name]) => READ_ONLY.includes(name));
  current = { ...current, ...Object.fromEntries(known) };
  tell("saved");
}

/** Saves what an earlier visit could not: copies of works that are not open now. */
export async function sendKept() {
  for (const key of recalled("work.")) {
    const text = recall(key);
    const kept = recallJson(key);
    if (kept?.id === current?.id) continue;
    try {
      if (kept) await put(`/api/works/${kept.id}`, editable(kept));
    } catch (error) {
      if (/** @type {any} */ (error).lost) return;
    }
    // It may have been opened and changed meanwhile.
    if (recall(key) === text) remember(key, null);
  }
}

/**
 * What of a work is sent: not what the server alone writes.
 *
 * @param {Work} whole
 */
function editable(whole) {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => !READ_ONLY.includes(name)));
}

/** @param {Work|null} found */
function adopt(found) {
  clearTimeout(timer);
  current = found;
  past = [];
  future = [];
  version = 0;
  savedVersion = 0;
  saving = "saved";
  refusal = null;
  if (found) remember("current", found.id);
  tell("open");
}

/** Saves what the work that is left still has unsaved; a copy stays here if that fails. */
async function settle() {
  if (current && version !== savedVersion) await flush().catch(() => undefined);
}

/**
 * @param {typeof past} from
 * @param {typeof past} to
 * @param {"undo"|"redo"} reason
 */
function step(from, to, reason) {
  const last = from.pop();
  if (!last || !current) return false;
  to.push({ work: current, label: last.label });
  const own = Object.fromEntries(READ_ONLY.map((name) => [name, current?.[name]]));
  current = { ...last.work, ...own };
  changed(reason);
  return true;
}

/** @param {"change"|"undo"|"redo"} reason */
function changed(reason) {
  version += 1;
  saving = "waiting";
  refusal = null;
  remember(`work.${current?.id}`, JSON.stringify(current));
  tell(reason);
  later(SAVE_MS);
}

/** @param {number} wait */
function later(wait) {
  if (version === savedVersion) version += 1;
  clearTimeout(timer);
  timer = setTimeout(() => void save(), wait);
}

/** Saves, one request at a time, until nothing is unsaved. */
async function save() {
  while (flight) await flight;
  if (!current || version === savedVersion) return;
  flight = send(current, version).finally(() => {
    flight = null;
  });
  await flight;
}

/**
 * @param {Work} sent
 * @param {number} number
 */
async function send(sent, number) {
  saving = "saving";
  tell("saving");
  try {
    const answer = await put(`/api/works/${sent.id}`, editable(sent));
    if (current?.id !== sent.id) return remember(`work.${sent.id}`, null);
    savedVersion = number;
    refusal = null;
    if (version === number) {
      remember(`work.${sent.id}`, null);
      saving = "saved";
    } else saving = "waiting";
    learn({ changed: answer.changed });
  } catch (error) {
    if (current?.id !== sent.id) return;
    refusal = /** @type {Error} */ (error);
    saving = /** @type {any} */ (error).lost ? "lost" : "refused";
    tell("saving");
  }
}

/** @param {News["reason"]} reason */
function tell(reason) {
  for (const subscriber of [...subscribers]) subscriber({ work: current, reason, saving, error: refusal });
}

onConnection((isLost) => {
  if (!isLost && saving === "lost") later(0);
});

addEventListener("beforeunload", () => {
  // The copy in this browser survives; the server gets it now or when the work is opened next.
  if (current && version !== savedVersion) void flush().catch(() => undefined);
});
