/**
 * A number to set: a field, a slider over the plausible range with a mark at the default, what it
 * means, where the default is from and how sure it is; a dot when it was changed, and the way back.
 */

import { h, newId } from "../dom.js";
import { number as written, say, upper } from "../words.js";
import { icon } from "../icons.js";
import { clamp } from "../numbers.js";

/** Steps of a slider that is even in the logarithm. */
const STEPS = 100;
/** Beyond this ratio of the ends, a slider that is even in the number is useless at its low end. */
const WIDE = 200;
/** A slider reaches so many times the default where more is allowed: nobody aims among a million. */
const REACH = 5;

/**
 * One adjustable number, as the server tells it (`adjust`, `settings`, `/api/parameters`).
 *
 * @typedef {object} Entry
 * @property {string} [path]
 * @property {string} [name]
 * @property {string} label
 * @property {string} [note]
 * @property {number} [value] Now; the default if absent.
 * @property {number|null} [default]
 * @property {number|null} [low] Low end of the range; the slider covers what of it is of use.
 * @property {number|null} [high]
 * @property {number|null} [step] A step that is worth making.
 * @property {boolean} [whole] Whole numbers only.
 * @property {string} [unit] As a person reads it.
 * @property {boolean} [percent] A share, to be shown in percent.
 * @property {string|string[]} [source]
 * @property {string} [confidence]
 * @property {string} [confidence_label]
 */

/**
 * A field for an amount that may stay empty: no limit.
 *
 * @param {object} attributes Its id, what it listens to, what it says while it is empty.
 * @returns {HTMLInputElement}
 */
export const limitInput = (attributes) =>
  h("input", { type: "number", class: "input number", min: 0, step: "any", inputmode: "decimal", ...attributes });

/**
 * A value with its unit: `¥200`, `12%`, `500 persons`.
 *
 * @param {Entry} entry
 * @param {number|null|undefined} value
 */
export function show(entry, value) {
  if (value === null || value === undefined) return "—";
  const decimals = entry.percent ? 1 : Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 2 : 4;
  const text = written(entry.percent ? 100 * value : value, decimals);
  const unit = entry.percent ? "%" : (entry.unit ?? "");
  return unit === "%" ? `${text}%` : unit ? `${text} ${unit}` : text;
}

/**
 * The low end of a range: its unit stands at the high end, except a percent sign.
 *
 * @param {Entry} entry
 * @param {number} value
 */
function bare(entry, value) {
  return show(entry.percent || entry.unit === "%" ? entry : { ...entry, unit: "" }, value);
}

/**
 * @typedef {object} FieldOptions
 * @property {(value: number) => void} onChange When the value is settled (field left, slider let go).
 * @property {(value: number) => void} [onInput] While it moves.
 * @property {boolean} [slider] Without one if the range is not known.
 * @property {boolean} [compact] The label and the field alone, no slider and no details.
 * @property {number} [min] What can be typed at least.
 * @property {number} [max]
 * @property {(element: HTMLElement) => void} [onReset] After "back to default".
 */

/**
 * @param {Entry} entry
 * @param {FieldOptions} options
 * @returns {HTMLElement & {set: (value: number) => void, fail: (message: string|null) => void}}
 */
export function numberField(entry, options) {
  const scale = entry.percent ? 100 : 1;
  const { element, input, slider, span, error, reset, dot } = build(entry, options);
  let value = entry.value ?? entry.default ?? 0;

  /** @param {"input"|"slider"|"none"} from What moves already. */
  const paint = (from = "none") => {
    if (from !== "input") input.value = String(round(value * scale));
    if (slider && span && from !== "slider") slider.value = String(toSlider(span, value));
    slider?.setAttribute("aria-valuetext", show(entry, value));
    const changed = entry.default !== undefined && entry.default !== null && !near(value, entry.default);
    element.classList.toggle("changed", changed);
    reset.style.visibility = changed ? "visible" : "hidden";
    dot.hidden = !changed;
  };
  /** @param {boolean} settled */
  const typed = (settled) => {
    const read = input.valueAsNumber / scale;
    if (Number.isNaN(read)) {
      if (settled) paint();
      return;
    }
    value = settled ? clamp(entry.whole ? Math.round(read) : read, options.min, options.max) : read;
    paint(settled ? "none" : "input");
    (settled ? options.onChange : options.onInput)?.(value);
  };
  input.addEventListener("input", () => typed(false));
  input.addEventListener("change", () => typed(true));
  reset.addEventListener("click", () => {
    value = /** @type {number} */ (entry.default);
    paint();
    options.onChange(value);
    input.focus();
  });
  slider?.addEventListener("input", () => {
    value = fromSlider(/** @type {any} */ (span), Number(slider.value));
    paint("slider");
    options.onInput?.(value);
  });
  slider?.addEventListener("change", () => options.onChange(value));
  paint();

  const set = (/** @type {number} */ given) => {
    value = given;
    paint();
  };
  const fail = (/** @type {string|null} */ message) => {
    error.textContent = message ?? "";
    error.hidden = !message;
    if (message) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  };
  return Object.assign(element, { set, fail });
}

/**
 * The elements of a field.
 *
 * @param {Entry} entry
 * @param {FieldOptions} options
 */
