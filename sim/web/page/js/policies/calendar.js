/** The calendar of one column: a row for each policy, on which it is moved and made longer. */

import { fill, h, svg } from "../dom.js";
import { say } from "../words.js";
import { follow } from "./dragging.js";
import { actingDays, begun, dotSize, dots, ended, marks, moved, placed, stay } from "./geometry.js";
import { itemText, spanText } from "./texts.js";

const WAYS = { move: moved, begin: begun, end: ended };

/**
 * @typedef {object} Shown
 * @property {import("./model.js").Item[]} items
 * @property {number} days
 * @property {Map<string, object>} policies The catalogue's, by key.
 * @property {Map<string, object>} found What the server said, by key of the item.
 * @property {Map<string, string>} errors What is wrong, by key of the item.
 * @property {string|null} selected
 * @property {number} column
 */

/**
 * @typedef {object} Actions
 * @property {(key: string) => void} select
 * @property {(key: string, way: "move"|"begin"|"end", by: number) => void} shift
 * @property {(key: string) => void} remove
 */

/**
 * The calendar; its rows stay the same elements while what they show changes, so that a press, a
 * drag and the focus survive news from the server.
 * @param {Actions} actions
 * @returns {{element: HTMLElement, update: (shown: Shown) => void}}
 */
export function makeCalendar(actions) {
  const head = h("div", { class: "calendar-head", "aria-hidden": "true" });
  const list = h("ol", { class: "rows", "aria-label": say("web.policies.calendar_label") });
  const element = h("div", { class: "calendar" }, head, list);
  const rows = new Map();
  let days = 0;
  const update = (shown) => {
    if (days !== shown.days) {
      ({ days } = shown);
      element.style.setProperty("--mark-width", `${(100 * (marks(days)[1] ?? days)) / days}%`);
      fill(head, headParts(days));
    }
    const keys = shown.items.map((item) => item.key);
    for (const key of [...rows.keys()]) if (!keys.includes(key)) rows.delete(key);
    for (const item of shown.items) {
      if (!rows.has(item.key)) rows.set(item.key, new Row(item.key, actions));
      rows.get(item.key).update(item, shown);
    }
    const wanted = keys.map((key) => rows.get(key).element);
    const same = wanted.length === list.children.length && wanted.every((one, at) => one === list.children[at]);
    if (!same) fill(list, wanted);
  };
  return { element, update };
}

/** Days above the calendar; the text of the items says the same to those who hear it. */
function headParts(days) {
  const labels = marks(days).filter((day) => day < days * 0.97);
  const label = (day) =>
    h(
      "span",
      { class: "mark-label", style: { left: `${(100 * day) / days}%` } },
      day === 0 ? say("web.policies.day_zero") : String(day),
    );
  return [
    h("span", { class: "row-name" }),
    h("div", { class: "track-labels" }, labels.map(label), h("span", { class: "mark-label last" }, String(days))),
  ];
}

/** One policy: its name, and the button that lies on its days. */
class Row {
  /** @param {string} key @param {Actions} actions */
  constructor(key, actions) {
    this.actions = actions;
    this.title = h("span", { class: "row-title" });
    this.mark = h("span", { class: "own-mark" });
    this.dots = h("span", { class: "dots-place" });
    this.button = h(
      "button",
      { type: "button", class: "item", "aria-describedby": "calendar-keys", data: { key } },
      this.dots,
      h("span", { class: "edge begin", data: { way: "begin" } }),
      h("span", { class: "edge end", data: { way: "end" } }),
    );
    const name = h(
      "span",
      { class: "row-name", "aria-hidden": "true", on: { click: () => this.select() } },
      this.title,
      this.mark,
    );
    this.element = h("li", { class: "row" }, name, h("div", { class: "track" }, this.button));
    this.listen();
  }

