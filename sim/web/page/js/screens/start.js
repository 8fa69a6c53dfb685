/** Start: which group? A kind of group or one's own chat log; people, days, goal; or an example. */

import { del, get, post } from "../api.js";
import { catalogue } from "../catalogue.js";
import { fill, h, newId } from "../dom.js";
import { examples } from "../examples.js";
import { recallJson, remember } from "../memory.js";
import { button, icon, iconButton, numberField, selectField, toast } from "../parts.js";
import { inWords } from "../parts/feedback.js";
import { go, title } from "../router.js";
import * as store from "../store.js";
import { dropPlace, uploads } from "../upload.js";
import { ago, lang, number, say, upper } from "../words.js";

const DAYS = { low: 14, usual: 180 };

/** @typedef {{preset: string, members: number|null, days: number, goal: string}} Choice */

/**
 * @param {HTMLElement} host
 * @returns {Promise<() => void>}
 */
export async function screen(host) {
  title("");
  const all = await catalogue();
  const choice = chosen(all);
  const drop = dropPlace({
    mostMb: all.limits.upload_mb,
    onReady: (upload, name) => void beginOwn(upload, name, choice),
  });
  fill(
    host,
    h(
      "div",
      { class: "start" },
      kindForm(all, choice),
      h("aside", { class: "start-own", "aria-labelledby": "own-title" }, ownGroup(drop.element, choice), lastWork()),
      exampleRow(),
    ),
  );
  return drop.stop;
}

/**
 * What was chosen last in this browser, as far as it is still there.
 *
 * @param {any} all
 * @returns {Choice}
 */
function chosen(all) {
  const kept = recallJson("start") ?? {};
  const preset = all.presets.some((/** @type {any} */ one) => one.key === kept.preset) ? kept.preset : all.presets[0].key;
  const goal = all.goals.some((/** @type {any} */ one) => one.key === kept.goal) ? kept.goal : all.goals[0].key;
  return { preset, goal, members: kept.members ?? null, days: kept.days ?? DAYS.usual };
}

/**
 * @param {any} all
 * @param {Choice} choice
 */
function kindForm(all, choice) {
  const keep = () => remember("start", JSON.stringify(choice));
  const usual = () => all.presets.find((/** @type {any} */ one) => one.key === choice.preset);
  const settings = settingFields(all, choice, usual, keep);
  const pick = (/** @type {string} */ key) => {
    choice.preset = key;
    choice.members = null;
    settings.members.set(usual().members);
    keep();
  };
  const name = newId("kind");
  const cards = (/** @type {boolean} */ cases) =>
    all.presets
      .filter((/** @type {any} */ one) => one.case === cases)
      .map((/** @type {any} */ one) => kindCard(one, name, one.key === choice.preset, pick));
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const { preset, days, goal } = choice;
    void begin({ community: { preset }, days, goal, set: changed(choice, usual()), name: workName(upper(usual().name)) });
  };
  return h(
    "form",
    { class: "start-kinds", on: { submit } },
    h("h1", null, say("web.start.title")),
    h(
      "fieldset",
      null,
      h("legend", { class: "only-heard" }, say("web.start.title")),
      h("div", { class: "kinds" }, cards(false)),
      h("p", { class: "note cases-note" }, icon("info", 14), h("span", null, say("web.start.cases"))),
      h("div", { class: "kinds cases" }, cards(true)),
    ),
    h(
      "div",
      { class: "start-settings" },
      settings.members,
      settings.days,
      settings.goal,
      h("div", { class: "main-act" }, h("button", { type: "submit", class: "button primary" }, h("span", { class: "button-text" }, say("web.start.see")), icon("right", 16))),
    ),
  );
}

/**
 * What differs from the kind's own numbers: the people, and groups enough for them.
 *
 * @param {Choice} choice
 * @param {{groups: number, capacity: number}} usual
 * @returns {Record<string, number>}
 */
function changed({ members }, { groups, capacity }) {
  if (members === null) return {};
  const needed = Math.ceil(members / capacity);
  return { "members.initial": members, ...(needed > groups ? { "groups.number": needed } : {}) };
}

/**
 * People, days, goal.
 *
 * @param {any} all
 * @param {Choice} choice
 * @param {() => any} usual The kind that is chosen.
 * @param {() => void} keep
 */
