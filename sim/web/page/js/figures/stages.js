/**
 * Where in its life the group is: one strip a variant. The colour is the stage most futures are in
 * on a day, the height says how many of them agree.
 */

import { inkOn, textWidth } from "./look.js";
import { frame, xAxis } from "./frame.js";
import { short } from "./format.js";
import { stepOf } from "./bands.js";

const TALL = 0.82; // of a row
const MOST_DAYS = 180; // bars a strip

/** Every how many places a bar stands, so that years do not make thousands of bars. */
const binOf = (days) => Math.max(1, Math.ceil(days / MOST_DAYS));

/** Days between two places. */
const spacing = (x) => (x.length > 1 ? x[1] - x[0] : 1);

/** Stretches of days in one stage. */
export function stretches(stage) {
  const found = [];
  stage.forEach((code, at) => {
    const last = found.at(-1);
    if (last && last.code === code) last.to = at + 1;
    else found.push({ code, from: at, to: at + 1 });
  });
  return found;
}

/** Bars of one stage over all strips. */
function bars(data, code, look, step) {
  const colour = look.stages[code];
  const [x, y, base, customdata] = [[], [], [], []];
  const wide = step * spacing(data.x);
  data.rows.forEach((row, at) => {
    for (let day = 0; day < data.x.length; day += step) {
      if (row.stage[day] !== code) continue;
      x.push(data.x[day] + wide / 2);
      y.push(TALL * (row.share?.[day] ?? 1));
      base.push(data.rows.length - 1 - at);
      customdata.push([row.name, data.x[day], short(100 * (row.share?.[day] ?? 1), "", look.lang)]);
    }
  });
  const of = look.lang === "zh" ? "第 %{customdata[1]} 天：100 个里 %{customdata[2]} 个" : "day %{customdata[1]}: %{customdata[2]} of 100";
  return {
    type: "bar", uid: `stage${code}`, name: data.stages[code].label, x, y, base, customdata,
    width: wide * 1.02, marker: { color: colour, line: { width: 0 } },
    hovertemplate: `<b>%{customdata[0]}</b><br>${data.stages[code].label}, ${of}<extra></extra>`,
  };
}

/** The outline that sets pale stages off from the ground. */
function outline(data, row, at, look, step) {
  const days = data.x.map((_, day) => day).filter((day) => day % step === 0);
  const floor = data.rows.length - 1 - at;
  return {
    type: "scatter", mode: "lines", uid: `outline${row.index}`, hoverinfo: "skip", showlegend: false,
    x: [data.x[0], ...days.map((day) => data.x[day]), data.x.at(-1) + spacing(data.x)],
    y: [floor, ...days.map((day) => floor + (known(row, day) ? TALL * (row.share?.[day] ?? 1) : 0)), floor],
    line: { shape: "hv", width: 1, color: look.outline },
  };
}

const known = (row, day) => row.stage[day] !== null && row.stage[day] >= 0;

/** Names inside stretches that are wide enough. */
function labels(data, look, perDay) {
  const own = { ...look, size: look.size };
  return data.rows.flatMap((row, at) =>
    stretches(row.stage).flatMap(({ code, from, to }) => {
      const stage = data.stages[code];
      if (!stage || textWidth(stage.label, own) + 6 > (to - from) * perDay) return [];
      return [{
        x: (data.x[from] + data.x[to - 1] + 1) / 2, y: data.rows.length - 1 - at + 0.04, text: stage.label,
        showarrow: false, yanchor: "bottom", borderpad: 0,
        font: { size: look.size, color: inkOn(look.stages[code]) }, bgcolor: look.stages[code],
      }];
    }),
  );
}

/**
 * @param {object} data a figure of kind "stages".
 * @param {import("./look.js").Look} look
 * @param {{zoomed: boolean}} shown
 * @returns {import("./frame.js").Drawing}
 */
export function build(data, look, shown) {
  const names = data.rows.map((row) => row.name);
  const left = Math.min(Math.max(...names.map((name) => textWidth(name, look))) + 16, look.width * 0.3);
  const step = binOf(data.x.length);
  const codes = data.stages.map((_, code) => code).filter((code) => data.rows.some((row) => row.stage.includes(code)));
  const span = data.x.at(-1) + 1 - data.x[0];
  return {
    traces: [
      ...codes.map((code) => bars(data, code, look, step)),
      ...data.rows.map((row, at) => outline(data, row, at, look, step)),
    ],
    layout: {
      ...frame(look, { left }),
      barmode: "overlay",
      bargap: 0,
      hovermode: "closest",
      showlegend: look.exporting,
      legend: { orientation: "h", y: 1.02, yanchor: "bottom", x: 0 },
      xaxis: xAxis(look, data.x_label ?? "", { range: [data.x[0], data.x.at(-1) + 1], ...(shown.zoomed ? { nticks: 8 } : { dtick: stepOf(span, look.narrow ? 4 : 7), tick0: 0 }) }),
      yaxis: {
        range: [-0.06, names.length], fixedrange: true, showgrid: false, zeroline: false, ticklabelstandoff: 5,
        tickvals: names.map((_, at) => names.length - 1 - at + TALL / 2),
        ticktext: names.map((name) => fit(name, left - 14, look)), tickfont: { color: look.text },
      },
      annotations: labels(data, look, (look.width - left - 12) / span),
    },
    key: codes.map((code) => ({ colour: look.stages[code], label: data.stages[code].label })),
  };
}

/**
 * @param {string} text @param {number} room pixels. @param {import("./look.js").Look} look
 * @returns {string} the text, cut with an ellipsis if it is too long.
 */
export function fit(text, room, look) {
  if (textWidth(text, look) <= room) return text;
  const letters = [...text];
  while (letters.length > 1 && textWidth(`${letters.join("")}…`, look) > room) letters.pop();
  return `${letters.join("")}…`;
}

/** @param {object} data @returns {number} pixels that the strips need. */
export const height = (data) => 52 + 44 * data.rows.length;

/** @param {object} data @returns {{columns: string[], rows: (number|string|null)[][]}} */
export function numbers(data) {
  const label = (code) => data.stages[code]?.label ?? "";
  return {
    columns: ["x", ...data.rows.flatMap((row) => [row.name, `${row.name} %`])],
    rows: data.x.map((x, at) => [x, ...data.rows.flatMap((row) => [label(row.stage[at]), row.share?.[at] ?? null])]),
  };
}