  /** @param {import("./model.js").Item} item @param {Shown} shown */
  update(item, shown) {
    const known = shown.policies.get(item.use);
    const { days } = shown;
    const found = shown.found.get(item.key);
    const wrong = shown.errors.get(item.key);
    Object.assign(this, { item, days, span: stay(item.entry, days), chosen: item.key === shown.selected });
    this.element.dataset.group = known?.group ?? "other";
    this.element.classList.toggle("chosen", this.chosen);
    this.element.classList.toggle("wrong", Boolean(wrong));
    this.title.textContent = known?.name ?? item.use;
    this.title.title = this.title.textContent;
    this.mark.hidden = !item.own;
    this.mark.textContent = item.own ? say(item.changed ? "web.policies.mark_changed" : "web.policies.mark_new") : "";
    const text = itemText(item, { policies: shown.policies, days, found });
    const own = item.own ? say(item.changed ? "web.policies.heard_changed" : "web.policies.heard_new") : "";
    const { button } = this;
    button.title = text;
    button.setAttribute("aria-label", [text, own, wrong].filter(Boolean).join(say("web.policies.comma")));
    button.setAttribute("aria-pressed", this.chosen ? "true" : "false");
    button.classList.toggle("own", item.own);
    button.classList.toggle("open", this.span.open);
    const acting = found?.days ?? actingDays(item.entry, days, known?.every ?? 1);
    button.style.setProperty("--dot", `${dotSize(acting, days)}px`);
    this.paintDots(dots(acting, this.span));
    if (!button.classList.contains("moving")) put(button, this.span, days);
  }

  paintDots(spots) {
    this.button.classList.toggle("dotted", spots.length > 0);
    const path = spots.map((at) => `M${at.toFixed(2)} 5h0`).join("");
    if (path === this.path) return;
    this.path = path;
    fill(this.dots, path && dotLine(path));
  }

  select() {
    if (!this.chosen) this.actions.select(this.item.key);
  }

  listen() {
    const { button } = this;
    button.addEventListener("click", () => this.select());
    button.addEventListener("focus", () => button.matches(":focus-visible") && this.select());
    button.addEventListener("keydown", (event) => pressed(event, this.item, this.actions));
    button.addEventListener("pointerdown", (event) => this.drag(event));
  }

  drag(event) {
    const { button, item, span, days } = this;
    const way = event.target.dataset?.way ?? "move";
    const perDay = button.parentElement.clientWidth / days;
    const daysOf = (dx) => Math.round(dx / perDay);
    const tip = h("span", { class: "day-tip" });
    const back = () => {
      tip.remove();
      button.classList.remove("moving");
      put(button, this.span, days);
    };
    follow(event, {
      begin: () => {
        button.classList.add("moving");
        button.append(tip);
      },
      move: (_, dx) => {
        const to = WAYS[way](span, daysOf(dx), days);
        put(button, to, days);
        tip.textContent = spanText(to);
      },
      drop: (_, dx) => {
        back();
        if (daysOf(dx)) this.actions.shift(item.key, way, daysOf(dx));
      },
      cancel: back,
    });
  }
}

function put(button, span, days) {
  const { left, width } = placed(span, days);
  button.style.setProperty("--left", `${left}%`);
  button.style.setProperty("--width", `${width}%`);
}

/**
 * All dots as one path of points with round ends: a few hundred cost no more than one. The second
 * path makes rings of them where nothing was changed.
 */
function dotLine(path) {
  return svg(
    "svg",
    { class: "dots", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
    [0, 1].map(() => svg("path", { d: path, "vector-effect": "non-scaling-stroke" })),
  );
}

/** Arrows move by a day (Shift: a week; Alt: the end), up and down go to other items. */
function pressed(event, item, actions) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    actions.shift(item.key, event.altKey ? "end" : "move", step * (event.shiftKey ? 7 : 1));
  } else if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    actions.remove(item.key);
  } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    event.preventDefault();
    neighbour(event.currentTarget, event.key === "ArrowUp" ? -1 : 1)?.focus();
  }
}

function neighbour(button, by) {
  const all = [...button.closest(".rows").querySelectorAll(".item")];
  return all[all.indexOf(button) + by];
}
