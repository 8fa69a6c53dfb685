/**
 * Edits of a work on the policies screen. Pure: every function works on the draft that it is given.
 *
 * Column 0 is "as now", column k is `variants[k - 1]`. A column takes over what stands before it
 * (as now: the community's own policies; a variant: all of as now) but for what it names in
 * `without`, and adds its own `policies`. To change what was taken over is to leave it out and add
 * a changed copy; a copy that comes to equal what it was taken from is dropped again.
 */

import { begun, ended, moved, stay } from "./geometry.js";

/** Shown and edited: one policy of one column.
 * @typedef {object} Item
 * @property {string} key `red_packet#0`: the same before and after it was changed.
 * @property {string} use
 * @property {object} entry Its table.
 * @property {boolean} own Written in this column.
 * @property {boolean} changed Own, in place of something taken over.
 * @property {string} at Path in the work, as the server names it; empty if of the community.
 */

/** The table that a column is written in: the work itself, or one of its variants. */
export const columnOf = (work, column) => (column === 0 ? work : work.variants[column - 1]);

/** What a column would do if nothing were written in it. */
export const before = (work, column, community) =>
  column === 0 ? community : effective(work, 0, community);

/** All that is done in a column. @returns {object[]} */
export function effective(work, column, community) {
  const own = columnOf(work, column);
  const left = own.without ?? [];
  const kept = before(work, column, community).filter((entry) => !left.includes(entry.use));
  return [...kept, ...(own.policies ?? [])];
}

const pathOf = (column, index) =>
  column === 0 ? `policies.${index}` : `variants.${column - 1}.policies.${index}`;

/**
 * What is done in a column, in the order of the library.
 * @param {object} work
 * @param {number} column
 * @param {object[]} community
 * @param {string[]} order Keys of policies.
 * @returns {Item[]}
 */
export function items(work, column, community, order) {
  const own = columnOf(work, column);
  const mine = own.policies ?? [];
  const counts = {};
  const found = effective(work, column, community).map((entry) => {
    const number = (counts[entry.use] ??= 0);
    counts[entry.use] += 1;
    const index = mine.indexOf(entry);
    const above = column > 0 && index < 0 ? (work.policies ?? []).indexOf(entry) : -1;
    return {
      key: `${entry.use}#${number}`,
      use: entry.use,
      entry,
      own: index >= 0,
      changed: index >= 0 && (own.without ?? []).includes(entry.use),
      at: index >= 0 ? pathOf(column, index) : above >= 0 ? pathOf(0, above) : "",
    };
  });
  const rank = (item) => (order.includes(item.use) ? order.indexOf(item.use) : order.length);
  return found.sort((one, other) => rank(one) - rank(other));
}

/** Uses of what is done before and not in this column. @returns {string[]} */
export function leftOut(work, column) {
  const { without = [], policies = [] } = columnOf(work, column);
  return without.filter((use) => !policies.some((entry) => entry.use === use));
}

/** Equal tables, whatever the order of their keys. */
export function same(one, other) {
  const plain = (entry) => JSON.stringify(Object.entries(entry).sort());
  return plain(one) === plain(other);
}

/** How many things differ from what stands before a column. */
export function changeCount(work, column, community) {
  const own = columnOf(work, column);
  const counts = {};
  const written = effective(work, column, community).filter((entry) => {
    const number = (counts[entry.use] ??= 0);
    counts[entry.use] += 1;
    const from = takenFrom(work, column, community, `${entry.use}#${number}`);
    return from === undefined || !same(from, entry);
  });
  const settings = Object.keys(own.set ?? {}).length;
  return written.length + leftOut(work, column).length + settings;
}

/** Write down in this column what it took over of one policy, so that it can be changed. */
function takeOver(work, column, community, use) {
  const own = columnOf(work, column);
  own.policies ??= [];
  own.without ??= [];
  if (own.without.includes(use)) return;
  const copies = before(work, column, community).filter((entry) => entry.use === use);
  if (!copies.length) return;
  own.without.push(use);
  own.policies.unshift(...copies.map((entry) => structuredClone(entry)));
}

/** Drop copies that equal what they were taken from, and leaving out what is not there. */
function tidy(work, column, community) {
  const own = columnOf(work, column);
  for (const use of [...(own.without ?? [])]) {
    const from = before(work, column, community).filter((entry) => entry.use === use);
    const mine = own.policies.filter((entry) => entry.use === use);
    const equal = mine.length > 0 && mine.length === from.length;
    const again = equal && mine.every((entry, index) => same(entry, from[index]));
    if (again) own.policies = own.policies.filter((entry) => entry.use !== use);
    if (again || !from.length) own.without = own.without.filter((one) => one !== use);
  }
}

