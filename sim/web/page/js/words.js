/** The page's words, from the one catalogue of the program, and numbers as its language writes them. */

import { get } from "./api.js";
import { lang, speak } from "./lang.js";

export { lang };

/** @type {Record<string, string>} */
let table = {};
/** @type {string|null} */
let loaded = null;

/** Fetches the words of the language spoken now, once. */
export async function loadWords() {
  const asked = lang();
  if (loaded === asked) return;
  const answer = await get("/api/words");
  table = answer.words;
  loaded = asked;
}

/**
 * Changes the language and fetches its words.
 *
 * @param {"en"|"zh"} language
 */
export async function setLang(language) {
  speak(language);
  await loadWords();
}

/**
 * The text of a key, its placeholders filled in.
 *
 * @param {string} key E.g. `web.start.title`.
 * @param {Record<string, any>} [values] A list is joined as the language does.
 * @returns {string} The key itself if there is no such text: visible, and never a broken page.
 */
export function say(key, values = {}) {
  const text = table[key];
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (value === null) return "—";
    return Array.isArray(value) ? join(value) : String(value);
  });
}

/**
 * Whether the catalogue has a text.
 *
 * @param {string} key
 */
export function has(key) {
  return key in table;
}

/**
 * A text that begins a line: with a capital, where the language has them.
 *
 * @param {string} text
 */
export function upper(text) {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

/**
 * Items in one line: `a, b` or `a、b`.
 *
 * @param {string[]} items
 */
export function join(items) {
  return items.join(lang() === "zh" ? "、" : ", ");
}

/**
 * A number as a person reads it: at most so many decimals, thousands apart.
 *
 * @param {number|null|undefined} value
 * @param {number} [decimals]
 */
export function number(value, decimals = 2) {
  if (value === null || value === undefined || Number.isNaN(value)) return "—";
  return new Intl.NumberFormat(lang() === "zh" ? "zh-CN" : "en", {
    maximumFractionDigits: decimals,
  }).format(value);
}

/**
 * A moment as its distance from now or its date: `5 minutes ago`, `23 Nov 2026`.
 *
 * @param {string} moment ISO 8601.
 * @param {number} [now] Milliseconds since 1970.
 */
export function ago(moment, now = Date.now()) {
  const locale = lang() === "zh" ? "zh-CN" : "en-GB";
  const seconds = (Date.parse(moment) - now) / 1000;
  if (Number.isNaN(seconds)) return "";
  const near = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (seconds > -60) return near.format(0, "second");
  if (seconds > -3600) return near.format(Math.round(seconds / 60), "minute");
  if (seconds > -86400) return near.format(Math.round(seconds / 3600), "hour");
  if (seconds > -7 * 86400) return near.format(Math.round(seconds / 86400), "day");
  return new Intl.DateTimeFormat(locale, { year: "numeric", month: "short", day: "numeric" }).format(
    Date.parse(moment),
  );
}
