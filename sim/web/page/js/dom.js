/**
 * Elements without a framework. Text is always text: nothing here parses HTML, so a name, a log or a
 * file can never bring markup into the page.
 */

const SVG = "http://www.w3.org/2000/svg";

/** Attributes that are properties of the element: the attribute would only set their beginning. */
const PROPERTIES = new Set(["value", "checked", "disabled", "selected", "indeterminate", "open", "hidden"]);

/**
 * @typedef {Node|string|number|null|undefined|false|Child[]} Child
 */

/**
 * An element.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>|null} [attributes] `class`, `id`, `aria-label`, ...; `on: {click: f}` for
 *   listeners; `style: {width: "3px", "--at": "40%"}`; `data: {key: "x"}`. `true` is an empty attribute;
 *   `false`, `null` and `undefined` leave one out.
 * @param {...Child} children Nodes, texts, lists of them; `null`, `undefined` and `false` are skipped.
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  decorate(element, attributes ?? {});
  add(element, children);
  return element;
}

/**
 * An SVG element; attributes and children as of {@link h}.
 *
 * @param {string} tag
 * @param {Record<string, any>|null} [attributes]
 * @param {...Child} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  decorate(element, attributes ?? {});
  add(element, children);
  return element;
}

/**
 * Puts these children in place of all there were.
 *
 * @template {Element} E
 * @param {E} element
 * @param {...Child} children
 * @returns {E}
 */
export function fill(element, ...children) {
  element.replaceChildren();
  add(element, children);
  return element;
}

let made = 0;

/**
 * A new id, for `for`, `aria-labelledby` and the like.
 *
 * @param {string} [prefix]
 */
export function newId(prefix = "id") {
  made += 1;
  return `${prefix}-${made}`;
}

/**
 * @param {HTMLElement|SVGElement} element
 * @param {Record<string, any>} attributes
 */
function decorate(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") {
      for (const [type, listener] of Object.entries(value)) {
        if (listener) element.addEventListener(type, listener);
      }
    } else if (name === "style") {
      for (const [property, set] of Object.entries(value)) {
        if (set != null) element.style.setProperty(property, String(set));
      }
    } else if (name === "data") {
      for (const [key, set] of Object.entries(value)) if (set != null) element.dataset[key] = String(set);
    } else if (PROPERTIES.has(name) && name in element) {
      if (value != null) element[name] = value;
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value != null) {
      element.setAttribute(name, String(value));
    }
  }
}

/**
 * @param {Element} element
 * @param {Child[]} children
 */
function add(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) add(element, child);
    else if (child instanceof Node) element.append(child);
    else if (child != null && child !== false) element.append(String(child));
  }
}
