/** Compare: which is better, how surely, at what price. */

import { FINAL, get, watchTask } from "../api.js";
import { announce } from "../announce.js";
import { fill, h } from "../dom.js";
import { bind } from "../keys.js";
import { button, empty, errorBox, linkButton, notice } from "../parts.js";
import { go, title } from "../router.js";
import * as store from "../store.js";
import { goOn, stop, taskOf } from "../tasks.js";
import { say } from "../words.js";
import { toggleTable } from "../figures.js";
import { joined, makeAnswer, makeHead, makeTiles } from "../compare/answer.js";
import { makeBelow } from "../compare/below.js";
import { makeActions } from "../compare/files.js";
import { makePictures } from "../compare/pictures.js";
import { begin, runsOf, stale } from "../compare/runs.js";
import { makeShare } from "../compare/share.js";
import { makeState } from "../compare/state.js";
import { makeVariants } from "../compare/variants.js";

/** One comparison on the screen, from its first look to its verdict. */
class Compare {
  /** @param {HTMLElement} host @param {{work: string, task?: string}} params */
  constructor(host, params) {
    this.host = host;
    this.id = params.work;
    this.asked = params.task ?? null;
    this.task = null;
    this.view = null;
    this.live = false;
    this.unwatch = () => {};
    this.build();
  }

  build() {
    const { id } = this;
    this.notices = h("div", { class: "notices" });
    this.told = h("div", { class: "notices" });
    this.head = makeHead();
    this.actions = makeActions({ work: id, notices: this.told, now: () => this, share: makeShare() });
    this.answer = makeAnswer({ work: id, actions: this.actions.element });
    this.tiles = makeTiles();
    this.pictures = makePictures();
    this.variants = makeVariants({ work: id });
    this.state = makeState({ stop: () => this.stop(), goOn: () => this.goOn(), again: () => this.again() });
    this.below = makeBelow({ work: id });
    this.result = h(
      "div",
      { class: "stack" },
      this.answer.element,
      this.tiles.element,
      h("div", { class: "compare-main" }, this.pictures.element, h("div", { class: "side" }, this.variants.element, this.state.element)),
      this.below.element,
    );
    this.element = h("div", { class: "compare" }, this.head.element, this.notices, this.told, this.result);
  }

  /** Finds what there is to be seen. */
  async open() {
    const runs = await runsOf(this.id);
    const newest = runs.find(({ kind }) => kind === "compare")?.id ?? null;
    this.older = Boolean(this.asked && newest && this.asked !== newest);
    const found = this.asked ?? newest;
    if (!found) return this.showEmpty();
    fill(this.host, this.element);
    this.task = taskOf(await get(`/api/tasks/${found}`));
    this.live = !FINAL.has(this.task.state);
    if (!this.live) this.view = await get(`/api/tasks/${found}/view`).catch(() => null);
    this.paint();
    if (this.live) this.watch(found);
  }

  showEmpty() {
    const start = button(say("button.start_compare"), { kind: "primary", act: () => this.again(), keys: "Ctrl+Enter" });
    const plan = linkButton(say("web.compare.plan_first"), `#/policies/${this.id}`);
    const own = store.work()?.variants?.length;
    fill(this.host, h("h1", { class: "only-heard" }, say("web.compare.title")), this.told,
      empty(say("web.compare.empty"), say("web.compare.empty_why"), own ? [start, plan] : [plan, start]));
    title(say("web.compare.title"));
  }

  /** @param {string} id of the task. */
  watch(id) {
    this.unwatch();
    this.unwatch = watchTask(id, {
      onTask: (task) => this.hear(task),
      onView: (view) => {
        this.view = view;
        this.paint();
      },
      onEnd: (task) => this.end(task),
      onError: (error) => fill(this.notices, errorBox(error, { retry: () => this.watch(id) })),
    });
  }

  hear(task) {
    this.task = task;
    this.paint();
  }

