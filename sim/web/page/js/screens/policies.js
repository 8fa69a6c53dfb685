/** 排方案: what could we do? Policies on a calendar, in up to six columns, against money and time. */

import { post } from "../api.js";
import { catalogue } from "../catalogue.js";
import { h } from "../dom.js";
import { bind } from "../keys.js";
import { button, drawer, iconButton, linkButton, notice, toast } from "../parts.js";
import { aside } from "../policies/aside.js";
import { makeCalendar } from "../policies/calendar.js";
import { checker, columnOfError, errorsAt, foundOf } from "../policies/checking.js";
import { actionsOf, newDesk, portraitOf } from "../policies/desk.js";
import { dropTarget } from "../policies/dropping.js";
import { library } from "../policies/library.js";
import { itemList } from "../policies/list.js";
import { changeCount, items, leftOut } from "../policies/model.js";
import { redraw } from "../policies/redraw.js";
import { variantTabs } from "../policies/tabs.js";
import { limits, warnings, weekStrips } from "../policies/totals.js";
import { go, title } from "../router.js";
import * as store from "../store.js";
import { say } from "../words.js";

const NARROW = matchMedia("(max-width: 760px)");
const NO_LIBRARY = matchMedia("(max-width: 1023px)");

/**
 * @param {HTMLElement} host
 * @returns {Promise<() => void>}
 */
export async function screen(host) {
  const [known, portrait] = await Promise.all([catalogue(), portraitOf(store.work())]);
  const desk = newDesk(store.work(), known, portrait);
  const page = new Page(host, desk, known);
  title(say("web.policies.title"));
  page.render();
  page.check(0);
  const leave = [
    store.subscribe(({ reason, work }) => {
      if (!work || !["change", "undo", "redo"].includes(reason)) return;
      page.render();
      page.check();
    }),
    bind(page.keys()),
    page.follow(),
  ];
  return () => leave.forEach((one) => one());
}

/** The parts of the screen, and what redraws them. */
class Page {
  /** @param {HTMLElement} host @param {import("../policies/desk.js").Desk} desk */
  constructor(host, desk, known) {
    this.desk = desk;
    this.actions = actionsOf(desk, () => this.render());
    this.checker = checker((answer, failure) => this.heard(answer, failure));
    this.sheet = null;
    this.goals = known.goals;
    const { add, read } = this.actions;
    const drag = (key) => dropTarget(this.plan, store.work().days, (day) => add(key, day), desk.policies.get(key).name);
    this.library = library(known.policies, { add: (key) => this.addFrom(key), read: (key) => read(key), drag });
    this.aside = aside(desk, this.actions);
    this.limits = limits(this.actions);
    this.build(host);
  }

  build(host) {
    this.tabs = h("div", { class: "tabs-place" });
    this.calendar = makeCalendar(this.actions);
    this.hint = h("div", null);
    this.list = h("div", null);
    this.left = h("div", null);
    this.plan = h("div", { class: "plan", id: "variant-panel", role: "tabpanel", tabindex: "-1" }, this.hint, this.calendar.element, this.list, this.left);
    this.strips = h("div", { class: "strips-place" });
    this.warned = h("div", { class: "warned" });
    this.changes = h("div", { class: "changes" });
    this.history = makeHistory();
    this.root = h(
      "div",
      { class: "policies" },
      h("div", { class: "policies-head" }, h("h1", null, say("web.policies.title")), this.history, this.line(), this.budgetLink()),
      this.library.element,
      h("section", { class: "middle", "aria-label": say("web.policies.middle") }, this.tabs, this.plan, this.strips, this.limits.element, this.warned),
      this.aside.element,
      h("div", { class: "policies-foot" }, this.changes, this.addButton(), this.compareButton()),
      h("p", { class: "only-heard", id: "calendar-keys" }, say("web.policies.heard_keys")),
      h("p", { class: "only-heard", id: "library-keys" }, say("web.policies.heard_library")),
    );
    host.append(this.root);
  }

  line() {
    const { days, goal } = store.work();
    const label = this.goals.find((one) => one.key === goal)?.label ?? goal;
    return h("p", { class: "policies-line" }, say("web.policies.line", { days, goal: label }));
  }

  budgetLink() {
    return linkButton(say("web.policies.budget"), `#/budget/${store.work().id}`, { kind: "quiet", attributes: { class: "button quiet to-budget" } });
  }

  addButton() {
    return button(say("web.policies.add_policy"), {
      icon: "plus",
      attributes: { class: "button plain add-policy" },
      act: () => this.openLibrary(),
    });
  }

  compareButton() {
    return button(say("button.start_compare"), { kind: "primary", keys: "Ctrl+Enter", act: () => this.compare() });
  }

  keys() {
    const { desk, actions } = this;
    const step = (by) => () => {
      const column = desk.column + by;
      if (column < 0 || column > store.work().variants.length) return false;
      actions.show(column);
      return true;
    };
    return [
      { combo: "ctrl+enter", act: () => void this.compare(), label: say("button.start_compare") },
      { combo: "/", act: () => this.find(), label: say("web.policies.find") },
      { combo: "[", act: step(-1), label: say("web.policies.previous") },
      { combo: "]", act: step(1), label: say("web.policies.next") },
    ];
  }

