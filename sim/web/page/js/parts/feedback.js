/** What happens, in words: progress, shapes while loading, errors, emptiness, toasts with undo. */

import { announce, announceProgress } from "../announce.js";
import { h, fill, newId } from "../dom.js";
import { icon } from "../icons.js";
import { has, number, say, upper } from "../words.js";
import { button, iconButton } from "./basic.js";

/**
 * A bar of progress with words beside it; screen readers hear it at most every ten seconds.
 *
 * @param {string} label What is going on.
 * @returns {HTMLElement & {update: (state: {done?: number, total?: number, share?: number,
 *   left_s?: number|null, text?: string}) => void}}
 *   `share` (0 to 1) or `done` of `total`; neither: on its way, no telling how far.
 */
export function progress(label) {
  const id = newId("progress");
  const part = h("div", { class: "progress-part" });
  const bar = h(
    "div",
    {
      class: "progress-bar",
      role: "progressbar",
      "aria-labelledby": id,
      "aria-valuemin": 0,
      "aria-valuemax": 100,
    },
    part,
  );
  const name = h("span", { id }, label);
  const said = h("span", { class: "progress-said" });
  const element = h("div", { class: "progress" }, h("div", { class: "progress-head" }, name, said), bar);

  return Object.assign(element, {
    update: (/** @type {any} */ { done, total, share, left_s: left, text }) => {
      const known = share ?? (total ? done / total : null);
      const percent = known === null || known === undefined ? null : Math.round(100 * known);
      bar.classList.toggle("unknown", percent === null);
      part.style.transform = percent === null ? "" : `scaleX(${percent / 100})`;
      if (percent === null) bar.removeAttribute("aria-valuenow");
      else bar.setAttribute("aria-valuenow", String(percent));
      if (text) name.textContent = text;
      const parts = [];
      if (total) parts.push(`${number(done)} / ${number(total)}`);
      else if (percent !== null) parts.push(`${percent}%`);
      if (left !== null && left !== undefined) parts.push(timeLeft(left));
      said.textContent = parts.join(" · ");
      announceProgress(`${name.textContent} ${said.textContent}`);
    },
  });
}

/**
 * Time left, rounded so that it does not flicker.
 *
 * @param {number} seconds
 */
export function timeLeft(seconds) {
  if (seconds < 90) {
    const rounded = seconds < 10 ? Math.ceil(seconds) : 5 * Math.ceil(seconds / 5);
    return say("web.parts.left_seconds", { n: Math.max(1, rounded) });
  }
  return say("web.parts.left_minutes", { n: Math.round(seconds / 60) });
}

/**
 * What a task is doing now, in words; empty if it does not say.
 *
 * @param {{stage?: string, state: string, place?: number}} task
 */
export function stageText({ stage, state, place }) {
  if (state === "queued" && place) return say("web.parts.waiting", { n: place });
  return stage && has(`web.stage.${stage}`) ? say(`web.stage.${stage}`) : "";
}

/**
 * Grey shapes in the final size, so that nothing moves when the real thing comes.
 *
 * @param {...{width?: string, height: string, round?: boolean}} shapes
 */
export function skeleton(...shapes) {
  return h(
    "div",
    { class: "skeleton", "aria-hidden": "true" },
    shapes.map(({ width = "100%", height, round = false }) =>
      h("div", { class: round ? "shape round" : "shape", style: { width, height } }),
    ),
  );
}

/**
 * A line with a sign: something to know, a warning, an error.
 *
 * @param {string} text
 * @param {{kind?: "info"|"warn"|"error"|"good", actions?: import("../dom.js").Child[]}} [options]
 */
export function notice(text, { kind = "info", actions = [] } = {}) {
  const sign = { info: "info", warn: "warning", error: "warning", good: "check" }[kind];
  return h(
    "div",
    { class: `notice ${kind}`, role: kind === "error" ? "alert" : null },
    icon(/** @type {any} */ (sign), 18),
    h("p", null, text),
    actions.length ? h("div", { class: "cluster" }, actions) : null,
  );
}

