/** Questions that can be tried with one click, the same as in `experiments/`. */

import { say } from "./words.js";

const PACKET = { use: "red_packet", start: 7, every: 7, amount: 200, shares: 20 };
const COURSE = [
  { use: "free_course", start: 10, lessons: 5 },
  { use: "paid_course", start: 31, price: 199 },
];

/**
 * @typedef {object} Example
 * @property {string} key
 * @property {string} question
 * @property {string} about
 * @property {Record<string, any>} work As `POST /api/works` takes it.
 */

/**
 * The examples in the language spoken now.
 *
 * @returns {Example[]}
 */
export function examples() {
  return [
    example("packets", {
      community: { preset: "knowledge" },
      days: 180,
      budget: 30000,
      without: ["free_course", "paid_course"],
      variants: [variant("packets", "packet", [PACKET]), variant("packets", "course", COURSE)],
    }),
    example("prune", {
      community: { preset: "product" },
      days: 365,
      variants: [
        variant("prune", "remove", [{ use: "pruning", silent_days: 60 }]),
        variant("prune", "care", [{ use: "care", to: "silent:30" }]),
      ],
    }),
    example("entry", {
      community: { preset: "knowledge" },
      days: 365,
      variants: [
        variant("entry", "ticket", [{ use: "paid_entry", price: 19.9 }]),
        variant("entry", "threshold", [{ use: "entry_threshold" }]),
      ],
    }),
  ];
}

/**
 * @param {string} key
 * @param {Record<string, any>} work
 * @returns {Example}
 */
function example(key, work) {
  const question = say(`web.start.example_${key}`);
  return {
    key,
    question,
    about: say(`web.start.example_${key}_about`),
    work: { name: question, goal: "profit", ...work },
  };
}

/**
 * @param {string} key
 * @param {string} name
 * @param {Record<string, any>[]} policies
 */
function variant(key, name, policies) {
  return { name: say(`web.start.example_${key}_${name}`), policies, without: [], set: {} };
}