  /** Another layout when the window becomes narrow or wide. */
  follow() {
    const again = () => {
      this.sheet?.close();
      this.root.insertBefore(this.library.element, this.root.children[1]);
      this.root.insertBefore(this.aside.element, this.root.querySelector(".policies-foot"));
      this.render();
    };
    for (const one of [NARROW, NO_LIBRARY]) one.addEventListener("change", again);
    return () => {
      for (const one of [NARROW, NO_LIBRARY]) one.removeEventListener("change", again);
      this.checker.stop();
      this.sheet?.close();
    };
  }

  check(wait) {
    this.checker.ask(store.work(), wait);
  }

  heard(answer, failure) {
    if (answer) this.desk.answer = answer;
    this.desk.failure = failure;
    this.fresh = Boolean(answer);
    this.render();
  }

  /** Draws what has changed; the focus stays where it is. */
  render() {
    const { desk } = this;
    const work = store.work();
    if (!work) return;
    desk.column = Math.min(desk.column, work.variants.length);
    const all = items(work, desk.column, desk.community, desk.order);
    if (!all.some((one) => one.key === desk.selected)) desk.selected = null;
    const found = desk.answer?.variants?.[desk.column];
    keepFocus(this.root, () => {
      this.drawTabs(work);
      this.drawPlan(work, all);
    });
    const limit = work.minutes ?? null;
    redraw(this.strips, [found?.weeks, work.days, limit], () => weekStrips(found, { days: work.days, minutes: limit }));
    this.limits.update(work, found);
    this.drawWarnings(found);
    this.aside.update(work, all);
    this.drawFoot(work);
  }

  drawTabs(work) {
    const { desk, actions } = this;
    const wrong = [...new Set((desk.answer?.errors ?? []).map(columnOfError))];
    const content = [work.variants.map((one) => one.name), desk.column, wrong];
    redraw(this.tabs, content, () =>
      variantTabs(work, desk.column, { most: desk.most, wrong }, {
        show: actions.show,
        add: actions.addVariant,
        copy: actions.copyVariant,
        remove: actions.removeVariant,
        rename: actions.renameVariant,
      }),
    );
  }

  drawPlan(work, all) {
    const { desk, actions } = this;
    const errors = new Map();
    for (const item of all) {
      const found = item.at ? [...errorsAt(desk.answer, item.at).values()] : [];
      if (found.length) errors.set(item.key, found.join(" "));
    }
    const shown = {
      items: all, days: work.days, policies: desk.policies, errors,
      found: this.fresh ? foundOf(desk.answer, desk.column) : new Map(), selected: desk.selected,
    };
    const narrow = NARROW.matches;
    const first = desk.column === 0 && !work.variants.length;
    this.plan.setAttribute("aria-labelledby", `variant-tab-${desk.column}`);
    redraw(this.hint, [first, all.length], () => this.hints(first, all.length));
    this.calendar.element.hidden = narrow || !all.length;
    this.list.hidden = !narrow;
    if (!narrow) this.calendar.update(shown);
    else {
      const content = [all, work.days, [...errors], [...shown.found].map(([key, one]) => [key, one.money])];
      redraw(this.list, content, () => itemList(shown, { open: (key) => this.openSettings(key), remove: actions.remove }));
    }
    redraw(this.left, leftOut(work, desk.column), () => this.leftOut(work));
  }

  hints(first, count) {
    const add = () => button(say("button.add_variant"), { icon: "plus", act: this.actions.addVariant });
    return [
      first && notice(say("web.policies.first"), { actions: [add()] }),
      count === 0 && h("p", { class: "nothing" }, say("web.policies.empty")),
    ];
  }

  /** What is done now and not in this variant, with the way back. */
  leftOut(work) {
    const { desk, actions } = this;
    const uses = leftOut(work, desk.column);
    if (!uses.length) return null;
    const one = (use) => {
      const name = desk.policies.get(use)?.name ?? use;
      return h("li", null, h("s", null, name), button(say("web.policies.put_back"), {
        kind: "quiet", act: () => actions.putBack(use), attributes: { "aria-label": say("web.policies.put_back_one", { name }) },
      }));
    };
    return h("div", { class: "left-out" }, h("h3", null, say("web.policies.left_out")), h("ul", null, uses.map(one)));
  }

  drawWarnings(found) {
    const { answer, failure, column } = this.desk;
    const errors = (answer?.errors ?? []).filter((one) => columnOfError(one) === column).map((one) => one.message);
    const over = (found?.over ?? []).map((one) => one.message);
    const others = (answer?.warnings ?? []).filter((one) => one.variant === column).map((one) => one.message);
    const failed = failure && !failure.lost ? failure.message : "";
    redraw(this.warned, [errors, over, others, failed], () => [
      failed && notice(failed, { kind: "error" }),
      warnings([...errors, ...over, ...others]),
    ]);
  }

