/** How far the run is, what became of it, and the one thing to do about it. */

import { fill, h } from "../dom.js";
import { number, say } from "../words.js";
import { button, progress } from "../parts.js";
import { stageSaid } from "./runs.js";

/**
 * @typedef {object} Acts
 * @property {() => Promise<void>} stop
 * @property {() => Promise<void>} goOn
 * @property {() => Promise<void>} again
 */

/**
 * @param {Acts} acts
 * @returns {{element: HTMLElement, stopping: () => void, paint: (task: object|null, view: object|null) => void}}
 */
export function makeState(acts) {
  const bar = progress(say("web.compare.starting"));
  const text = h("p");
  const place = h("div", null, bar);
  const buttons = h("div");
  const failed = h("p", { class: "failed-runs", hidden: true });
  const element = h("section", { class: "run", "aria-label": say("web.compare.running") }, place, buttons, failed);
  let shown = "";
  let stopping = false;
  const paint = (task, view) => {
    if (task && task.state !== "running" && task.state !== "queued") stopping = false;
    const count = task?.failed_runs || view?.failed || 0;
    failed.hidden = !count;
    failed.textContent = count ? say("ui.some_failed", { failed: count, total: task?.total ?? view?.total ?? 0 }) : "";
    const busy = !task || task.state === "running" || task.state === "queued";
    if (busy) bar.update(stopping ? { ...barState(task), text: say("web.compare.stopping"), left_s: null } : barState(task));
    else text.textContent = ended(task, view);
    const state = task?.state ?? "starting";
    if (state === shown) return;
    shown = state;
    fill(place, busy ? bar : text);
    fill(buttons, buttonFor(state, acts));
  };
  /** Says at once that it is being stopped. */
  const stop = () => {
    stopping = true;
    bar.update({ text: say("web.compare.stopping") });
    buttons.firstChild?.setAttribute("aria-busy", "true");
  };
  return { element, paint, stopping: stop };
}

/** What the bar shows. */
function barState(task) {
  if (!task) return { text: say("web.compare.starting") };
  if (task.state === "queued") return { text: say("web.compare.queued", { place: task.place || 1 }) };
  const { done, total, left_s: left } = task;
  return { text: stageSaid(task, say("web.compare.running")), ...(total ? { done, total, left_s: left } : {}) };
}

/** What became of it; futures are counted once, not for every variant. */
function ended(task, view) {
  const counts = { done: number(view?.pairs ?? task.done), total: number(task.total) };
  if (task.state === "interrupted") return say("web.compare.interrupted", { ...counts, done: number(task.done) });
  if (task.state === "done") return say("web.compare.done", counts);
  if (task.state === "stopped") return say("ui.stopped", counts);
  return say("web.compare.failed");
}

/** The one button of a state. */
function buttonFor(state, acts) {
  if (state === "running" || state === "queued") return button(say("button.stop"), { act: acts.stop, keys: "Esc" });
  if (state === "stopped" || state === "interrupted") return button(say("button.resume"), { act: acts.goOn });
  if (state === "failed") return button(say("web.compare.again"), { act: acts.again });
  return null;
}
