/** Money and working time of a column: weekly bars under the calendar, totals against the limits. */

import { h, newId } from "../dom.js";
import { limitInput } from "../parts.js";
import { lang, number, say } from "../words.js";

const MINUTES = 60;

/**
 * Two strips of weekly bars under the calendar's days.
 * @param {object|undefined} found What the server said of the column.
 * @param {{days: number, minutes: number|null}} about `minutes`: what may be worked a week.
 * @returns {HTMLElement}
 */
export function weekStrips(found, { days, minutes }) {
  const weeks = found?.weeks ?? [];
  return h(
    "div",
    { class: "week-strips" },
    strip("money", weeks.map((one) => one.money), { days, limit: null }),
    strip("minutes", weeks.map((one) => one.minutes), { days, limit: minutes }),
  );
}

/** An amount as the rest of the page writes it: `¥3,518`, `¥1.64 万`. */
function yuan(value) {
  if (lang() === "zh" && value >= 9999.5) return `¥${number(value / 1e4, value < 1e5 ? 2 : 1)} 万`;
  return `¥${number(value < 9999.5 ? value : Number(value.toPrecision(3)), 0)}`;
}

const shownAs = {
  money: yuan,
  minutes: (value) => say("web.policies.hours", { hours: number(value / MINUTES, 1) }),
};

function strip(kind, values, { days, limit }) {
  const top = Math.max(limit ? 1.15 * limit : 0, ...values, 1);
  const most = Math.max(0, ...values); // of nothing, before the first answer, as well
  const mean = values.reduce((sum, value) => sum + value, 0) / (days / 7);
  const note = kind === "money" ? say("web.policies.most", { most: shownAs.money(most) }) : say("web.policies.mean", { mean: shownAs.minutes(mean) });
  const over = limit === null ? 0 : values.filter((value) => value > limit + 0.5).length;
  const title = say(`web.policies.strip_${kind}`);
  const heard = values.length
    ? [say("web.policies.strip_most", { title, week: values.indexOf(most) + 1, most: shownAs[kind](most) })]
    : [title];
  if (over) heard.push(say("web.policies.strip_over", { count: over }));
  return h(
    "div",
    { class: `strip ${kind}` },
    h("span", { class: "row-name", "aria-hidden": "true" }, title, values.length > 0 && h("span", { class: "strip-note" }, note)),
    h(
      "div",
      { class: "strip-track", role: "img", "aria-label": heard.join(say("web.policies.comma")) },
      values.map((value, week) => weekBar(kind, value, week, { days, top, limit })),
      limit !== null && values.length > 0 &&
        h("span", { class: "limit-line", style: { bottom: `${(100 * limit) / top}%` } }),
    ),
  );
}

function weekBar(kind, value, week, { days, top, limit }) {
  const over = limit !== null && value > limit + 0.5;
  const from = 7 * week;
  const to = Math.min(from + 7, days);
  return h("span", {
    class: over ? "week over" : "week",
    title: say("web.policies.week_tip", { from, to: to - 1, amount: shownAs[kind](value) }),
    style: {
      left: `${(100 * from) / days}%`,
      width: `${(100 * (to - from)) / days}%`,
      "--share": String(value / top),
    },
  });
}

/**
 * Budget and hours: what may be used, what is.
 * @param {object} actions
 * @param {(yuan: number|null) => void} actions.budget
 * @param {(minutes: number|null) => void} actions.minutes
 * @returns {{element: HTMLElement, update: (work: object, found: object|undefined) => void}}
 */
export function limits(actions) {
  const money = limit("budget", (value) => actions.budget(value));
  const time = limit("hours", (value) => actions.minutes(value === null ? null : Math.round(value * MINUTES)));
  const update = (work, found) => {
    const hours = work.minutes === null || work.minutes === undefined ? null : work.minutes / MINUTES;
    money.update(work.budget ?? null, found?.money, found?.money_text, found);
    const most = found ? Math.max(0, ...found.weeks.map((one) => one.minutes)) / MINUTES : undefined;
    time.update(hours, most, found && say("web.policies.hours", { hours: number(most, 1) }), found);
  };
  return { element: h("div", { class: "limits" }, money.element, time.element), update };
}

function limit(kind, onChange) {
  const id = newId("limit");
  const input = limitInput({
    id,
    placeholder: say("web.policies.no_limit"),
    "aria-describedby": `${id}-unit`,
    on: {
      change: () => {
        if (input.value === "") onChange(null);
        else if (input.valueAsNumber >= 0) onChange(input.valueAsNumber);
      },
    },
  });
  const used = h("span", { class: "used", id: `${id}-used` });
  const part = h("span", { class: "meter-part" });
  const meter = h("div", { class: "meter", role: "meter", "aria-valuemin": 0, "aria-labelledby": `${id}-used` }, part);
  const element = h(
    "div",
    { class: `limit ${kind}` },
    h("label", { for: id }, say(`web.policies.limit_${kind}`)),
    h("span", { class: "number-box" }, input, h("span", { class: "unit", id: `${id}-unit` }, say(`web.policies.limit_${kind}_unit`))),
    used,
    meter,
  );
  const update = (most, amount, text, found) => {
    if (document.activeElement !== input) input.value = most ?? "";
    const over = most !== null && amount !== undefined && amount > most * 1.0001;
    used.textContent = amount === undefined ? say(found === null ? "web.policies.cannot_count" : "web.policies.counting") : usedText(kind, text, most, amount);
    element.classList.toggle("over", over);
    meter.hidden = most === null;
    meter.setAttribute("aria-valuemax", String(most ?? 1));
    meter.setAttribute("aria-valuenow", String(Math.min(amount ?? 0, most ?? 1)));
    meter.setAttribute("aria-valuetext", used.textContent);
    part.style.setProperty("--share", String(most ? Math.min(1, (amount ?? 0) / most) : amount ? 1 : 0));
  };
  return { element, update };
}

function usedText(kind, text, most, amount) {
  if (most === null || amount <= most * 1.0001) return say(`web.policies.used_${kind}`, { used: text });
  const gap = kind === "budget" ? yuan(amount - most) : say("web.policies.hours", { hours: number(amount - most, 1) });
  return say("web.policies.used_over", { used: text, gap });
}

/**
 * What is over a limit, and what is probably not meant.
 * @param {string[]} messages
 * @param {number} [most] Shown at once; the rest opens.
 */
export function warnings(messages, most = 2) {
  const line = (text) => h("li", null, text);
  const rest = messages.slice(most);
  return h(
    "div",
    { class: "warnings", role: "status" },
    messages.length > 0 && h("ul", null, messages.slice(0, most).map(line)),
    rest.length > 0 &&
      h("details", null, h("summary", null, say("web.policies.more_warnings", { count: rest.length })), h("ul", null, rest.map(line))),
  );
}