  drawFoot(work) {
    const { desk } = this;
    const count = changeCount(work, desk.column, desk.community);
    const told = this.fresh ? (desk.answer?.changes?.[desk.column] ?? []) : [];
    const text = say(desk.column === 0 ? "web.policies.changed_now" : "web.policies.changed", { count });
    const list = count && told.length ? told : [];
    redraw(this.changes, [text, list], () => list.length
      ? h("details", { class: "change-list", on: { focusout: closeOutside, keydown: closeOnEscape } }, h("summary", null, text), h("ul", null, list.map((line) => h("li", null, line))))
      : h("p", null, text));
    paintHistory(this.history);
  }

  find() {
    if (NO_LIBRARY.matches) this.openLibrary();
    this.library.find();
  }

  addFrom(key) {
    this.actions.add(key);
    if (NO_LIBRARY.matches) this.sheet?.close();
  }

  openLibrary() {
    this.sheet = drawer(say("web.policies.library"), this.library.element, {
      onClose: () => this.root.insertBefore(this.library.element, this.root.children[1]),
    });
    this.sheet.element.classList.add("policies-sheet");
    this.library.find();
  }

  openSettings(key) {
    this.actions.select(key);
    this.sheet = drawer(this.desk.policies.get(key.split("#")[0])?.name ?? key, this.aside.element, {
      onClose: () => this.root.insertBefore(this.aside.element, this.root.querySelector(".policies-foot")),
    });
    this.sheet.element.classList.add("policies-sheet");
  }

  /** Goes to what keeps the work from being simulated. */
  showWrong(error) {
    const { desk, actions } = this;
    const work = store.work();
    if (columnOfError(error) !== desk.column) actions.show(columnOfError(error));
    const all = items(work, desk.column, desk.community, desk.order);
    const item = all.find((one) => one.at && `${error.at}.`.startsWith(`${one.at}.`));
    if (item) {
      if (NARROW.matches) this.openSettings(item.key);
      else actions.select(item.key);
    }
    toast(error.message);
    this.aside.element.querySelector("[aria-invalid='true']")?.focus();
  }

  /** Saves, begins, and goes to where the result appears. */
  async compare() {
    const work = store.work();
    if (!work.variants.length) {
      toast(say("web.policies.nothing_to_compare"));
      return;
    }
    const wrong = this.desk.answer?.errors?.[0];
    if (wrong && this.fresh) {
      this.showWrong(wrong);
      return;
    }
    try {
      await store.flush();
      await post(`/api/works/${work.id}/compare`);
      go(`#/compare/${work.id}`);
    } catch (error) {
      if (!error.lost) toast(error.message);
    }
  }
}

/** A list that lies over others goes when the focus does. */
function closeOutside(event) {
  const list = event.currentTarget;
  if (!list.contains(event.relatedTarget)) list.open = false;
}

function closeOnEscape(event) {
  if (event.key !== "Escape" || !event.currentTarget.open) return;
  event.preventDefault();
  event.currentTarget.open = false;
}

/** Undo and redo as buttons that say what they would do. */
function makeHistory() {
  return h(
    "div",
    { class: "history" },
    iconButton("undo", say("button.undo"), () => void store.undo(), { "aria-keyshortcuts": "Control+Z" }),
    iconButton("redo", say("button.redo"), () => void store.redo(), { "aria-keyshortcuts": "Control+Shift+Z" }),
  );
}

function paintHistory(host) {
  for (const [at, [key, what]] of [["undo", store.undoLabel()], ["redo", store.redoLabel()]].entries()) {
    const label = what ? say(`web.policies.${key}`, { what }) : say(`button.${key}`);
    const one = host.children[at];
    one.title = label;
    one.setAttribute("aria-label", label);
    // Not the property: a disabled button would lose the focus of whoever presses it again.
    one.setAttribute("aria-disabled", what ? "false" : "true");
  }
}

/** Redraws, and gives the focus back to what had it, by its key. */
function keepFocus(root, draw) {
  const had = document.activeElement;
  const inside = root.contains(had);
  const key = inside ? had.dataset?.key : undefined;
  const tab = inside ? had.closest?.("[role=tablist]") : null;
  const add = inside && had.classList.contains("add-variant");
  const rows = [...root.querySelectorAll(".item")];
  const place = rows.indexOf(had);
  draw();
  if (!inside || root.contains(document.activeElement)) return;
  if (tab) root.querySelector("[role=tab][aria-selected=true]")?.focus();
  else if (add) root.querySelector(".add-variant")?.focus();
  else if (key) {
    const again = root.querySelector(`.plan [data-key="${CSS.escape(key)}"]`);
    const next = [...root.querySelectorAll(".item")];
    (again ?? next[Math.min(Math.max(place, 0), next.length - 1)])?.focus({ preventScroll: Boolean(again) });
  }
}