function tidied(work, column, community) {
  tidy(work, column, community);
  if (column === 0) work.variants.forEach((_, index) => tidy(work, index + 1, community));
}

function ownEntry(work, column, community, key) {
  const [use, number] = key.split("#");
  takeOver(work, column, community, use);
  const all = effective(work, column, community).filter((entry) => entry.use === use);
  return all[Number(number)];
}

/**
 * Change one policy.
 * @param {object} work
 * @param {number} column
 * @param {object[]} community
 * @param {string} key Of the item.
 * @param {(entry: object) => void} change
 */
export function edit(work, column, community, key, change) {
  const entry = ownEntry(work, column, community, key);
  if (!entry) return;
  change(entry);
  tidied(work, column, community);
}

/** Give a policy another stay: what begins on day 0 or lasts to the end needs no word. */
export function setStay(entry, { start, stop, open }) {
  if (start === 0) delete entry.start;
  else entry.start = start;
  if (open) delete entry.stop;
  else entry.stop = stop;
}

const WAYS = { move: moved, begin: begun, end: ended };

/** Move a policy, or one of its ends, by days. @param {"move"|"begin"|"end"} way */
export function shift(work, column, community, key, way, by) {
  edit(work, column, community, key, (entry) => {
    setStay(entry, WAYS[way](stay(entry, work.days), by, work.days));
  });
}

/**
 * What a policy of this column was taken from; undefined if it was added here.
 * @param {string} key Of the item.
 * @returns {object|undefined}
 */
export function takenFrom(work, column, community, key) {
  const [use, number] = key.split("#");
  return before(work, column, community).filter((entry) => entry.use === use)[Number(number)];
}

/**
 * Set one value; `undefined` removes it, and so does the default unless it was written before.
 * @param {unknown} standard The default.
 */
export function setValue(work, column, community, key, name, value, standard) {
  const from = takenFrom(work, column, community, key);
  edit(work, column, community, key, (entry) => {
    const written = from !== undefined && same([from[name]], [value]);
    if (value === undefined || (value === standard && !written)) delete entry[name];
    else entry[name] = value;
  });
}

/** Add a policy. @returns {string} Key of its item. */
export function add(work, column, community, entry) {
  const own = columnOf(work, column);
  const number = effective(work, column, community).filter((one) => one.use === entry.use).length;
  own.policies = [...(own.policies ?? []), structuredClone(entry)];
  tidied(work, column, community);
  return `${entry.use}#${number}`;
}

/** Do one policy no longer. */
export function remove(work, column, community, key) {
  const entry = ownEntry(work, column, community, key);
  const own = columnOf(work, column);
  own.policies = own.policies.filter((one) => one !== entry);
  tidied(work, column, community);
}

/** One policy again as it is before this column. */
export function putBack(work, column, community, use) {
  const own = columnOf(work, column);
  own.without = (own.without ?? []).filter((one) => one !== use);
  own.policies = (own.policies ?? []).filter((entry) => entry.use !== use);
  tidied(work, column, community);
}

/** Set a parameter of the community for a column; the value before it removes it. */
export function adjust(work, column, path, value, standard) {
  const own = columnOf(work, column);
  own.set ??= {};
  if (value === undefined || value === standard) delete own.set[path];
  else own.set[path] = value;
}

/** A name that no variant has: `name`, else with the smallest number that is free. */
export function freeName(work, name) {
  const taken = work.variants.map((one) => one.name);
  if (!taken.includes(name)) return name;
  const stem = name.replace(/ \d+$/, "");
  let number = 2;
  while (taken.includes(`${stem} ${number}`)) number += 1;
  return `${stem} ${number}`;
}

/** Add a variant that does as now, or the copy of one. @returns {number} Its column. */
export function addVariant(work, name, from = 0) {
  const copy = from ? structuredClone(work.variants[from - 1]) : { policies: [], without: [], set: {} };
  const variant = { ...copy, name: freeName(work, name) };
  const place = from || work.variants.length;
  work.variants.splice(place, 0, variant);
  return place + 1;
}

/** Rename a variant; an empty name changes nothing. */
export function rename(work, column, name) {
  const variant = work.variants[column - 1];
  if (!name.trim() || name.trim() === variant.name) return;
  variant.name = freeName(work, name.trim());
}

/** Remove a variant. */
export const removeVariant = (work, column) => work.variants.splice(column - 1, 1);
