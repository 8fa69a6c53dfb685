/** The language of the page, as the root element says it. */

import { remember } from "./memory.js";

/** @typedef {"en"|"zh"} Language */

/**
 * The language spoken now.
 *
 * @returns {Language}
 */
export function lang() {
  return document.documentElement.lang.startsWith("zh") ? "zh" : "en";
}

/**
 * Speaks another language from now on, and at the next visit.
 *
 * @param {Language} language
 */
export function speak(language) {
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  remember("lang", language);
}
