/** The calendar as a list with dates, for a narrow window. */

import { h } from "../dom.js";
import { button } from "../parts.js";
import { say } from "../words.js";
import { whenText } from "./texts.js";

/**
 * @param {import("./calendar.js").Shown} shown
 * @param {object} actions
 * @param {(key: string) => void} actions.open Its settings.
 * @param {(key: string) => void} actions.remove
 * @returns {HTMLElement}
 */
export function itemList(shown, actions) {
  return h(
    "ol",
    { class: "item-list", "aria-label": say("web.policies.calendar_label") },
    shown.items.map((item) => card(item, shown, actions)),
  );
}

function card(item, shown, actions) {
  const known = shown.policies.get(item.use);
  const name = known?.name ?? item.use;
  const found = shown.found.get(item.key);
  const wrong = shown.errors.get(item.key);
  const when = whenText(item.entry, shown.days, known?.every ?? 1);
  const cost = found?.money ? `¥${Math.round(found.money).toLocaleString("en")}` : "";
  return h(
    "li",
    { class: wrong ? "item-card wrong" : "item-card", data: { group: known?.group ?? "other" } },
    h(
      "div",
      { class: "card-text" },
      h("h2", null, h("span", null, name), item.own && h("span", { class: "own-mark" }, say(item.changed ? "web.policies.mark_changed" : "web.policies.mark_new"))),
      h("p", null, [when, cost].filter(Boolean).join(say("web.policies.comma"))),
      wrong && h("p", { class: "field-error" }, wrong),
    ),
    button(say("web.policies.change"), {
      attributes: { "aria-label": say("web.policies.change_one", { name }), "data-key": item.key },
      act: () => actions.open(item.key),
    }),
    button(say("web.policies.remove_short"), {
      kind: "quiet",
      attributes: { "aria-label": say("web.policies.remove_one", { name }) },
      act: () => actions.remove(item.key),
    }),
  );
}