  /** It is over: the verdict turns black and is heard once. */
  async end(task) {
    this.task = task;
    const last = await get(`/api/tasks/${this.task.id}/view`).catch(() => null);
    if (last) this.view = last;
    const finished = this.live && this.task.state === "done";
    this.live = false;
    this.paint();
    if (!finished) return;
    const { activeElement } = document;
    const busy = activeElement && activeElement !== document.body && !this.state.element.contains(activeElement) && activeElement.tagName !== "H1";
    if (!busy) this.answer.text.focus({ preventScroll: true });
    announce(joined(this.view?.verdict ?? []));
  }

  paint() {
    const { task, view } = this;
    const work = store.work() ?? {};
    const running = Boolean(task) && !FINAL.has(task.state);
    const soFar = running || (view !== null && !view.final);
    this.head.paint(view, work);
    this.answer.paint(view, soFar);
    this.tiles.paint(view, soFar);
    this.pictures.paint(view, soFar);
    this.variants.paint(view, work);
    this.state.paint(task, view);
    this.actions.paint(task, view);
    this.below.paint(view);
    this.paintNotices();
    title(`${task?.state === "done" ? "✓ " : ""}${view?.title || work.name || say("web.compare.title")}`);
  }

  /** What one should know before believing what stands below. */
  paintNotices() {
    const { task } = this;
    const changed = stale(task, store.work()) && !this.older;
    this.result.classList.toggle("stale", changed);
    const state = [changed, this.older, task?.state === "failed" ? task.error?.message : ""].join("|");
    if (state === this.said) return;
    this.said = state;
    const again = () => button(say("web.compare.again"), { kind: "primary", act: () => this.again(), keys: "Ctrl+Enter" });
    fill(
      this.notices,
      changed && notice(say("web.compare.stale"), { kind: "warn", actions: [again()] }),
      this.older && notice(say("web.compare.older"), { actions: [linkButton(say("web.compare.newest"), `#/compare/${this.id}`)] }),
      task?.state === "failed" && notice(task.error?.message || say("web.compare.failed"), { kind: "error", actions: [linkButton(say("web.compare.change_plan"), `#/policies/${this.id}`)] }),
    );
  }

  /** Tries something with the server; what it says against it is shown. */
  async attempt(act) {
    try {
      await act();
    } catch (error) {
      fill(this.told, errorBox(error));
    }
  }

  stop() {
    this.state.stopping();
    return this.attempt(async () => this.end(await stop(this.task.id)));
  }

  goOn() {
    return this.attempt(async () => this.follow(await goOn(this.task.id)));
  }

  again() {
    return this.attempt(async () => {
      const task = await begin();
      if (this.asked && this.asked !== task.id) return go(`#/compare/${this.id}`);
      this.follow(task);
    });
  }

  /** @param {object} task that is on its way now. */
  follow(task) {
    if (task.id !== this.task?.id) this.view = null;
    this.task = task;
    this.live = !FINAL.has(task.state);
    fill(this.told);
    if (!this.host.contains(this.element)) fill(this.host, this.element);
    this.paint();
    this.watch(task.id);
  }

  keys() {
    const label = (key) => ({ get label() {
      return say(key);
    } });
    const running = () => this.task && !FINAL.has(this.task.state);
    return [
      Object.assign(label("button.start_compare"), { combo: "ctrl+enter", act: () => void this.again() }),
      Object.assign(label("button.stop"), { combo: "escape", act: () => (running() ? void this.stop() : false) }),
      Object.assign(label("web.compare.report"), { combo: "r", act: () => (this.task?.state === "done" ? void this.actions.report() : false) }),
      Object.assign(label("web.figure.toggle"), { combo: "t", act: toggleTable }),
    ];
  }
}

/**
 * @param {HTMLElement} host
 * @param {{work: string, task?: string}} params
 */
export async function screen(host, params) {
  const compare = new Compare(host, params);
  const unbind = bind(compare.keys());
  const unsubscribe = store.subscribe(({ reason }) => {
    if (reason !== "saving" && compare.task) compare.paint();
  });
  try {
    await compare.open();
  } catch (error) {
    unbind();
    unsubscribe();
    throw error;
  }
  return () => {
    compare.unwatch();
    unbind();
    unsubscribe();
  };
}
