/** The answer of a plan: verdict, price, the mix as a bar with words, what is as good, figures. */

import { fill, h } from "../dom.js";
import { figure, renew } from "../figures.js";
import { badge, button, tiles } from "../parts.js";
import { redraw } from "../policies/redraw.js";
import { lang, number, say } from "../words.js";

/** Share of the bar from which a name fits into its part. */
const ROOM = 0.16;

/**
 * @param {(variant: object) => void} put Into the work, as a variant.
 * @returns {{element: HTMLElement, paint: (view: object|null, soFar: boolean) => void, head: HTMLElement}}
 */
export function planAnswer(put) {
  const head = h("div", { class: "plan-verdict", tabindex: "-1" });
  const body = h("div", { class: "plan-body" });
  const figures = h("div", { class: "plan-figures" });
  const drawn = new Map();
  const element = h("section", { class: "plan-answer", "aria-label": say("web.budget.answer") }, head, body, figures);
  const paint = (view, soFar) => {
    element.hidden = !view;
    element.classList.toggle("so-far", soFar);
    if (!view) return;
    redraw(head, [view, lang()], () => headParts(view));
    redraw(body, [view, lang()], () => [view.tiles?.length ? tiles(view.tiles) : null, mixSection(view, put), equalSection(view, put)]);
    // Where the money goes stands in the mix already.
    paintFigures(figures, (view.figures ?? []).filter((one) => one.kind !== "bars"), drawn, soFar, put);
  };
  return { element, head, paint };
}

function headParts({ verdict = [], assumptions = [], price, so_far: soFar, badge_label: label }) {
  const [first, ...rest] = verdict.length ? verdict : [soFar].filter(Boolean);
  return [
    label && badge(label),
    first && h("p", { class: "plan-first" }, first),
    price && h("p", { class: "plan-line" }, h("strong", null, say("word.price")), say("web.budget.colon"), price),
    [...rest, ...assumptions].map((line) => h("p", { class: "plan-line" }, line)),
  ];
}

/** Figures are kept and given new data, so that what was chosen in them stays. */
function paintFigures(host, figures, drawn, soFar, put) {
  const keys = figures.map((one) => one.key).join(" ");
  if (host.dataset.keys === keys) {
    for (const one of figures) renew(drawn.get(one.key), one, { soFar });
    return;
  }
  host.dataset.keys = keys;
  drawn.clear();
  fill(host);
  for (const one of figures) {
    const place = h("div", { class: "picked", role: "status" });
    const onPick = ({ series, at }) => picked(place, one.series[series], at, put);
    const made = figure(one, { soFar, ...(one.series?.some((line) => line.variants) ? { onPick } : {}) });
    drawn.set(one.key, made);
    host.append(made, place);
  }
}

/** A point of the figure was chosen: which mix it is, and the way to try it. */
function picked(place, line, at, put) {
  const variant = line?.variants?.[at];
  if (!variant) return;
  const text = line.text[at];
  fill(place, h("span", null, text), button(say("web.budget.put"), { act: () => put(variant), attributes: { "aria-label": say("web.budget.put_one", { text }) } }));
}

const yuan = (value) => `¥${number(value, 0)}`;

function mixSection({ mix = [], recommended }, put) {
  if (!mix.length) return null;
  const total = mix.reduce((sum, one) => sum + Math.max(0, one.money), 0);
  const paid = mix.map((one, index) => ({ ...one, index })).filter((one) => one.money > 0);
  return h(
    "section",
    { class: "mix" },
    h(
      "header",
      { class: "mix-head" },
      h("h2", null, say("web.budget.mix")),
      recommended && button(say("web.budget.put"), { kind: "primary", icon: "plus", act: () => put(recommended) }),
    ),
    total > 0 && mixBar(paid, total),
    h(
      "ul",
      { class: "mix-list" },
      mix.map((one, index) =>
        h(
          "li",
          { class: one.left_out ? "left-out" : null },
          h("span", { class: one.money > 0 ? `mix-key m${index % 6}` : "mix-key free", "aria-hidden": "true" }, one.left_out ? "–" : String(index + 1)),
          h("span", { class: "mix-text" }, one.text),
          one.as_before ? badge(say("web.budget.as_before")) : h("span", null),
          h("span", { class: "mix-money" }, one.left_out ? "" : (one.money_text ?? yuan(one.money))),
        ),
      ),
    ),
  );
}

function mixBar(paid, total) {
  const heard = paid.map((one) => say("web.budget.part", { text: one.text, percent: number((100 * one.money) / total, 0) }));
  return h(
    "div",
    { class: "mix-bar", role: "img", "aria-label": heard.join(say("web.budget.semicolon")) },
    paid.map((one) =>
      h(
        "span",
        { class: `mix-part m${one.index % 6}`, title: `${one.text} · ${yuan(one.money)}`, style: { "flex-grow": String(one.money / total) } },
        h("span", { class: "mix-number" }, String(one.index + 1)),
        one.money / total >= ROOM && h("span", { class: "mix-name" }, `${number((100 * one.money) / total, 0)}%`),
      ),
    ),
  );
}

function equalSection({ equal = [] }, put) {
  if (!equal.length) return null;
  return h(
    "section",
    { class: "equal" },
    h("h2", null, say("web.budget.equal")),
    h("p", { class: "field-note" }, say("web.budget.equal_note")),
    h(
      "ul",
      null,
      equal.map(({ text, variant }) =>
        h(
          "li",
          null,
          h("span", null, text),
          variant && button(say("web.budget.put"), { attributes: { "aria-label": say("web.budget.put_one", { text }) }, act: () => put(variant) }),
        ),
      ),
    ),
  );
}
