/** How far a plan is: the bar with the time left, and the one button of each state. */

import { fill, h } from "../dom.js";
import { button, progress } from "../parts.js";
import { has, say } from "../words.js";

/**
 * @param {{run: () => Promise<void>, stop: () => Promise<void>, goOn: () => Promise<void>}} acts
 * @returns {{element: HTMLElement, paint: (task: object|null, starting: boolean) => void}}
 */
export function planState(acts) {
  const bar = progress(say("web.budget.running"));
  const text = h("p", { class: "plan-state-text" });
  const place = h("div", null);
  const buttons = h("div", { class: "cluster" });
  const element = h("div", { class: "plan-state" }, place, buttons);
  let shown = "";
  const paint = (task, starting) => {
    const busy = starting || task?.state === "running" || task?.state === "queued";
    if (busy) bar.update(barState(task));
    else text.textContent = ended(task);
    const state = starting ? "starting" : (task?.state ?? "none");
    if (state === shown) return;
    shown = state;
    const had = buttons.contains(document.activeElement);
    fill(place, busy ? bar : text.textContent ? text : null);
    fill(buttons, buttonsFor(state, acts));
    if (had) buttons.querySelector("button")?.focus();
  };
  return { element, paint };
}

function barState(task) {
  if (!task) return { text: say("web.budget.starting") };
  if (task.state === "queued") return { text: say("web.budget.queued", { place: Math.max(1, task.place ?? 1) }) };
  const { done, total, left_s: left, stage } = task;
  const names = [`web.budget.stage_${stage}`, `web.stage.${stage}`];
  const known = names.find((name) => stage && has(name)) ?? "web.budget.running";
  return { text: say(known), ...(total ? { done, total, left_s: left } : {}) };
}

function ended(task) {
  if (task?.state === "stopped") return say("web.budget.stopped", { done: task.done, total: task.total });
  if (task?.state === "interrupted") return say("web.budget.interrupted", { done: task.done, total: task.total });
  if (task?.state === "failed") return task.error?.message ?? say("web.budget.failed");
  return "";
}

function buttonsFor(state, { run, stop, goOn }) {
  if (state === "running" || state === "queued") return [button(say("button.stop"), { act: stop, keys: "Esc" })];
  const again = state === "none" ? "web.budget.run" : "web.budget.again";
  const start = (kind) => button(say(again), { kind, act: run, keys: "Ctrl+Enter" });
  if (state === "stopped" || state === "interrupted") {
    return [button(say("button.resume"), { kind: "primary", act: goOn }), start("plain")];
  }
  return state === "starting" ? [] : [start("primary")];
}
