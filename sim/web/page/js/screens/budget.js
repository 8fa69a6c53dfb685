/** 花多少钱: what is the best mix for so much money, so many hours and this goal? */

import { announce } from "../announce.js";
import { FINAL, get, post, watchTask } from "../api.js";
import { planAnswer } from "../budget/answer.js";
import { questionForm } from "../budget/form.js";
import { planState } from "../budget/state.js";
import { catalogue } from "../catalogue.js";
import { fill, h } from "../dom.js";
import { toggleTable } from "../figures.js";
import { bind } from "../keys.js";
import { errorBox, linkButton, notice, toast } from "../parts.js";
import { columnShown, portraitOf } from "../policies/desk.js";
import { freeName } from "../policies/model.js";
import { go, title } from "../router.js";
import * as store from "../store.js";
import { goOn, stop, taskOf } from "../tasks.js";
import { say } from "../words.js";

const NARROW = matchMedia("(max-width: 900px)");

/** One plan on the screen. */
class Budget {
  /**
   * @param {HTMLElement} host
   * @param {object} known Catalogue.
   * @param {object} portrait Of the community.
   * @param {object|null} task Its last plan.
   */
  constructor(host, known, portrait, task) {
    this.known = known;
    this.task = task;
    this.view = null;
    this.starting = false;
    this.unwatch = () => {};
    const work = store.work();
    const asked = task?.asked ?? {};
    this.form = questionForm(known, {
      budget: asked.budget ?? work.budget ?? null,
      minutes: asked.minutes ?? work.minutes ?? null,
      goal: asked.goal ?? work.goal,
      candidates: asked.candidates ?? null,
    }, usesOf(work, portrait), { submit: () => void this.run(), change: () => this.paint() });
    this.answer = planAnswer((variant) => this.put(variant));
    this.state = planState({ run: () => this.run(), stop: () => this.stop(), goOn: () => this.goOn() });
    this.notices = h("div", { class: "plan-notices" });
    this.changed = notice(say("web.budget.changed"), { kind: "warn" });
    this.empty = h("p", { class: "plan-empty" }, say("web.budget.empty"));
    host.append(
      h(
        "div",
        { class: "budget" },
        h(
          "div",
          { class: "budget-ask" },
          h("h1", null, say("web.budget.title")),
          h("p", { class: "muted small" }, say("web.budget.about")),
          this.form.element,
          this.state.element,
          linkButton(say("web.budget.back"), `#/policies/${work.id}`, { kind: "quiet", attributes: { class: "button quiet budget-back" } }),
        ),
        h("div", { class: "budget-answer" }, this.notices, this.changed, this.empty, this.answer.element),
      ),
    );
  }

  async open() {
    if (!this.task) return this.paint();
    this.live = !FINAL.has(this.task.state);
    if (!this.live) this.view = await get(`/api/tasks/${this.task.id}/view`).catch(() => null);
    this.paint();
    if (this.live) this.watch();
  }

  watch() {
    this.unwatch();
    this.live = true;
    const { id } = this.task;
    this.unwatch = watchTask(id, {
      onTask: (task) => {
        this.task = task;
        this.paint();
      },
      onView: (view) => {
        this.view = view;
        this.paint();
      },
      onEnd: (task) => void this.end(task),
      onError: (error) => fill(this.notices, errorBox(error)),
    });
  }

  /** It is over: the verdict is heard once. */
  async end(task) {
    this.task = task;
    this.view = (await get(`/api/tasks/${task.id}/view`).catch(() => null)) ?? this.view;
    this.live = false;
    this.paint();
    if (task.state !== "done") return;
    const { activeElement } = document;
    const idle = !activeElement || activeElement === document.body || this.state.element.contains(activeElement);
    if (NARROW.matches) this.answer.element.scrollIntoView();
    if (idle) this.answer.head.focus({ preventScroll: true });
    announce((this.view?.verdict ?? []).join(" "));
  }

  async run() {
    if (this.starting || this.live) return;
    if (this.form.read().candidates?.length === 0) {
      toast(say("web.budget.choose_one"));
      return;
    }
    this.starting = true;
    this.paint();
    try {
      await store.flush();
      this.task = taskOf(await post(`/api/works/${store.work().id}/plan`, this.form.read()));
      this.view = null;
      fill(this.notices);
      this.watch();
    } catch (error) {
      fill(this.notices, errorBox(error));
    } finally {
      this.starting = false;
      this.paint();
    }
  }

  /** Stops within a second: what was found so far stays. */
  async stop() {
    await this.tell(async () => {
      this.task = await stop(this.task.id);
    });
  }

  async goOn() {
    await this.tell(async () => {
      this.task = await goOn(this.task.id);
      this.watch();
    });
  }

  async tell(act) {
    try {
      await act();
    } catch (error) {
      fill(this.notices, errorBox(error));
    }
    this.paint();
  }

  paint() {
    const soFar = Boolean(this.live) || this.view?.final === false;
    this.state.paint(this.task, this.starting);
    this.answer.paint(this.view, soFar);
    this.answer.element.classList.toggle("stale", this.stale());
    this.changed.hidden = !this.stale();
    this.empty.hidden = Boolean(this.view);
    this.empty.textContent = say(this.live ? "web.budget.wait" : "web.budget.empty");
    title(`${this.task?.state === "done" ? "✓ " : ""}${say("web.budget.title")}`);
  }

  /** Whether something else is asked by now than what was answered. */
  stale() {
    if (!this.view || this.live || !this.task?.asked) return false;
    const asked = this.form.read();
    return Object.keys(asked).some((key) => plain(asked[key]) !== plain(this.task.asked[key]));
  }

  /** A mix becomes a variant, and one sees it on the calendar. */
  put(variant) {
    const work = store.work();
    const most = this.known.limits.variants - 1;
    if (work.variants.length >= most) {
      toast(say("web.policies.full", { limit: most + 1 }));
      return;
    }
    store.change((draft) => {
      const name = freeName(draft, variant.name || say("web.budget.variant"));
      draft.variants.push({ policies: [], without: [], set: {}, ...structuredClone(variant), name });
    }, say("web.policies.did_variant"));
    columnShown.set(work.id, work.variants.length + 1);
    go(`#/policies/${work.id}`);
  }
}

/** A value for comparing: nothing is null, and the order of candidates says nothing. */
const plain = (value) => JSON.stringify(Array.isArray(value) ? [...value].sort() : (value ?? null));

/** Policies of the community and of the work. */
function usesOf(work, portrait) {
  const written = [work, ...work.variants].flatMap((one) => one.policies ?? []);
  return [...new Set([...portrait.policies.map((one) => one.entry), ...written].map((one) => one.use))];
}

/**
 * @param {HTMLElement} host
 * @returns {Promise<() => void>}
 */
export async function screen(host) {
  const work = store.work();
  const [known, portrait, { runs = [] }] = await Promise.all([catalogue(), portraitOf(work), get(`/api/works/${work.id}`)]);
  const last = runs.find((one) => one.kind === "plan");
  const task = last ? await get(`/api/tasks/${last.id}`).then(taskOf, () => null) : null;
  const page = new Budget(host, known, portrait, task);
  await page.open();
  const leave = bind([
    { combo: "ctrl+enter", act: () => void page.run(), label: say("web.budget.run") },
    { combo: "t", act: () => toggleTable(), label: say("web.budget.table") },
    { combo: "escape", act: () => (page.live ? void page.stop() : false), label: say("button.stop") },
  ]);
  return () => {
    leave();
    page.unwatch();
  };
}