function settingFields(all, choice, usual, keep) {
  const members = numberField(
    { label: say("web.start.members"), whole: true, unit: say("unit.person"), value: choice.members ?? usual().members },
    {
      compact: true,
      min: 10,
      max: all.limits.members,
      onChange: (value) => {
        choice.members = value === usual().members ? null : value;
        keep();
      },
    },
  );
  const days = numberField(
    { label: say("web.start.days"), whole: true, unit: say("unit.day"), value: choice.days },
    {
      compact: true,
      min: DAYS.low,
      max: all.limits.days,
      onChange: (value) => {
        choice.days = value;
        keep();
      },
    },
  );
  const goals = all.goals.map((/** @type {any} */ one) => ({ ...one, label: upper(one.label) }));
  const goal = selectField(say("web.start.goal"), goals, choice.goal, (key) => {
    choice.goal = key;
    keep();
  });
  return { members, days, goal };
}

/**
 * @param {any} preset
 * @param {string} name
 * @param {boolean} checked
 * @param {(key: string) => void} pick
 */
function kindCard(preset, name, checked, pick) {
  return h(
    "label",
    { class: "kind" },
    h("input", { type: "radio", name, value: preset.key, checked, on: { change: () => pick(preset.key) } }),
    h("span", { class: "kind-name" }, upper(preset.name)),
    h("span", { class: "kind-about" }, upper(preset.about)),
    h("span", { class: "kind-members" }, say("web.start.people", { n: number(preset.members, 0) })),
  );
}

/**
 * @param {HTMLElement} drop
 * @param {Choice} choice
 */
function ownGroup(drop, choice) {
  const list = h("ul", { class: "own-list" });
  const here = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
  const paint = async () => {
    const found = await uploads();
    fill(
      list,
      found.map((one) =>
        h(
          "li",
          null,
          button(one.name, { kind: "quiet", icon: "right", act: () => beginOwn(one.id, one.name, choice) }),
          iconButton("trash", say("web.start.forget_log", { name: one.name }), async () => {
            await del(`/api/uploads/${one.id}`).catch((error) => toast(inWords(error)));
            await paint();
          }),
        ),
      ),
    );
  };
  void paint();
  return h(
    "section",
    { class: "own" },
    h("h2", { id: "own-title" }, say("web.start.own_title")),
    drop,
    h("p", { class: "own-promise" }, icon("lock", 16), h("span", null, say(here ? "web.start.stays_here" : "web.start.stays_there"))),
    h("p", { class: "note" }, say("web.start.platforms")),
    list,
  );
}

/** The work that was changed last, to go on with. */
function lastWork() {
  const place = h("section", { class: "last", "aria-live": "off" });
  void get("/api/works").then(
    ({ works }) => {
      const last = works[0];
      if (!last) return;
      fill(
        place,
        h("h2", null, say("web.start.go_on")),
        h(
          "a",
          { class: "last-link", href: `#/${last.last ? "compare" : "policies"}/${last.id}` },
          h("span", { class: "last-name" }, last.name || last.community_label),
          h("span", { class: "note" }, `${last.community_label} · ${ago(last.changed)}`),
          icon("right", 18),
        ),
      );
    },
    () => undefined,
  );
  return place;
}

function exampleRow() {
  return h(
    "section",
    { class: "examples", "aria-labelledby": "examples-title" },
    h("h2", { id: "examples-title" }, say("web.start.examples")),
    h(
      "ul",
      null,
      examples().map(({ question, about, work }) => {
        const made = h(
          "button",
          { type: "button", class: "example" },
          h("span", { class: "example-question" }, question),
          h("span", { class: "note" }, about),
          icon("right", 18),
        );
        made.addEventListener("click", () => void run(made, work));
        return h("li", null, made);
      }),
    ),
  );
}

/**
 * @param {HTMLButtonElement} pressed
 * @param {Record<string, any>} fields
 */
async function run(pressed, fields) {
  if (pressed.getAttribute("aria-busy") === "true") return;
  pressed.setAttribute("aria-busy", "true");
  try {
    const made = await store.create(fields);
    await post(`/api/works/${made.id}/compare`);
    go(`#/compare/${made.id}`);
  } catch (error) {
    toast(inWords(error));
  } finally {
    pressed.removeAttribute("aria-busy");
  }
}

/** @param {Record<string, any>} fields */
async function begin(fields) {
  try {
    const made = await store.create(fields);
    go(`#/portrait/${made.id}`);
  } catch (error) {
    toast(inWords(error));
  }
}

/**
 * A work upon one's own group, named after its file.
 *
 * @param {string} upload
 * @param {string} file
 * @param {Choice} choice
 */
function beginOwn(upload, file, { days, goal }) {
  return begin({ community: { upload }, days, goal, name: workName(file.replace(/\.[^.]+$/, "")) });
}

/**
 * A first name that can be told from others in the library.
 *
 * @param {string} community
 */
function workName(community) {
  const day = new Intl.DateTimeFormat(lang() === "zh" ? "zh-CN" : "en-GB", { month: "short", day: "numeric" }).format(new Date());
  return say("web.start.work_name", { community, day });
}
