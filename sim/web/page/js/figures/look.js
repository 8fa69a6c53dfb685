/**
 * Colours, dashes and type of figures: read from the tokens of the page, so that light and dark are
 * decided in one place. Exported figures are drawn in the light colours, for slides and print.
 */

import { colour, theme } from "../theme.js";
import { lang } from "../lang.js";

/** Line styles of the baseline and variants 1 to 6: they repeat what the colour says. */
export const DASHES = ["solid", "solid", "9px,4px", "2px,3px", "9px,3px,2px,3px", "5px,3px", "2px,2px,2px,6px"];

/** Shapes of points, likewise. */
export const SYMBOLS = ["circle", "circle", "square", "diamond", "triangle-up", "cross", "star"];

const LIGHT = {
  ground: "#FFFFFF",
  text: "#1C2127",
  secondary: "#5A6370",
  panel: "#F5F6F8",
  grid: "#E4E7EB",
  outline: "#6B7480",
  better: "#1A5FB4",
  worse: "#B85C00",
  series: ["#6B7480", "#0A317F", "#EC7018", "#0EAA69", "#68032D", "#5A4802", "#8729FA"],
  stages: ["#D6D61F", "#4CE682", "#133486", "#A15717", "#8B9099"],
};

let asked = null;
let known = null;

const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/**
 * @typedef {object} Look
 * @property {string} ground @property {string} text @property {string} secondary
 * @property {string} panel @property {string} grid @property {string} outline
 * @property {string} better @property {string} worse
 * @property {string[]} series baseline, then variants 1 to 6.
 * @property {string[]} stages five of them.
 * @property {boolean} dark
 * @property {string} font @property {number} size of type, pixels.
 * @property {number} width of the figure, pixels. @property {number} height likewise.
 * @property {boolean} narrow too narrow for labels beside bars.
 * @property {string} lang "en" or "zh".
 * @property {boolean} exporting drawn for a file: words that the page has around it are drawn in.
 */

/**
 * What the page looks like now.
 *
 * @param {number} width @param {number} height of the figure, pixels.
 * @returns {Look}
 */
export function look(width, height) {
  const found = colours();
  return {
    ...found,
    dark: luminance(found.ground) < 0.2,
    font: FONT,
    size: 12,
    width,
    height,
    narrow: width < 520,
    lang: lang(),
    exporting: false,
  };
}

/** The colours of the page now, asked of the style sheet once a ground. */
function colours() {
  if (asked === theme()) return known;
  const one = (name) => hex(colour(name));
  known = {
    ...Object.fromEntries(["ground", "text", "secondary", "panel", "outline", "better", "worse"].map((name) => [name, one(name)])),
    grid: one("line"),
    series: LIGHT.series.map((_, at) => one(`series-${at}`)),
    stages: LIGHT.stages.map((_, at) => one(`stage-${at}`)),
  };
  asked = theme();
  return known;
}

/** "rgb(1, 2, 3)" as "#010203". */
function hex(rgb) {
  const parts = rgb.match(/[\d.]+/g).slice(0, 3).map(Number);
  return `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

/**
 * The look of a figure in a file.
 *
 * @param {number} width @param {number} height pixels.
 * @returns {Look}
 */
export function paper(width, height) {
  return { ...look(width, height), ...LIGHT, dark: false, size: 15, narrow: false, exporting: true };
}

/**
 * @param {string} colour "#RRGGBB".
 * @returns {number} relative luminance, 0 (black) to 1 (white); WCAG 2.2.
 */
export function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {string} colour "#RRGGBB". @returns {string} black or white, whichever reads better on it. */
export const inkOn = (colour) => (luminance(colour) > 0.179 ? "#000000" : "#FFFFFF");

/** @param {string} colour "#RRGGBB". @param {number} share 0 to 1. @returns {string} see-through. */
export function thin(colour, share) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${red},${green},${blue},${share})`;
}

/** @param {number} index of a variant. @returns {number} place in the lists of colours and dashes. */
export const place = (index) => (index < 7 ? index : 1 + ((index - 1) % 6));

let pen = null;

/**
 * @param {string} text
 * @param {Look} style
 * @returns {number} its width in pixels, a guess good enough to keep room for it.
 */
export function textWidth(text, style) {
  pen ??= document.createElement("canvas").getContext("2d");
  pen.font = `${style.size}px ${style.font}`;
  return pen.measureText(text).width;
}
