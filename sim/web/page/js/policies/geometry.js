/**
 * Where days stand on the calendar: shares of its width, marks, and the days of a policy.
 *
 * A stay is `{start, stop}` in days of the run: `start` is the first day, `stop` the day after the
 * last one, at most `days`, the length of the run.
 */

import { clamp } from "../numbers.js";

const STEPS = [7, 14, 30, 60, 90, 180, 365];
const MOST_MARKS = 8;
const USUAL_WIDTH = 480;
const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/**
 * Days at which the head of the calendar has a mark.
 * @param {number} days Length of the run.
 * @returns {number[]}
 */
export function marks(days) {
  const step = STEPS.find((one) => days / one <= MOST_MARKS) ?? STEPS.at(-1);
  return Array.from({ length: Math.floor(days / step) + 1 }, (_, index) => index * step);
}

/**
 * The stay of a policy within the run.
 * @param {object} entry Its table.
 * @param {number} days
 * @returns {{start: number, stop: number, open: boolean}} `open`: to the end of the run.
 */
export function stay(entry, days) {
  const start = clamp(Number.isInteger(entry.start) ? entry.start : 0, 0, days - 1);
  const ends = Number.isInteger(entry.stop) && entry.stop < days;
  return { start, stop: ends ? Math.max(entry.stop, start + 1) : days, open: !ends };
}

/**
 * Days on which a policy acts.
 * @param {object} entry Its table.
 * @param {number} days Length of the run.
 * @param {number} every Days between two uses unless the table says so.
 * @param {number} [firstWeekday] Weekday of day 0, Monday = 0.
 * @returns {number[]}
 */
export function actingDays(entry, days, every, firstWeekday = 0) {
  const { start, stop } = stay(entry, days);
  const only = entry.weekdays ? [entry.weekdays].flat() : [];
  const step = Math.max(1, entry.every ?? (only.length ? 1 : every));
  const found = [];
  for (let day = start; day < stop; day += step) {
    const weekday = WEEKDAYS[(firstWeekday + day) % 7];
    if (!only.length || only.includes(weekday)) found.push(day);
  }
  return found;
}

/** Left edge and width in percent. @returns {{left: number, width: number}} */
export function placed({ start, stop }, days) {
  return { left: (100 * start) / days, width: (100 * (stop - start)) / days };
}

/** The day under a point of the calendar. @param {number} share 0 (left edge) to 1 (right). */
export const dayAt = (share, days) => clamp(Math.floor(share * days), 0, days - 1);

/**
 * Moved by days: as long as before, within the run; what lasts to the end still does.
 * @param {{start: number, stop: number, open: boolean}} from
 */
export function moved(from, by, days) {
  if (from.open) return { ...from, start: clamp(from.start + by, 0, days - 1) };
  const start = clamp(from.start + by, 0, days - (from.stop - from.start));
  return { start, stop: start + from.stop - from.start, open: false };
}

/** The first day changed; at least one day remains. */
export function begun(from, by) {
  return { ...from, start: clamp(from.start + by, 0, from.stop - 1) };
}

/** The end changed; reaching the end of the run means: to the end. */
export function ended(from, by, days) {
  const stop = clamp(from.stop + by, from.start + 1, days);
  return { ...from, stop, open: stop === days };
}

/**
 * Where dots for acting days stand, in percent of the stay's width, each at the middle of its day;
 * none for what acts on more than every other day: a bar says it.
 * @param {number[]} acting
 * @param {{start: number, stop: number}} span
 */
export function dots(acting, { start, stop }) {
  if (2 * acting.length > stop - start) return [];
  return acting.map((day) => (100 * (day + 0.5 - start)) / (stop - start));
}

/**
 * Width of a dot in pixels, so that neighbours do not touch on a calendar of usual width.
 * @param {number[]} acting
 * @param {number} days
 */
export function dotSize(acting, days) {
  const gaps = acting.slice(1).map((day, index) => day - acting[index]);
  const gap = (Math.min(days, ...gaps) / days) * USUAL_WIDTH;
  return clamp(Math.round(0.7 * gap), 3, 9);
}
