/** Why: where a variant's difference comes from, policy by policy, and what would overturn it. */

import { FINAL, get, post, watchTask } from "../api.js";
import { announce } from "../announce.js";
import { fill, h } from "../dom.js";
import { bind } from "../keys.js";
import { button, cluster, empty, errorBox, linkButton, progress, segmented, skeleton } from "../parts.js";
import { go, title } from "../router.js";
import { goOn, stop, taskOf } from "../tasks.js";
import { say } from "../words.js";
import { figure, renew, toggleTable } from "../figures.js";
import { runsOf, stageSaid } from "../compare/runs.js";

/** Figures of an explanation; it has those of its comparison too. */
const SHOWN = new Set(["waterfall", "tornado"]);

/** The explanation of one variant of one comparison. */
class Why {
  /** @param {HTMLElement} host @param {string} work @param {object} compared view of the comparison. @param {string} of its task. @param {number} variant */
  constructor(host, work, compared, of, variant) {
    Object.assign(this, { host, work, compared, of, variant });
    this.unwatch = () => {};
    this.task = null;
    this.figures = new Map();
    this.build();
  }

  build() {
    const { variants } = this.compared;
    const name = variants[this.variant]?.name ?? "";
    const others = variants.slice(1).map((one) => ({ key: String(one.index), label: one.name }));
    this.bar = progress(say("web.why.running"));
    this.state = h("div", { class: "why-state" });
    this.told = h("div", { class: "notices" });
    this.reasons = h("ul", { class: "said" });
    this.pictures = h("div", { class: "why-figures" });
    fill(
      this.host,
      h(
        "div",
        { class: "why" },
        h(
          "header",
          { class: "screen-head" },
          h("div", null, h("h1", null, say("web.why.of", { name })), h("p", { class: "line" }, this.compared.line ?? "")),
          linkButton(say("web.why.back"), `#/compare/${this.work}`),
        ),
        others.length > 1 && segmented(say("web.why.variant"), others, String(this.variant), (key) => go(`#/why/${this.work}/${key}`)),
        this.told,
        this.state,
        this.reasons,
        this.pictures,
      ),
    );
    title(say("web.why.of", { name }));
  }

  /** Shows what was found before, or begins to look. */
  async open() {
    const { tasks } = await get("/api/tasks");
    const mine = tasks.find((one) => one.kind === "explain" && one.work === this.work && one.asked?.of?.endsWith(this.of) && one.asked.variant === this.variant);
    if (mine) this.follow(mine);
    else await this.attempt(() => this.begin());
  }

  async begin() {
    this.follow(taskOf(await post(`/api/works/${this.work}/explain`, { variant: this.variant, task: this.of })));
  }

  follow(task) {
    this.task = task;
    this.paint();
    this.unwatch();
    this.unwatch = watchTask(task.id, {
      onTask: (told) => {
        this.task = told;
        this.paint();
      },
      onView: (view) => this.show(view),
      onEnd: async (ended) => {
        const waited = !FINAL.has(this.task.state) || !this.figures.size;
        this.task = ended;
        this.paint();
        if (this.task.state !== "done") return;
        this.show(await get(`/api/tasks/${task.id}/view`));
        if (waited) announce(this.reasons.textContent);
      },
      onError: (error) => fill(this.told, errorBox(error)),
    });
  }

  /** How far it is, or what became of it. */
  paint() {
    const { task } = this;
    const busy = !FINAL.has(task.state);
    const state = task.state;
    if (busy) {
      const { done, total, left_s: left } = task;
      const text = state === "queued" ? say("web.compare.queued", { place: task.place || 1 }) : stageSaid(task, say("web.why.running"));
      this.bar.update({ text, ...(total ? { done, total, left_s: left } : {}) });
    }
    if (state === this.shown) return;
    this.shown = state;
    if (busy) {
      fill(this.state, h("div", { class: "run" }, this.bar, button(say("button.stop"), { act: () => this.attempt(() => this.stop()), keys: "Esc" })));
      if (!this.figures.size) fill(this.pictures, skeleton({ height: "300px" }), skeleton({ height: "300px" }));
    } else if (state === "done") fill(this.state);
    else {
      const said = state === "failed" ? task.error?.message || say("web.compare.failed") : say("web.why.stopped");
      fill(this.state, cluster(h("p", null, said), button(say("button.resume"), { act: () => this.attempt(async () => this.follow(await goOn(task.id))) })));
      if (!this.figures.size) fill(this.pictures);
    }
  }

  async stop() {
    this.task = await stop(this.task.id);
    this.paint();
  }

  async attempt(act) {
    try {
      await act();
    } catch (error) {
      fill(this.told, errorBox(error));
      if (!this.figures.size) fill(this.pictures);
    }
  }

  /** @param {object} view of kind explain. */
  show(view) {
    fill(this.reasons, (view.reasons ?? []).map((reason) => h("li", null, reason)));
    for (const data of (view.figures ?? []).filter(({ key }) => SHOWN.has(key))) {
      const old = this.figures.get(data.key);
      if (old) renew(old, data);
      else {
        if (!this.figures.size) fill(this.pictures);
        this.figures.set(data.key, figure(data, { level: 2 }));
        this.pictures.append(this.figures.get(data.key));
      }
    }
  }
}

/** The comparison to explain: the newest that is finished. */
async function compared(work) {
  const runs = await runsOf(work);
  const done = runs.filter(({ kind }) => kind === "compare").find(({ state }) => state === "done" || state === "stopped");
  if (!done) return null;
  const view = await get(`/api/tasks/${done.id}/view`).catch(() => null);
  return view && { id: done.id, view };
}

/**
 * @param {HTMLElement} host
 * @param {{work: string, rest?: string}} params `rest`: number of the variant.
 */
export async function screen(host, params) {
  const found = await compared(params.work);
  if (!found || found.view.variants.length < 2) {
    fill(host, h("h1", { class: "only-heard" }, say("web.why.title")), empty(say("web.why.title"), say("web.why.first"), linkButton(say("web.why.back"), `#/compare/${params.work}`, { kind: "primary" })));
    title(say("web.why.title"));
    return () => {};
  }
  const asked = Number(params.rest);
  const known = asked >= 1 && asked < found.view.variants.length;
  const variant = known ? asked : found.view.best ?? found.view.told ?? 1;
  const why = new Why(host, params.work, found.view, found.id, variant);
  const step = (by) => () => {
    const next = variant + by;
    if (next < 1 || next >= found.view.variants.length) return false;
    go(`#/why/${params.work}/${next}`);
  };
  const unbind = bind([
    { combo: "t", act: toggleTable, get label() {
      return say("web.figure.toggle");
    } },
    { combo: "escape", act: () => (why.task && !FINAL.has(why.task.state) ? void why.attempt(() => why.stop()) : false) },
    { combo: "[", act: step(-1) },
    { combo: "]", act: step(1) },
  ]);
  void why.open().catch((error) => fill(why.told, errorBox(error)));
  return () => {
    why.unwatch();
    unbind();
  };
}
