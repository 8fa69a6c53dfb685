/** What one does with numbers. */

/**
 * @param {number} value
 * @param {number} [low]
 * @param {number} [high]
 * @returns {number} the nearest number that is not beyond an end.
 */
export const clamp = (value, low = -Infinity, high = Infinity) => Math.max(low, Math.min(high, value));
