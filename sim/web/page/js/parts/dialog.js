/** Dialogs and drawers, upon the browser's own modal dialog: focus stays inside, Esc closes, focus returns. */

import { h, newId } from "../dom.js";
import { say } from "../words.js";
import { iconButton } from "./basic.js";

/**
 * @typedef {object} Opened
 * @property {HTMLDialogElement} element
 * @property {() => void} close
 */

/**
 * A window over the page.
 *
 * @param {string} title
 * @param {import("../dom.js").Child} body
 * @param {{actions?: import("../dom.js").Child[], onClose?: () => void, wide?: boolean}} [options]
 *   `actions`: buttons at the foot.
 * @returns {Opened}
 */
export function dialog(title, body, { actions = [], onClose, wide = false } = {}) {
  return opened(wide ? "dialog wide" : "dialog", title, body, actions, onClose);
}

/**
 * A panel at the side.
 *
 * @param {string} title
 * @param {import("../dom.js").Child} body
 * @param {{onClose?: () => void}} [options]
 * @returns {Opened}
 */
export function drawer(title, body, { onClose } = {}) {
  return opened("drawer", title, body, [], onClose);
}

/**
 * @param {string} kind
 * @param {string} title
 * @param {import("../dom.js").Child} body
 * @param {import("../dom.js").Child[]} actions
 * @param {(() => void)|undefined} onClose
 * @returns {Opened}
 */
function opened(kind, title, body, actions, onClose) {
  const id = newId("dialog");
  const close = () => element.close();
  const element = h(
    "dialog",
    { class: kind, "aria-labelledby": id },
    h(
      "div",
      { class: "dialog-box" },
      h(
        "header",
        { class: "dialog-head" },
        h("h2", { id, tabindex: "-1" }, title),
        iconButton("close", say("web.parts.close"), close),
      ),
      h("div", { class: "dialog-body" }, body),
      actions.length ? h("footer", { class: "dialog-foot" }, actions) : null,
    ),
  );
  // Only a press that began outside closes: a text may be selected with the mouse past the edge.
  element.addEventListener("pointerdown", (event) => {
    if (event.target === element) close();
  });
  element.addEventListener("close", () => {
    element.remove();
    onClose?.();
  });
  document.body.append(element);
  element.showModal();
  return { element, close };
}
