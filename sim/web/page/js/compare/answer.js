/** The answer: question, badge, verdict, price, four numbers. Grey while it may still change. */

import { fill, h } from "../dom.js";
import { lang, say } from "../words.js";
import { badge, tiles } from "../parts.js";

/**
 * The head of the screen.
 *
 * @returns {{element: HTMLElement, paint: (view: object|null, work: object) => void}}
 */
export function makeHead() {
  const heading = h("h1");
  const line = h("p", { class: "line" });
  const state = h("div", { class: "badge-place" });
  const element = h("header", { class: "compare-head" }, h("div", null, heading, line), state);
  let shown = "";
  const paint = (view, work) => {
    set(heading, view?.title || work.name || say("web.compare.title"));
    set(line, view?.line ?? "");
    const label = view?.badge_label ?? "";
    if (label === shown) return;
    shown = label;
    fill(state, label ? badge(label, { kind: view.badge === "not_fitted" ? "warn" : "plain" }) : null);
  };
  return { element, paint };
}

/** Changes a text only if it is another, so that nothing is selected or read anew in vain. */
export function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * The verdict with what can be done with it.
 *
 * @param {{work: string, actions: HTMLElement}} options `actions`: buttons at its right.
 * @returns {{element: HTMLElement, text: HTMLElement, paint: (view: object|null, running: boolean) => void}}
 */
export function makeAnswer({ work, actions }) {
  const said = h("p", { class: "answer-said" });
  const more = h("p", { class: "answer-more" });
  const price = h("span");
  const assumptions = h("span");
  const why = h("a", { href: `#/why/${work}` }, say("web.compare.why"), " ›");
  const side = h("p", { class: "answer-side" }, price, h("span", null, assumptions, " ", why));
  const text = h("div", { class: "answer-text", tabindex: "-1", role: "region", "aria-label": say("web.compare.verdict") }, said, more, side);
  const element = h("section", { class: "answer" }, text, actions);
  const paint = (view, running) => {
    element.classList.toggle("running", running);
    const sentences = view?.verdict ?? [];
    set(said, running ? joined([view?.so_far || say("web.compare.waiting"), ...sentences.slice(0, 1)]) : (sentences[0] ?? ""));
    set(more, joined(sentences.slice(1)));
    set(price, view?.price ?? "");
    set(assumptions, joined(view?.assumptions ?? []));
    side.hidden = !view;
    if (view?.told) why.href = `#/why/${work}/${view.told}`;
  };
  return { element, text, paint };
}

/** Sentences in a row: Chinese needs no space between them. */
export const joined = (sentences) => sentences.join(lang() === "zh" ? "" : " ");

/**
 * Four numbers, in places that are there from the beginning.
 *
 * @returns {{element: HTMLElement, paint: (view: object|null, running: boolean) => void}}
 */
export function makeTiles() {
  const element = h("div", { class: "tiles-place" });
  let shown = null;
  const paint = (view, running) => {
    const items = view?.tiles?.length ? view.tiles : [0, 1, 2, 3].map(() => ({ value: "—", label: " ", note: " " }));
    const state = JSON.stringify([items, running]);
    if (state === shown) return;
    shown = state;
    const made = tiles(items);
    made.classList.toggle("running", running);
    if (!view) made.setAttribute("aria-hidden", "true");
    fill(element, made);
  };
  return { element, paint };
}
