/** The variants as tabs: "as now" first; a variant is renamed in its tab, copied and deleted. */

import { h } from "../dom.js";
import { say } from "../words.js";

/**
 * @param {object} work
 * @param {number} column Which is shown.
 * @param {object} about `most`: variants beside "as now"; `wrong`: columns with errors.
 * @param {object} actions
 * @param {(column: number) => void} actions.show
 * @param {() => void} actions.add
 * @param {() => void} actions.copy
 * @param {() => void} actions.remove
 * @param {(name: string) => void} actions.rename
 * @returns {HTMLElement}
 */
export function variantTabs(work, column, { most, wrong }, actions) {
  const names = [say("web.policies.as_now"), ...work.variants.map((one) => one.name)];
  const tabs = names.map((name, index) => tab(name, index, column, wrong.includes(index), actions));
  const full = work.variants.length >= most;
  return h(
    "div",
    { class: "variant-tabs" },
    h(
      "div",
      { role: "tablist", class: "variant-list", "aria-label": say("web.policies.variants") },
      tabs,
    ),
    h(
      "button",
      {
        type: "button",
        class: "add-variant",
        "aria-label": say("web.policies.add_variant"),
        "aria-disabled": full ? "true" : null,
        title: full ? say("web.policies.full", { limit: most + 1 }) : say("web.policies.add_variant"),
        on: { click: () => actions.add() },
      },
      "+",
    ),
    h("span", { class: "variant-tab-tools" }, column > 0 ? tools(actions) : copyNow(actions, full)),
  );
}

function tab(name, index, column, wrong, actions) {
  const chosen = index === column;
  return h(
    "button",
    {
      type: "button",
      role: "tab",
      id: `variant-tab-${index}`,
      class: wrong ? "variant-tab wrong" : "variant-tab",
      "aria-selected": chosen ? "true" : "false",
      "aria-controls": "variant-panel",
      tabindex: chosen ? "0" : "-1",
      title: index > 0 && chosen ? say("web.policies.rename_hint") : null,
      on: {
        click: () => !chosen && actions.show(index),
        dblclick: (event) => index > 0 && chosen && editName(event.currentTarget, name, actions),
        keydown: (event) => pressed(event, name, index, actions),
      },
    },
    h("span", { class: `variant-swatch s${index}`, "aria-hidden": "true" }),
    h("span", { class: "variant-tab-name" }, name),
    wrong && h("span", { class: "only-heard" }, say("web.policies.has_errors")),
  );
}

function pressed(event, name, index, actions) {
  const all = [...event.currentTarget.parentElement.querySelectorAll("[role=tab]")];
  const next = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: all.length - 1 }[event.key];
  if (next !== undefined && all[next]) {
    event.preventDefault();
    actions.show(next);
  } else if (index > 0 && event.key === "F2") {
    event.preventDefault();
    editName(event.currentTarget, name, actions);
  } else if (index > 0 && event.key === "Delete") {
    event.preventDefault();
    actions.remove();
  }
}

const tool = (key, act) =>
  h("button", { type: "button", class: "variant-tab-tool", on: { click: act } }, say(`web.policies.${key}`));

function tools(actions) {
  const rename = (event) => {
    const chosen = event.currentTarget.closest(".variant-tabs").querySelector("[aria-selected=true]");
    editName(chosen, chosen.querySelector(".variant-tab-name").textContent, actions);
  };
  return [tool("rename", rename), tool("copy", () => actions.copy()), tool("delete", () => actions.remove())];
}

const copyNow = (actions, full) => (full ? null : tool("copy", () => actions.add()));

/** A field in place of the tab: Enter or leaving it keeps the name, Escape does not. */
function editName(button, name, actions) {
  const field = h("input", {
    type: "text",
    class: "variant-tab-edit",
    value: name,
    maxlength: "40",
    size: Math.max(6, name.length + 2),
    "aria-label": say("web.policies.rename"),
  });
  let done = false;
  const finish = (keep) => {
    if (done) return;
    done = true;
    const given = field.value;
    field.replaceWith(button);
    button.focus();
    if (keep) actions.rename(given);
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter" && !event.isComposing) finish(true);
    if (event.key === "Escape") finish(false);
  });
  field.addEventListener("blur", () => finish(true));
  // Outside the tab list, which holds tabs alone.
  button.replaceWith(field);
  field.focus();
  field.select();
}
