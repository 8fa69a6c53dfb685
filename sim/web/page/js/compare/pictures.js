/** Four figures in one place, one at a time: tabs as the keyboard knows them. */

import { fill, h, newId } from "../dom.js";
import { say } from "../words.js";
import { figure, renew } from "../figures.js";

/** Figures that stand in the tabs; all others stand below. */
export const TABBED = ["money", "active", "members", "stages"];

/**
 * @returns {{element: HTMLElement, paint: (view: object|null, running: boolean) => void}}
 */
export function makePictures() {
  const tabs = h("div", { class: "tabs", role: "tablist", "aria-label": say("web.compare.figures") });
  const panel = h("div", { class: "tab-panel", role: "tabpanel", id: newId("panel"), tabindex: "-1" });
  const none = h("p", { class: "pictures-none" }, say("web.compare.no_figures"));
  const element = h("section", { class: "pictures", "aria-label": say("web.compare.figures") }, tabs, panel);
  const made = new Map();
  let chosen = null;
  let keys = [];

  const show = (key, focus = false) => {
    chosen = key;
    for (const tab of tabs.children) {
      const own = tab.dataset.key === key;
      tab.setAttribute("aria-selected", String(own));
      tab.tabIndex = own ? 0 : -1;
      if (own) panel.setAttribute("aria-labelledby", tab.id);
      if (own && focus) tab.focus();
    }
    for (const [name, place] of made) place.hidden = name !== key;
  };
  const move = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -keys.length, End: keys.length }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = Math.min(keys.length - 1, Math.max(0, keys.indexOf(chosen) + step));
    show(keys[at], true);
  };
  tabs.addEventListener("keydown", move);

  const layOut = (figures) => {
    keys = figures.map(({ key }) => key);
    fill(tabs, figures.map(({ key, title }) =>
      h("button", { type: "button", role: "tab", class: "tab", id: newId("tab"), "aria-controls": panel.id, data: { key }, on: { click: () => show(key) } }, title),
    ));
    for (const [key, place] of made) if (!keys.includes(key)) {
      place.remove();
      made.delete(key);
    }
    show(keys.includes(chosen) ? chosen : keys[0]);
  };
  const paint = (view, running) => {
    const figures = TABBED.flatMap((key) => (view?.figures ?? []).filter((one) => one.key === key));
    if (!figures.length) {
      keys = [];
      made.clear();
      fill(tabs);
      fill(panel, none);
      return;
    }
    none.remove();
    for (const data of figures) {
      const old = made.get(data.key);
      if (old) renew(old.firstChild, data, { soFar: running });
      else {
        const place = h("div", { class: "tab-place", hidden: true }, figure(data, { fill: true, soFar: running, level: 0 }));
        made.set(data.key, place);
        panel.append(place);
      }
    }
    if (figures.map(({ key }) => key).join() !== keys.join()) layOut(figures);
  };
  return { element, paint };
}
