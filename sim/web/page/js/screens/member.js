/** Member: lives in the simulated group, the same member in two variants side by side. */

import { get } from "../api.js";
import { fill, h } from "../dom.js";
import { bind } from "../keys.js";
import { empty, errorBox, linkButton, selectField, skeleton } from "../parts.js";
import { go, title } from "../router.js";
import { say } from "../words.js";
import { figure, toggleTable } from "../figures.js";
import { runsOf } from "../compare/runs.js";

const FUTURES = 10; // to choose from

/**
 * The address of a life.
 *
 * @param {string} work
 * @param {{variant: number, member?: number|null, beside?: number|null, future?: number}} at
 */
function address(work, { variant, member = null, beside = null, future = 0 }) {
  const parts = [variant, member ?? "-", beside ?? "-", future || "-"].map(String);
  while (parts.at(-1) === "-") parts.pop();
  return `#/member/${work}/${parts.join("/")}`;
}

/** What an address says: `variant/member/beside/future`, all but the first may be missing. */
function placeOf(rest, view) {
  const [variant, member, beside, future] = (rest ?? "").split("/").map((part) => (/^\d+$/.test(part) ? Number(part) : null));
  const most = view.variants.length - 1;
  const valid = (number) => (number !== null && number !== undefined && number <= most ? number : null);
  const own = valid(variant) ?? view.best ?? view.told ?? 0;
  const other = valid(beside);
  return { variant: own, member: member ?? null, beside: other === own ? null : other, future: future ?? 0 };
}

/** A member's life as a figure. */
function lifeFigure(life, span) {
  const { days, engagement, trust } = life.series;
  const lines = [
    { index: 1, name: say("web.member.engagement"), y: engagement },
    { index: 2, name: say("web.member.trust"), y: trust },
  ];
  return {
    key: "life", kind: "life", title: life.title, finding: say("web.member.figure"), unit: "", x: days, x_label: say("web.views.day"),
    lines, events: life.events ?? [], span,
    table: {
      columns: [say("web.member.day_column"), say("web.member.events")],
      rows: (life.events ?? []).map((event) => [String(event.day), event.text]),
    },
  };
}

/** The life of the member in one variant: a line, and the story day by day. */
function story(life, name, span) {
  const known = life?.series?.days?.length;
  return h(
    "section",
    { class: "life" },
    h("h2", null, say("web.member.in", { variant: name })),
    h(
      "div",
      { class: "life-parts" },
      known ? figure(lifeFigure(life, span), { level: 3 }) : h("p", { class: "lead" }, say("web.member.absent")),
      h("ol", { class: "prose" }, (life?.prose ?? []).map((part) => h("li", null, part.text))),
    ),
  );
}

/** The screen of one comparison's members. */
class Members {
  constructor(host, work, task, view, place) {
    Object.assign(this, { host, work, task, view, place });
    this.ended = new AbortController();
    this.list = h("ul", { class: "members" });
    this.lives = h("div", { class: "lives" });
    const names = view.variants.map((one) => ({ key: String(one.index), label: one.name }));
    const others = [{ key: "-", label: say("web.member.nothing") }, ...names.filter(({ key }) => key !== String(place.variant))];
    const futures = Array.from({ length: FUTURES }, (_, at) => ({ key: String(at), label: String(at + 1) }));
    const to = (change) => go(address(work, { ...place, ...change }));
    fill(
      host,
      h(
        "div",
        { class: "member" },
        h("header", { class: "screen-head" },
          h("div", null, h("h1", null, say("web.member.title")), h("p", { class: "line" }, say("web.member.line"))),
          linkButton(say("web.why.back"), `#/compare/${work}`)),
        h("div", { class: "member-choices" },
          selectField(say("web.member.variant"), names, String(place.variant), (key) => to({ variant: Number(key), beside: null })),
          selectField(say("web.member.beside"), others, String(place.beside ?? "-"), (key) => to({ beside: key === "-" ? null : Number(key) })),
          selectField(say("web.member.future"), futures, String(place.future), (key) => to({ future: Number(key), member: null }))),
        h("section", null, h("h2", null, say("web.member.worth")), this.list),
        this.lives,
      ),
    );
    title(say("web.member.title"));
  }

  ask(what, query) {
    return get(`/api/tasks/${this.task}/${what}`, { replicate: this.place.future, ...query }, { signal: this.ended.signal });
  }

  async open() {
    const { place } = this;
    fill(this.list, [0, 1, 2, 3].map(() => h("li", null, skeleton({ height: "64px" }))));
    await Promise.all([this.fillList().catch((error) => this.fail(this.list, error)), place.member === null ? fill(this.lives, h("p", { class: "lead" }, say("web.member.choose"))) : this.fillLives().catch((error) => this.fail(this.lives, error))]);
  }

  fail(place, error) {
    if (error.name !== "AbortError") fill(place, errorBox(error));
  }

  async fillList() {
    const { members } = await this.ask("members", { variant: this.place.variant });
    const item = ({ member, name, text }) =>
      h("li", null, h("a", { class: "person", href: address(this.work, { ...this.place, member }), "aria-current": member === this.place.member ? "true" : null },
        h("span", { class: "person-name" }, name), h("span", { class: "person-text" }, text)));
    fill(this.list, members.length ? members.map(item) : h("li", null, say("web.member.none")));
  }

  /** The same person in the same future of another variant; `null` if they never came there. */
  async other(life, variant) {
    const member = life.same?.find((one) => one.variant === variant)?.member;
    return member === null || member === undefined ? null : this.ask("life", { variant, member });
  }

  async fillLives() {
    const { variant, beside, member } = this.place;
    const wanted = [variant, beside].filter((one) => one !== null);
    this.lives.classList.toggle("two", wanted.length > 1);
    fill(this.lives, h("p", { class: "lead" }, say("web.member.loading")), wanted.map(() => skeleton({ height: "280px" })));
    const first = await this.ask("life", { variant, member });
    const found = [first];
    if (beside !== null) found.push(await this.other(first, beside));
    const days = found.flatMap((life) => life?.series?.days ?? []);
    const span = days.length ? [Math.min(...days), Math.max(...days)] : [0, 1];
    fill(this.lives, h("h2", { class: "life-title", tabindex: "-1" }, first.title),
      found.map((life, at) => story(life, this.view.variants[wanted[at]].name, span)));
    title(first.title);
  }
}

/**
 * @param {HTMLElement} host
 * @param {{work: string, rest?: string}} params
 */
export async function screen(host, params) {
  const runs = await runsOf(params.work);
  const run = runs.find(({ kind, state }) => kind === "compare" && (state === "done" || state === "stopped"));
  const view = run && (await get(`/api/tasks/${run.id}/view`).catch(() => null));
  if (!view) {
    fill(host, h("h1", { class: "only-heard" }, say("web.member.title")), empty(say("web.member.title"), say("web.member.first"), linkButton(say("web.why.back"), `#/compare/${params.work}`, { kind: "primary" })));
    title(say("web.member.title"));
    return () => {};
  }
  const members = new Members(host, params.work, run.id, view, placeOf(params.rest, view));
  const unbind = bind([{ combo: "t", act: toggleTable, get label() {
    return say("web.figure.toggle");
  } }]);
  void members.open();
  return () => {
    members.ended.abort();
    unbind();
  };
}
