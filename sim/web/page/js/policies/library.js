/** The library of actions: found by any of their names, dragged to the calendar or added by Enter. */

import { fill, h } from "../dom.js";
import { say } from "../words.js";
import { follow } from "./dragging.js";

/**
 * Policies that a search finds, in the catalogue's order, by group.
 * @param {object[]} policies Of the catalogue.
 * @param {string} search What was typed; every word of it must occur.
 * @returns {Array<{label: string, group: string, policies: object[]}>}
 */
export function grouped(policies, search) {
  const asked = search.trim().toLowerCase().split(/\s+/);
  const groups = new Map();
  for (const policy of policies) {
    const text = [policy.name, policy.said, policy.about, policy.key, policy.handbook, policy.group_label];
    const whole = text.flat().join(" ").replaceAll("_", " ").toLowerCase();
    if (!asked.every((word) => whole.includes(word))) continue;
    const { group, group_label: label } = policy;
    if (!groups.has(group)) groups.set(group, { group, label, policies: [] });
    groups.get(group).policies.push(policy);
  }
  return [...groups.values()];
}

/**
 * @param {object[]} policies Of the catalogue.
 * @param {object} actions
 * @param {(key: string) => void} actions.add To the column that is shown.
 * @param {(key: string) => void} actions.read Tell more about it.
 * @param {(key: string, event: PointerEvent) => import("./dragging.js").Drag} actions.drag
 * @returns {{element: HTMLElement, find: () => void}}
 */
export function library(policies, actions) {
  const list = h("div", { class: "library-list" });
  const search = h("input", {
    type: "search",
    class: "library-search",
    placeholder: say("web.policies.find"),
    "aria-label": say("web.policies.find"),
    "aria-keyshortcuts": "/",
    autocomplete: "off",
    spellcheck: "false",
  });
  const count = h("p", { class: "only-heard", role: "status" });
  const draw = () => {
    const groups = grouped(policies, search.value);
    fill(list, groups.map((group) => section(group, actions)));
    if (!groups.length) list.append(h("p", { class: "nothing" }, say("web.policies.none_found")));
    first(list)?.setAttribute("tabindex", "0");
    const found = groups.reduce((sum, group) => sum + group.policies.length, 0);
    count.textContent = search.value ? say("web.policies.found", { count: found }) : "";
  };
  search.addEventListener("input", draw);
  search.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      first(list)?.focus();
    } else if (event.key === "Enter" && search.value && first(list)) {
      event.preventDefault();
      actions.add(first(list).dataset.key);
    } else if (event.key === "Escape" && search.value) {
      event.stopPropagation();
      search.value = "";
      draw();
    }
  });
  draw();
  const element = h(
    "section",
    { class: "library", "aria-label": say("web.policies.library") },
    h("h2", null, say("web.policies.library")),
    search,
    count,
    list,
  );
  const find = () => {
    search.focus();
    search.select();
  };
  return { element, find };
}

const first = (list) => list.querySelector(".entry");

function section({ group, label, policies }, actions) {
  return h(
    "section",
    { class: "library-group", data: { group } },
    h("h3", null, h("span", null, label)),
    h("ul", null, policies.map((policy) => h("li", null, entry(policy, actions)))),
  );
}

function entry(policy, actions) {
  const button = h(
    "button",
    {
      type: "button",
      class: "entry",
      tabindex: "-1",
      title: `${policy.said ?? ""}`,
      data: { key: policy.key },
      "aria-describedby": "library-keys",
      on: {
        // A key press is a click without a pointer: it adds; a pointer first tells more.
        click: (event) => (event.detail === 0 ? actions.add(policy.key) : actions.read(policy.key)),
        dblclick: () => actions.add(policy.key),
        keydown: (event) => step(event),
        focus: (event) => roving(event.currentTarget),
        pointerdown: (event) => {
          if (event.pointerType !== "touch") follow(event, actions.drag(policy.key, event));
        },
      },
    },
    h("span", { class: "entry-name" }, policy.name),
    h("span", { class: "entry-about" }, policy.about ?? policy.said),
  );
  const plus = h(
    "button",
    {
      type: "button",
      class: "entry-add",
      tabindex: "-1",
      "aria-label": say("web.policies.add_one", { name: policy.name }),
      title: say("web.policies.add_one", { name: policy.name }),
      on: { click: () => actions.add(policy.key) },
    },
    "+",
  );
  return [button, plus];
}

/** One entry of the list can be tabbed to: the one that had the focus last. */
function roving(button) {
  const list = button.closest(".library-list");
  for (const one of list.querySelectorAll(".entry[tabindex='0']")) one.setAttribute("tabindex", "-1");
  button.setAttribute("tabindex", "0");
}

function step(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const all = [...event.currentTarget.closest(".library-list").querySelectorAll(".entry")];
  const next = all[all.indexOf(event.currentTarget) + by];
  if (next) next.focus();
  else if (by < 0) event.currentTarget.closest(".library").querySelector(".library-search").focus();
}
