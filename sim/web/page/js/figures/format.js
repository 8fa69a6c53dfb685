/**
 * Numbers on axes and beside the pointer, written as in the rest of the program: 万 and 亿 in
 * Chinese, thousands separators and M in English, the sign before the currency.
 */

const MONEY = new Set(["¥", "yuan", "元"]);
const SHARES = new Set(["share", "%"]);

/**
 * @param {number} value
 * @param {number} digits significant digits.
 * @returns {string} without an exponent and without zeros nobody measured.
 */
function significant(value, digits) {
  const exact = Number(value.toPrecision(digits));
  return exact.toLocaleString("en-US", { maximumSignificantDigits: digits });
}

/**
 * @param {number} size not negative.
 * @param {string} lang "en" or "zh".
 * @returns {string}
 */
function magnitude(size, lang) {
  if (lang === "zh") {
    if (size >= 1e8) return `${significant(size / 1e8, 3)}\u2009亿`;
    if (size >= 1e4) return `${significant(size / 1e4, 3)}\u2009万`;
    return significant(size, size >= 1000 ? 4 : 3);
  }
  if (size >= 1e6) return `${significant(size / 1e6, 3)}M`;
  return significant(size, size >= 1e5 ? 3 : size >= 1000 ? 4 : 3);
}

/**
 * A number for people.
 *
 * @param {number|null|undefined} value
 * @param {string} unit of the figure: money and shares (of 1) are recognised.
 * @param {string} lang "en" or "zh".
 * @returns {string} an em dash for what is not defined.
 */
export function short(value, unit, lang) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "—";
  const sign = value < 0 ? "-" : "";
  const share = SHARES.has(unit);
  const text = magnitude(Math.abs(share ? 100 * value : value), lang);
  if (MONEY.has(unit)) return `${sign}¥${text}`;
  if (share) return `${sign}${text}${lang === "zh" ? "%" : " %"}`;
  return sign + text;
}

/**
 * Round numbers that cover a range.
 *
 * @param {number} low
 * @param {number} high
 * @param {number} [wanted=4] about how many steps.
 * @returns {number[]} at least two, the first at or below `low`, the last at or above `high`.
 */
export function ticks(low, high, wanted = 4) {
  if (!(high > low)) return [low, low + 1];
  const raw = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= raw) * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}
