/** A task as it goes, over a WebSocket that comes back when it breaks. */

import { address, get, reached } from "./api.js";

/** States after which a task does nothing more by itself. */
export const FINAL = new Set(["done", "stopped", "failed", "interrupted"]);

const SOONEST_MS = 400;
const LATEST_MS = 5000;

/**
 * @typedef {object} Task
 * @property {string} id
 * @property {string} kind
 * @property {string|null} work
 * @property {"queued"|"running"|"done"|"stopped"|"failed"|"interrupted"} state
 * @property {number} done
 * @property {number} total
 * @property {number|null} left_s Seconds left, if known.
 * @property {string} stage Key of what is done now (`web.stage.*`); empty = the kind's own.
 * @property {{code: string, message: string}|null} error
 * @property {number} [place] Place in the queue.
 */

/**
 * Watches a task until it ends. After a lost connection it goes on where the task is by then.
 *
 * @param {string} id
 * @param {object} heard
 * @param {(task: Task) => void} [heard.onTask] At every change.
 * @param {(view: any) => void} [heard.onView] At every look at the results, the final one included.
 * @param {(task: Task) => void} [heard.onEnd] Once, after the last task and view.
 * @param {(error: Error) => void} [heard.onError] The task is not there (any more); nothing follows.
 * @returns {() => void} Stops watching (not the task).
 */
export function watchTask(id, heard) {
  const watcher = new Watcher(id, heard);
  watcher.open();
  return () => watcher.close();
}

class Watcher {
  /** @type {WebSocket|null} */
  #socket = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  /** @type {Task|null} */
  #last = null;
  #closed = false;
  #wait = SOONEST_MS;
  #finalSeen = false;

  /**
   * @param {string} id
   * @param {Parameters<typeof watchTask>[1]} heard
   */
  constructor(id, heard) {
    this.id = id;
    this.heard = heard;
  }

  open() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    this.#socket = new WebSocket(`${scheme}://${location.host}${address(`/api/tasks/${this.id}/events`)}`);
    this.#socket.onmessage = (event) => this.#hear(JSON.parse(event.data));
    this.#socket.onclose = () => void this.#broken();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  /** @param {any} message */
  #hear(message) {
    if (this.#closed) return;
    this.#wait = SOONEST_MS;
    reached(false);
    if (message.type === "task") {
      this.#last = message.task;
      this.heard.onTask?.(message.task);
    } else if (message.type === "look") {
      this.#finalSeen = Boolean(message.view?.final);
      this.heard.onView?.(message.view);
    }
  }

  async #broken() {
    if (this.#closed) return;
    if (this.#last && FINAL.has(this.#last.state)) return this.#end(this.#last);
    try {
      // A socket does not say why it was refused; a plain question does.
      const { task } = await get(`/api/tasks/${this.id}`);
      if (this.#closed) return;
      this.#last = task;
      this.heard.onTask?.(task);
      if (FINAL.has(task.state)) return this.#end(task);
    } catch (error) {
      if (this.#closed) return;
      if (!(/** @type {any} */ (error).lost)) {
        this.#closed = true;
        this.heard.onError?.(/** @type {Error} */ (error));
        return;
      }
    }
    this.#timer = setTimeout(() => this.open(), this.#wait);
    this.#wait = Math.min(2 * this.#wait, LATEST_MS);
  }

  /** @param {Task} task */
  async #end(task) {
    this.#closed = true;
    if (!this.#finalSeen && task.state === "done" && this.heard.onView) {
      const view = await get(`/api/tasks/${this.id}/view`).catch(() => null);
      if (view) this.heard.onView(view);
    }
    this.heard.onEnd?.(task);
  }
}
