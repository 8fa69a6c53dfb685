/** Who brought whom: invitation trees of one future, from left to right by the day of joining. */

import { frame, xAxis } from "./frame.js";

/**
 * Places every node: its day across, leaves one below the other, parents amid their children.
 *
 * @param {{id: number, parent: number|null}[]} nodes
 * @returns {{row: Map<number, number>, rows: number}}
 */
export function rowsOf(nodes) {
  const known = new Set(nodes.map((node) => node.id));
  const children = Map.groupBy(nodes, (node) => (known.has(node.parent) ? node.parent : null));
  const row = new Map();
  let rows = 0;
  const put = (node) => {
    const below = children.get(node.id) ?? [];
    below.forEach(put);
    const places = below.map((child) => row.get(child.id));
    row.set(node.id, places.length ? (places[0] + places.at(-1)) / 2 : rows++);
  };
  (children.get(null) ?? []).forEach(put);
  return { row, rows };
}

/** Elbows from inviters to the invited, one broken line. */
function edges(nodes, row, look) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const [x, y] = [[], []];
  for (const node of nodes) {
    const parent = byId.get(node.parent);
    if (!parent) continue;
    const [from, to] = [Math.max(0, parent.joined), Math.max(0, node.joined)];
    x.push(from, from, to, null);
    y.push(row.get(parent.id), row.get(node.id), row.get(node.id), null);
  }
  return {
    type: "scatter", mode: "lines", uid: "edges", x, y, hoverinfo: "skip",
    line: { color: look.outline, width: 1 },
  };
}

/**
 * @param {object} data a figure of kind "tree".
 * @param {import("./look.js").Look} look
 * @returns {import("./frame.js").Drawing}
 */
export function build(data, look) {
  const { row, rows } = rowsOf(data.nodes);
  const roomy = (look.height - 44) / Math.max(1, rows) >= look.size + 2;
  const day = look.lang === "zh" ? "第 %{x} 天进群" : "joined on day %{x}";
  const parents = new Set(data.nodes.map((node) => node.parent));
  // Only the ends of branches and those who began them have room for a name.
  const side = (node) => (!parents.has(node.id) ? "middle right" : node.parent === null ? "middle left" : "");
  const joined = data.nodes.map((node) => Math.max(0, node.joined));
  return {
    traces: [
      edges(data.nodes, row, look),
      {
        type: "scatter", mode: roomy ? "markers+text" : "markers", uid: "nodes",
        x: joined, y: data.nodes.map((node) => row.get(node.id)),
        text: data.nodes.map((node) => (side(node) ? node.label : "")), hovertext: data.nodes.map((node) => node.label), customdata: data.nodes.map((node) => node.member ?? node.id),
        textposition: data.nodes.map((node) => side(node) || "middle right"), textfont: { size: look.size - 1, color: look.secondary }, cliponaxis: false,
        marker: {
          color: data.nodes.map((node) => (node.parent === null ? look.series[2] : look.series[1])),
          symbol: data.nodes.map((node) => (node.parent === null ? "square" : "circle")),
          size: data.nodes.map((node) => Math.min(18, 6 + 2 * Math.sqrt(node.size ?? 0))),
          line: { color: look.ground, width: 1 },
        },
        hovertemplate: `<b>%{hovertext}</b><br>${day}<extra></extra>`,
      },
    ],
    layout: {
      ...frame(look, { left: roomy ? 64 : 16, right: roomy ? 76 : 16 }),
      xaxis: xAxis(look, data.x_label ?? "", { range: [Math.min(...joined) - 2, Math.max(...joined) + 2] }),
      yaxis: { range: [rows - 0.5, -0.5], visible: false, fixedrange: true },
    },
    pick: (point) => (point.customdata === undefined ? null : { member: point.customdata }),
  };
}

/** @param {object} data @returns {number} pixels that the branches need. */
export const height = (data) => Math.min(660, Math.max(220, 60 + 17 * rowsOf(data.nodes).rows));

/** @param {object} data @returns {{columns: string[], rows: (number|string|null)[][]}} */
export const numbers = (data) => ({
  columns: ["member", "invited by", "name", "day"],
  rows: data.nodes.map((node) => [node.id, node.parent, node.label, node.joined]),
});
