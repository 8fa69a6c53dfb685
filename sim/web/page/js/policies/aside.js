/** The panel at the right: settings of the chosen policy, what the library says, or the group. */

import { fill, h } from "../dom.js";
import { segmented } from "../parts.js";
import { say } from "../words.js";
import { errorsAt } from "./checking.js";
import { groupPanel } from "./group.js";
import { takenFrom } from "./model.js";
import { preview, settingsPanel } from "./settings.js";

/**
 * @param {import("./desk.js").Desk} desk
 * @param {object} actions Of the desk.
 * @returns {{element: HTMLElement, update: (work: object, items: import("./model.js").Item[]) => void}}
 */
export function aside(desk, actions) {
  const body = h("div", { class: "aside-body" });
  const choice = h("div", { class: "aside-choice" });
  const element = h(
    "aside",
    { class: "aside", "aria-label": say("web.policies.aside") },
    choice,
    body,
  );
  let shown = { name: "", update: () => {} };
  const update = (work, items) => {
    const item = items.find((one) => one.key === desk.selected);
    const name = [desk.panel, desk.column, item?.key, item ? "" : desk.previewed, work.days].join("|");
    if (name !== shown.name) {
      shown = { name, ...made(work, item) };
      paintChoice(choice, desk, actions);
      fill(body, shown.element);
      body.scrollTop = 0;
    }
    shown.update(work, item);
  };
  const made = (work, item) => {
    if (desk.panel === "group") return groupOf(desk, actions, work);
    if (item && desk.policies.has(item.use)) return policyOf(desk, actions, work, item);
    if (item) return { element: h("p", null, item.use), update: () => {} };
    const known = desk.policies.get(desk.previewed);
    const element = known ? preview(known, () => actions.add(known.key)) : nothing();
    return { element, update: () => {} };
  };
  return { element, update };
}

function paintChoice(host, desk, actions) {
  if (host.dataset.panel === desk.panel) return;
  host.dataset.panel = desk.panel;
  const had = host.contains(document.activeElement);
  const options = ["policy", "group"].map((key) => ({ key, label: say(`web.policies.panel_${key}`) }));
  fill(host, segmented(say("web.policies.aside"), options, desk.panel, actions.panel));
  if (had) host.querySelector("input:checked")?.focus();
}

function policyOf(desk, actions, work, item) {
  const taken = takenFrom(work, desk.column, desk.community, item.key);
  const known = desk.policies.get(item.use);
  const panel = settingsPanel({ item, known, taken, days: work.days }, {
    edit: (act, name) => actions.edit(item.key, act, name),
    set: (name, value, standard) => actions.set(item.key, name, value, standard),
    remove: () => actions.remove(item.key),
    double: () => actions.double(item.key),
    back: () => actions.putBack(item.use),
  });
  const update = (_, now) => now && panel.update(now, now.at ? errorsAt(desk.answer, now.at) : new Map());
  return { element: panel.element, update };
}

function groupOf(desk, actions, work) {
  const path = desk.column === 0 ? "set" : `variants.${desk.column - 1}.set`;
  const panel = groupPanel(work, desk.column, desk.adjust, actions.adjust);
  return { element: panel.element, update: (now) => panel.update(now, errorsAt(desk.answer, path)) };
}

function nothing() {
  return h(
    "div",
    { class: "settings empty-settings" },
    h("p", null, say("web.policies.choose")),
    h(
      "dl",
      { class: "key-list" },
      ["drag", "edges", "arrows", "alt", "delete", "brackets"].map((key) => [
        h("dt", null, say(`web.policies.key_${key}`)),
        h("dd", null, say(`web.policies.does_${key}`)),
      ]),
    ),
  );
}