function build(entry, options) {
  const scale = entry.percent ? 100 : 1;
  const id = newId("number");
  const input = h("input", {
    type: "number",
    id,
    class: "input number",
    inputmode: "decimal",
    step: "any",
    min: options.min === undefined ? null : options.min * scale,
    max: options.max === undefined ? null : options.max * scale,
    "aria-describedby": `${id}-unit ${id}-error`,
  });
  const span = options.compact || options.slider === false ? null : scaleOf(entry);
  const slider = makeSlider(entry, span, id);
  const error = h("p", { class: "field-error", id: `${id}-error`, hidden: true });
  const reset = h(
    "button",
    { type: "button", class: "reset", title: upper(say("button.reset")) },
    icon("reset", 14),
    h("span", null, upper(say("button.reset"))),
    h("span", { class: "only-heard" }, entry.label),
  );
  const changed = say("web.parts.changed");
  const dot = h("span", { class: "changed-dot", role: "img", "aria-label": changed, title: changed });
  const unit = h("span", { class: "unit", id: `${id}-unit` }, entry.percent ? "%" : (entry.unit ?? ""));
  const head = h("div", { class: "field-head" }, h("label", { for: id, class: "field-label" }, entry.label), dot);
  if (!options.compact) head.append(reset);
  const element = h(
    "div",
    { class: `field number-field${options.compact ? " compact" : ""}`, data: { path: entry.path ?? entry.name } },
    head,
    h("div", { class: "field-row" }, h("span", { class: "number-box" }, input, unit), slider),
    error,
    options.compact ? null : about(entry),
  );
  return { element, input, slider, span, error, reset, dot };
}

/**
 * What a slider covers: its ends in numbers, and whether it is even in the number or its logarithm.
 *
 * @param {Entry} entry
 * @returns {{low: number, high: number, even: boolean, step: number}|null} `null`: no slider is of use.
 */
function scaleOf({ low, high, default: usual, step, whole }) {
  if (low == null || high == null || high <= low) return null;
  if (low > 0 && high / low > WIDE) return { low, high, even: false, step: step ?? 0 };
  const size = REACH * Math.abs(usual ?? 0);
  const far = size > 0 && high - low > 2 * size;
  const ends = far ? { low: Math.max(low, low < 0 ? -size : low), high: Math.min(high, roundUp(size)) } : { low, high };
  return { ...ends, even: true, step: step ?? (whole ? 1 : niceStep(ends.high - ends.low)) };
}

/**
 * @param {Entry} entry
 * @param {ReturnType<typeof scaleOf>} scale
 * @param {string} id
 * @returns {HTMLInputElement|null}
 */
function makeSlider(entry, scale, id) {
  if (!scale) return null;
  // One press of an arrow key is one step of the number, so the slider counts in the number itself.
  const [min, max] = scale.even ? [scale.low, scale.high] : [0, STEPS];
  const at = entry.default == null ? null : (toSlider(scale, entry.default) - min) / (max - min);
  return h("input", {
    type: "range",
    class: "slider",
    id: `${id}-slider`,
    "aria-label": entry.label,
    min,
    max,
    step: scale.even ? scale.step : 1,
    style: { "--default": at === null ? null : String(Math.min(1, Math.max(0, at))) },
  });
}

/**
 * What the number means, its range, where it comes from: opened by whoever wants to know.
 *
 * @param {Entry} entry
 */
function about(entry) {
  const source = Array.isArray(entry.source) ? entry.source : entry.source ? [entry.source] : [];
  const facts = [
    entry.low != null && entry.high != null
      ? [say("word.range"), say("web.parts.from_to", { low: bare(entry, entry.low), high: show(entry, entry.high) })]
      : null,
    entry.default != null ? [say("web.parts.default"), show(entry, entry.default)] : null,
    entry.confidence_label ? [say("word.confidence"), entry.confidence_label] : null,
    source.length ? [say("word.source"), source.join("; ")] : null,
  ].filter((fact) => fact !== null);
  if (!entry.note && !facts.length) return null;
  const range = facts[0] ? `${facts[0][0]} ${facts[0][1]}` : upper(say("button.details"));
  const sure = entry.confidence_label ? ` · ${say("word.confidence")} ${entry.confidence_label}` : "";
  return h(
    "details",
    { class: "about" },
    h("summary", null, icon("info", 14), h("span", null, upper(range + sure))),
    entry.note && h("p", null, entry.note),
    h("dl", null, facts.map(([term, meaning]) => [h("dt", null, upper(term)), h("dd", null, meaning)])),
  );
}

/**
 * @param {NonNullable<ReturnType<typeof scaleOf>>} scale
 * @param {number} value
 */
function toSlider({ low, high, even }, value) {
  const inside = clamp(value, low, high);
  return even ? inside : Math.round((STEPS * Math.log(inside / low)) / Math.log(high / low));
}

/**
 * @param {NonNullable<ReturnType<typeof scaleOf>>} scale
 * @param {number} at
 */
function fromSlider({ low, high, even, step }, at) {
  if (even) return round(at);
  const raw = low * (high / low) ** (at / STEPS);
  const fine = Math.max(step, niceStep(raw));
  return clamp(round(Math.round(raw / fine) * fine), low, high);
}

/**
 * A round step of about a hundredth.
 *
 * @param {number} span
 */
function niceStep(span) {
  return 10 ** Math.floor(Math.log10(Math.abs(span) / 50 || 1));
}

/**
 * The next number above with one digit: an end of a slider that can be read.
 *
 * @param {number} size
 */
function roundUp(size) {
  const unit = 10 ** Math.floor(Math.log10(size));
  return round(Math.ceil(size / unit) * unit);
}

/** @param {number} value */
function round(value) {
  return Number(value.toPrecision(10));
}

/**
 * @param {number} one
 * @param {number} other
 */
function near(one, other) {
  return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other));
}