/**
 * What an error says to a person.
 *
 * @param {any} error
 */
export function inWords(error) {
  if (error?.message && error.name === "ApiError") return error.message;
  if (error?.lost && has("ui.connection_lost")) return say("ui.connection_lost");
  return say("web.parts.went_wrong");
}

/**
 * An error in the place of what could not be shown.
 *
 * @param {Error} error
 * @param {{retry?: () => void, actions?: import("../dom.js").Child[]}} [options]
 */
export function errorBox(error, { retry, actions = [] } = {}) {
  const again = retry ? [button(say("web.parts.try_again"), { act: retry })] : [];
  const box = notice(inWords(error), { kind: "error", actions: [...again, ...actions] });
  const detail = error instanceof Error && error.name !== "ApiError" ? `${error.name}: ${error.message}` : "";
  if (detail) box.append(h("details", { class: "about" }, h("summary", null, say("web.parts.for_developer")), h("pre", null, detail)));
  return box;
}

/**
 * A place with nothing in it yet, and what to do.
 *
 * @param {string} title
 * @param {string} text
 * @param {...import("../dom.js").Child} actions
 */
export function empty(title, text, ...actions) {
  return h(
    "div",
    { class: "empty" },
    h("h2", null, title),
    h("p", null, text),
    actions.length ? h("div", { class: "cluster" }, actions) : null,
  );
}

/** @type {{close: () => void}|null} */
let shown = null;

/**
 * A line at the foot that goes away by itself; with `undo`, a button that takes back what was done.
 *
 * @param {string} text
 * @param {{undo?: () => void, seconds?: number, onGone?: () => void}} [options] `onGone` is called when
 *   it went without undo: the moment to do the thing for good.
 * @returns {{close: () => void}}
 */
export function toast(text, { undo, seconds = 10, onGone } = {}) {
  shown?.close();
  const place = /** @type {HTMLElement} */ (document.getElementById("toasts"));
  let open = true;
  const end = (/** @type {boolean} */ undone) => {
    if (!open) return;
    open = false;
    clearTimeout(timer);
    element.remove();
    if (shown === handle) shown = null;
    if (undone) undo?.();
    else onGone?.();
  };
  const handle = { close: () => end(false) };
  const element = h(
    "div",
    { class: "toast" },
    h("span", null, text),
    undo && button(upper(say("button.undo")), { kind: "quiet", icon: "undo", act: () => end(true) }),
    iconButton("close", say("web.parts.close"), () => end(false)),
  );
  let timer = setTimeout(() => end(false), 1000 * seconds);
  // Somebody who is reaching for it gets the whole time again.
  element.addEventListener("focusin", () => clearTimeout(timer));
  element.addEventListener("pointerenter", () => clearTimeout(timer));
  const resume = () => {
    clearTimeout(timer);
    timer = setTimeout(() => end(false), 1000 * seconds);
  };
  element.addEventListener("focusout", resume);
  element.addEventListener("pointerleave", resume);
  place.replaceChildren(element);
  announce(text);
  shown = handle;
  return handle;
}

/**
 * A line above the screen that stays until it is answered: the connection, a restart.
 *
 * @param {string} key One banner a key; a second call replaces it.
 * @param {string|null} text `null` takes it away.
 * @param {import("../dom.js").Child[]} [actions]
 */
export function banner(key, text, actions = []) {
  const place = /** @type {HTMLElement} */ (document.getElementById("banners"));
  const old = place.querySelector(`[data-banner="${key}"]`);
  if (text === null) {
    old?.remove();
    return;
  }
  const element = h("div", { class: "banner", role: "status", data: { banner: key } });
  fill(element, icon("warning", 18), h("p", null, text), h("div", { class: "cluster" }, actions));
  if (old) old.replaceWith(element);
  else place.append(element);
}
