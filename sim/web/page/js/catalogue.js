/** What can be chosen: kinds of groups, goals, policies, limits, the glossary. Asked once a language. */

import { get } from "./api.js";
import { lang } from "./lang.js";

/** @type {Map<string, Promise<any>>} */
const asked = new Map();

/**
 * The catalogue in the language spoken now.
 *
 * @returns {Promise<any>}
 */
export function catalogue() {
  const language = lang();
  const known = asked.get(language);
  if (known) return known;
  const answer = get("/api/catalogue");
  asked.set(language, answer);
  // A failure is not remembered: the next screen asks again.
  answer.catch(() => asked.delete(language));
  return answer;
}
