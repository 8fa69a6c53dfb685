/** What the policies screen says about a policy on the calendar. */

import { join, number, say } from "../words.js";
import { stay } from "./geometry.js";

/**
 * When a policy acts: `day 10 to day 23, every 7 days`.
 * @param {object} entry Its table.
 * @param {number} days Length of the run.
 * @param {number} every Its usual rhythm.
 */
export function whenText(entry, days, every) {
  const { start, stop, open } = stay(entry, days);
  const key = open ? (start ? "from" : "always") : stop - start === 1 ? "once" : "span";
  const parts = [say(`web.policies.when_${key}`, { from: start, to: stop - 1 })];
  const only = entry.weekdays ? [entry.weekdays].flat() : [];
  if (only.length) {
    parts.push(join(only.map((day) => say(`weekday.${day}`))));
  } else if (stop - start > 1) {
    parts.push(rhythmText(entry.every ?? every));
  }
  return parts.join(say("web.policies.comma"));
}

/** `every day`, `every 7 days`. */
export const rhythmText = (every) =>
  every === 1 ? say("web.policies.every_day") : say("web.policies.every_days", { days: number(every) });

/**
 * The full text of an item: name, when, what it costs.
 * @param {import("./model.js").Item} item
 * @param {{policies: Map<string, object>, days: number, found?: object}} about `found`: what the
 *   server said of this very item.
 */
export function itemText(item, { policies, days, found }) {
  if (found?.text) return found.text;
  const known = policies.get(item.use);
  return [known?.name ?? item.use, whenText(item.entry, days, known?.every ?? 1)].join(
    say("web.policies.comma"),
  );
}

/** What a day says while it is chosen: the first and last day of a stay. */
export function spanText({ start, stop, open }) {
  if (open) return say("web.policies.tip_from", { from: start });
  if (stop - start === 1) return say("web.policies.tip_day", { from: start });
  return say("web.policies.tip_span", { from: start, to: stop - 1, days: stop - start });
}
