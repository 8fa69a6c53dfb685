/** Figures and tables as files: PNG, SVG and CSV, named after what they show. */

import { h } from "../dom.js";
import { lang } from "../lang.js";
import { paper, textWidth } from "./look.js";
import { plotly } from "./plotly.js";

const WIDTH = 1200;
const HEIGHT = 675;
const SIDE = 28;

/**
 * Hands a file to the browser to be saved.
 *
 * @param {Blob|string} content a string is an address.
 * @param {string} name
 */
export function save(content, name) {
  const address = typeof content === "string" ? content : URL.createObjectURL(content);
  const link = h("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  if (typeof content !== "string") setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/**
 * A name that every file system takes.
 *
 * @param {string} text @param {string} ending without the dot.
 */
export function fileName(text, ending) {
  const plain = text.replace(/[\\/:*?"<>|\s]+/g, "-").replace(/^-+|-+$/g, "");
  return `${[...plain].slice(0, 60).join("") || "qunsim"}.${ending}`;
}

/**
 * A table as CSV that spreadsheets open as it is: a byte order mark for Chinese, quotes where needed,
 * and no text that a spreadsheet would take for a formula.
 *
 * @param {{columns: string[], rows: (string|number|null)[][]}} table
 * @returns {string}
 */
export function csv({ columns, rows }) {
  const cell = (value) => {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return String(value);
    const text = /^[=+\-@\t\r]/.test(value) && Number.isNaN(Number(value)) ? `'${value}` : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\uFEFF${[columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** Lines of a text that fit a width; Chinese breaks anywhere, English at spaces. */
function wrapped(text, room, look) {
  const pieces = lang() === "zh" ? [...text] : text.split(/(?<= )/);
  const lines = [""];
  for (const piece of pieces) {
    if (lines.at(-1) && textWidth(lines.at(-1) + piece, look) > room) lines.push("");
    lines[lines.length - 1] += piece;
  }
  return lines.map((line) => line.trim());
}

const plain = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The drawing with the words that the page has around it. */
function withWords(drawing, data, look, note) {
  const big = { ...look, size: 25 };
  const title = wrapped(data.title, WIDTH - 2 * SIDE, big);
  const finding = data.finding && data.finding !== data.title ? wrapped(data.finding, WIDTH - 2 * SIDE, { ...look, size: 17 }) : [];
  const foot = [data.unit && data.y_label ? `${data.y_label}` : "", note].filter(Boolean).join(" · ");
  const top = 24 + 31 * title.length + 24 * finding.length + (drawing.layout.showlegend ? 40 : 16);
  const line = (text, size, y, colour, yref = 1) => ({
    text, xref: "paper", yref: "paper", x: 0, y: yref, xanchor: "left", yanchor: "top", showarrow: false,
    xshift: SIDE - drawing.layout.margin.l - 12, yshift: y, align: "left", font: { size, color: colour },
  });
  const words = [
    line(title.map((part) => `<b>${plain(part)}</b>`).join("<br>"), 24, top - 20, look.text),
    line(finding.map(plain).join("<br>"), 17, top - 26 - 31 * title.length, look.secondary),
    { ...line(plain(foot), 13, -46, look.secondary, 0) },
  ].filter((part) => part.text);
  const margin = { ...drawing.layout.margin, l: drawing.layout.margin.l + 12, r: drawing.layout.margin.r + SIDE, t: top, b: 84 };
  return { ...drawing.layout, width: WIDTH, height: HEIGHT, margin, annotations: [...drawing.layout.annotations, ...words] };
}

/** Names at the ends of lines: buttons on the page, texts in a file; moved apart where they collide. */
function endTexts(drawing, look) {
  if (!drawing.ends) return [];
  const [low, high] = drawing.range;
  const plotted = HEIGHT - 200;
  const places = spread(drawing.ends.map((end) => plotted * (1 - (end.value - low) / (high - low))), look.size + 6, plotted);
  return drawing.ends.map((end, at) => ({
    text: plain(end.name), xref: "paper", yref: "paper", x: 1, y: 1 - places[at] / plotted, xanchor: "left", yanchor: "middle",
    xshift: 8, showarrow: false, font: { size: look.size, color: look.text },
  }));
}

/**
 * Moves places apart so that each keeps its distance, as little as that takes.
 *
 * @param {number[]} places from the top, pixels.
 * @param {number} distance @param {number} room pixels.
 * @returns {number[]} in the order given.
 */
export function spread(places, distance, room) {
  const order = places.map((_, at) => at).sort((one, other) => places[one] - places[other]);
  const found = [...places];
  let floor = -Infinity;
  for (const at of order) {
    found[at] = Math.max(found[at], floor);
    floor = found[at] + distance;
  }
  let ceiling = room;
  for (const at of order.reverse()) {
    found[at] = Math.min(found[at], ceiling);
    ceiling = found[at] - distance;
  }
  return found;
}

/**
 * Saves a figure as a picture for slides: in the light colours, with its title, finding and unit.
 *
 * @param {object} data the figure.
 * @param {(look: import("./look.js").Look) => import("./frame.js").Drawing} build draws it.
 * @param {"png"|"svg"} format
 * @param {string} note written at the foot.
 */
export async function savePicture(data, build, format, note) {
  const Plotly = await plotly();
  const look = paper(WIDTH, HEIGHT);
  const drawing = build(look);
  drawing.layout.annotations = [...(drawing.layout.annotations ?? []), ...endTexts(drawing, look)];
  const layout = withWords(drawing, data, look, note);
  const address = await Plotly.toImage(
    { data: drawing.traces, layout, config: { displayModeBar: false } },
    { format, width: WIDTH, height: HEIGHT, scale: format === "png" ? 2 : 1 },
  );
  save(address, fileName(data.title, format));
}

/**
 * Saves a table as CSV.
 *
 * @param {{columns: string[], rows: (string|number|null)[][]}} table
 * @param {string} title
 */
export function saveCsv(table, title) {
  save(new Blob([csv(table)], { type: "text/csv;charset=utf-8" }), fileName(title, "csv"));
}
