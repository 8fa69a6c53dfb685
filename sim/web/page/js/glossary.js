/** The glossary drawer and the list of keys. */

import { announce } from "./announce.js";
import { catalogue } from "./catalogue.js";
import { fill, h } from "./dom.js";
import { caps, lettersOn, listed, setLetters } from "./keys.js";
import { dialog, drawer, errorBox, skeleton, textField } from "./parts.js";
import { lang, say } from "./words.js";

/** @type {import("./parts/dialog.js").Opened|null} */
let opened = null;

/** Opens the glossary, or closes it if it is open. */
export function glossary() {
  if (opened) return opened.close();
  const list = h("div", null, skeleton({ height: "64px" }, { height: "64px" }, { height: "64px" }));
  const find = textField(say("web.shell.find_word"), {
    hideLabel: true,
    attributes: { role: "searchbox", placeholder: say("web.shell.find_word") },
    onInput: (text) => paint(text, true),
  });
  /** @type {{term: string, meaning: string}[]} */
  let entries = [];
  const paint = (/** @type {string} */ text, /** @type {boolean} */ asked) => {
    const wanted = plain(text);
    const found = entries.filter((one) => plain(one.term + one.meaning).includes(wanted));
    found.sort((a, b) => Number(plain(b.term).includes(wanted)) - Number(plain(a.term).includes(wanted)));
    fill(
      list,
      found.length
        ? h("dl", { class: "glossary" }, found.map(({ term, meaning }) => [h("dt", null, term), h("dd", null, meaning)]))
        : h("p", { class: "muted" }, say("web.shell.no_word")),
    );
    if (asked) announce(say("web.shell.words_found", { n: found.length }));
  };
  opened = drawer(say("web.shell.glossary"), [h("div", { class: "glossary-find" }, find), list], {
    onClose: () => {
      opened = null;
    },
  });
  find.input.focus();
  catalogue().then(
    (all) => {
      entries = [...all.glossary].sort((a, b) => a.term.localeCompare(b.term, lang() === "zh" ? "zh-CN" : "en"));
      paint(find.input.value, false);
    },
    (error) => fill(list, errorBox(error)),
  );
}

/** The list of keys, with the switch that turns single letters off. */
export function keysDialog() {
  const rows = listed().map((binding) => [
    h("dt", null, caps(binding).map((cap) => h("kbd", null, cap))),
    h("dd", null, binding.label),
  ]);
  const letters = h("input", {
    type: "checkbox",
    checked: lettersOn(),
    on: { change: () => setLetters(letters.checked) },
  });
  dialog(say("web.shell.keys"), [
    h("dl", { class: "keys-list" }, rows, [h("dt", null, h("kbd", null, "Esc")), h("dd", null, say("web.parts.close"))]),
    h("label", { class: "field-check" }, letters, h("span", null, say("web.shell.letters"))),
  ]);
}

/** @param {string} text */
function plain(text) {
  return text.normalize("NFKC").toLowerCase();
}
