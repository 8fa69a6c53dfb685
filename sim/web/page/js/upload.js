/**
 * A chat export on its way: chosen or dropped, sent, read, fitted. Reload keeps it going: the server
 * works on, and the page takes up the task where it is.
 */

import { announce } from "./announce.js";
import { get, post, upload as send } from "./api.js";
import { fill, h, newId } from "./dom.js";
import { recallJson, remember } from "./memory.js";
import { button, icon, notice, progress } from "./parts.js";
import { inWords, stageText } from "./parts/feedback.js";
import { say, upper } from "./words.js";
import { watchTask } from "./watch.js";

const KEPT = "import";
const MB = 1_000_000;

/**
 * The place to drop a file on.
 *
 * @param {{mostMb: number, onReady: (uploadId: string, name: string) => void}} options `onReady`: the community is fitted.
 * @returns {{element: HTMLElement, stop: () => void}} `stop` stops watching, not the import.
 */
export function dropPlace(options) {
  const place = new DropPlace(options);
  const kept = recallJson(KEPT);
  if (kept) place.follow(kept);
  else place.ask();
  return { element: place.element, stop: () => place.stop() };
}

class DropPlace {
  #body = h("div", { class: "drop-body" });
  #id = newId("drop");
  #input = h("input", {
    type: "file",
    id: this.#id,
    class: "only-heard",
    on: { change: () => this.#input.files?.[0] && void this.begin(this.#input.files[0]) },
  });
  element = h("div", { class: "drop" }, this.#body);
  /** @type {(() => void)[]} */
  #ends = [];
  #left = false;

  /** @param {{mostMb: number, onReady: (uploadId: string, name: string) => void}} options */
  constructor({ mostMb, onReady }) {
    this.mostMb = mostMb;
    this.onReady = onReady;
    this.#listen();
  }

  /** The screen is left: what is being sent goes on, and is taken up when Start is shown again. */
  stop() {
    this.#left = true;
    for (const end of this.#ends) end();
  }

  /**
   * Asks for a file.
   *
   * @param {string|null} [problem] What was wrong with the last one.
   */
  ask(problem = null) {
    this.element.classList.remove("busy");
    this.#input.value = "";
    fill(
      this.#body,
      problem ? notice(problem, { kind: "error" }) : h("span", { class: "drop-sign" }, icon("upload", 26)),
      h("p", { class: "drop-say" }, say("web.start.drop_here")),
      this.#input,
      h("label", { for: this.#id, class: "button" }, say("web.start.choose_file")),
    );
  }

  /**
   * Sends a file, then follows its import.
   *
   * @param {File} file
   */
  async begin(file) {
    if (file.size > this.mostMb * MB) return this.ask(say("web.start.too_big", { mb: this.mostMb }));
    if (file.size === 0) return this.ask(say("web.start.nothing_in_it"));
    this.element.classList.add("busy");
    const sending = new AbortController();
    const bar = progress(say("web.start.sending", { name: file.name }));
    fill(this.#body, bar, button(say("web.parts.cancel"), { kind: "quiet", act: () => sending.abort() }));
    bar.update({ share: 0 });
    try {
      const { upload } = await send("/api/uploads", file, {
        query: { name: file.name },
        onProgress: (share) => bar.update({ share }),
        signal: sending.signal,
      });
      const found = { task: upload.task.id, upload: upload.id, name: file.name };
      remember(KEPT, JSON.stringify(found));
      if (!this.#left) this.follow(found);
    } catch (error) {
      this.ask(/** @type {Error} */ (error).name === "AbortError" ? null : inWords(error));
    }
  }

  /**
   * Shows how far an import is.
   *
   * @param {{task: string, upload: string, name: string}} found
   */
  follow({ task, upload, name }) {
    this.element.classList.add("busy");
    const reading = say("web.start.reading", { name });
    const bar = progress(reading);
    fill(this.#body, bar, button(upper(say("button.stop")), { kind: "quiet", act: () => post(`/api/tasks/${task}/stop`) }));
    bar.update({});
    const unwatch = watchTask(task, {
      onTask: (state) => bar.update({ ...shown(state), text: stageText(state) || reading }),
      onEnd: (state) => {
        remember(KEPT, null);
        if (state.state === "done") {
          announce(say("web.start.read"));
          return this.onReady(upload, name);
        }
        this.ask(state.error?.message ?? (state.state === "stopped" ? null : say("web.start.interrupted")));
      },
      onError: () => {
        remember(KEPT, null);
        this.ask();
      },
    });
    this.#ends.push(unwatch);
  }

  #listen() {
    const { element } = this;
    element.addEventListener("dragover", () => element.classList.add("over"));
    element.addEventListener("dragleave", () => element.classList.remove("over"));
    element.addEventListener("drop", (event) => {
      element.classList.remove("over");
      const file = event.dataTransfer?.files[0];
      if (file && !element.classList.contains("busy")) void this.begin(file);
    });
    // A file dropped beside the place must not replace the page.
    for (const type of ["dragover", "drop"]) {
      const refuse = (/** @type {Event} */ event) => event.preventDefault();
      addEventListener(type, refuse);
      this.#ends.push(() => removeEventListener(type, refuse));
    }
  }
}

/**
 * How far an import is; bytes are not told, a share is.
 *
 * @param {import("./watch.js").Task} state
 */
function shown({ done, total, left_s: left }) {
  return total ? { share: done / total, left_s: left } : {};
}

/**
 * The communities of this browser that were fitted to chat logs.
 *
 * @returns {Promise<{id: string, name: string}[]>}
 */
export async function uploads() {
  const answer = await get("/api/uploads").catch(() => ({ uploads: [] }));
  return answer.uploads.filter((/** @type {any} */ one) => one.task.state === "done");
}
