/** Which comparison belongs to a work, beginning one, and whether it is still about the work. */

import { get, post } from "../api.js";
import * as store from "../store.js";
import { taskOf } from "../tasks.js";
import { has, say } from "../words.js";

/**
 * The tasks of the open work as the server knows them now, newest first.
 *
 * @param {string} id of the work.
 * @returns {Promise<{id: string, kind: string, state: string, when: string}[]>}
 */
export async function runsOf(id) {
  const { runs = [] } = await get(`/api/works/${id}`);
  store.learn({ runs });
  return runs;
}

/**
 * Compares the open work as it is now; what was compared already comes back at once.
 *
 * @returns {Promise<object>} the task.
 */
export async function begin() {
  await store.flush();
  return taskOf(await post(`/api/works/${store.work().id}/compare`));
}

/** What a work's numbers do not depend on. */
const ASIDE = new Set(["id", "name", "changed", "created", "runs", "schema"]);

/**
 * Whether the open work is no longer what a task compared.
 *
 * @param {object|null} task of kind compare.
 * @param {object|null} work
 * @returns {boolean}
 */
export function stale(task, work) {
  const asked = task?.asked?.content;
  if (!asked || !work) return false;
  return Object.keys(work).some((key) => !ASIDE.has(key) && key in asked && !same(work[key], asked[key]));
}

/** Deep equality of what JSON can hold; an absent list or table equals an empty one. */
function same(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) {
    return (one ?? null) === (other ?? null);
  }
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => same(one[key], other[key]) || (hollow(one[key]) && hollow(other[key])));
}

const hollow = (value) =>
  value === undefined || value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);

/** Where a look at the next screens begins: the variant last looked at, else the best. */
export const variantOf = (view) => view?.best ?? (view?.variants?.length > 1 ? 1 : 0);


/**
 * What a task is doing.
 *
 * @param {object} task
 * @param {string} otherwise said of a task without a stage of its own.
 */
export function stageSaid(task, otherwise) {
  const key = `web.stage.${task.stage}`;
  return task.stage && has(key) ? say(key) : otherwise;
}
