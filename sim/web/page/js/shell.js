/** What stands around every screen: steps, glossary, language, light and dark, keys, banners. */

import { announce } from "./announce.js";
import { get, onConnection, post } from "./api.js";
import { bind } from "./keys.js";
import { recall } from "./memory.js";
import { banner, button } from "./parts.js";
import { inWords } from "./parts/feedback.js";
import { go, match, refresh } from "./router.js";
import * as store from "./store.js";
import { switchTheme, theme } from "./theme.js";
import { lang, say, setLang, upper } from "./words.js";

const STEPS = ["start", "portrait", "policies", "compare"];
/** Screens beyond the four steps belong to one of them. */
const STEP_OF = { why: "compare", member: "compare", budget: "policies" };

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Listens to the head, the keys, the connection and the store. */
export function connectShell() {
  element("tool-language").addEventListener("click", () => void otherLanguage());
  element("tool-theme").addEventListener("click", () => {
    switchTheme();
    speakShell();
  });
  element("tool-glossary").addEventListener("click", () => void openGlossary());
  element("tool-keys").addEventListener("click", () => void openKeys());
  bindKeys();
  store.subscribe(({ reason, saving, error }) => {
    if (reason === "open") showSteps();
    const refused = saving === "refused" && error;
    banner("refused", refused ? say("web.shell.not_saved", { why: inWords(error) }) : null, [
      button(upper(say("button.undo")), { kind: "quiet", icon: "undo", act: () => void store.undo() }),
    ]);
  });
  onConnection((lost) => {
    banner("connection", lost ? say("ui.connection_lost") : null);
    if (!lost) void tellRestart();
  });
  showSteps();
}

/** Names what has no text of its own, in the language spoken now. */
export function speakShell() {
  name("tool-glossary", say("web.shell.glossary"), "G");
  name("tool-library", say("web.shell.library"));
  name("tool-theme", say(theme() === "dark" ? "web.shell.to_light" : "web.shell.to_dark"));
  name("tool-keys", say("web.shell.keys"), "?");
  for (const place of document.querySelectorAll(".waiting")) place.textContent = say("web.shell.loading");
  element("toasts").setAttribute("aria-label", say("web.shell.news"));
  document.querySelector(".steps")?.setAttribute("aria-label", say("web.shell.steps"));
}

/**
 * After a screen is shown: which step it is.
 *
 * @param {string} screen
 */
export function afterScreen(screen) {
  showSteps(screen);
  if (screen === "library") element("tool-library").setAttribute("aria-current", "page");
  else element("tool-library").removeAttribute("aria-current");
  if (!told) void tellRestart();
}

/**
 * @param {string} id
 * @param {string} label
 * @param {string} [key]
 */
function name(id, label, key) {
  element(id).setAttribute("aria-label", label);
  element(id).title = key ? `${label} (${key})` : label;
}

/** The work that steps 2 to 4 lead to: the open one, else the last one of this browser. */
function workId() {
  return match(location.hash)?.params.work ?? store.work()?.id ?? recall("current");
}

/**
 * Which step it is, and where the others lead.
 *
 * @param {string} [screen]
 */
export function showSteps(screen = match(location.hash)?.name) {
  const now = STEP_OF[/** @type {keyof typeof STEP_OF} */ (screen)] ?? screen;
  const id = workId();
  for (const step of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".step"))) {
    const to = step.dataset.step;
    if (to === "start" || id) step.setAttribute("href", to === "start" ? "#/start" : `#/${to}/${id}`);
    else step.removeAttribute("href");
    step.toggleAttribute("aria-disabled", !step.hasAttribute("href"));
    if (step.hasAttribute("aria-disabled")) step.setAttribute("aria-disabled", "true");
    if (to === now) step.setAttribute("aria-current", screen === now ? "page" : "true");
    else step.removeAttribute("aria-current");
  }
}

async function otherLanguage() {
  const next = lang() === "zh" ? "en" : "zh";
  await setLang(next).catch(() => undefined);
  speakShell();
  refresh();
}

async function openGlossary() {
  const { glossary } = await import("./glossary.js");
  glossary();
}

async function openKeys() {
  const { keysDialog } = await import("./glossary.js");
  keysDialog();
}

function bindKeys() {
  const toStep = (/** @type {string} */ step) => () => {
    const link = document.querySelector(`.step[data-step="${step}"]`);
    const href = link?.getAttribute("href");
    if (!href) return false;
    go(href);
  };
  const redo = () => step(store.redoLabel, store.redo, "web.shell.redone");
  const label = (/** @type {string} */ key) => ({
    get label() {
      return upper(say(key));
    },
  });
  bind([
    ...STEPS.map((step, at) => Object.assign(label(`web.shell.step_${step}`), { combo: String(at + 1), act: toStep(step) })),
    Object.assign(label("web.shell.glossary"), { combo: "g", act: () => void openGlossary() }),
    Object.assign(label("web.shell.keys"), { combo: "?", act: () => void openKeys() }),
    Object.assign(label("button.undo"), { combo: "ctrl+z", act: () => step(store.undoLabel, store.undo, "web.shell.undone") }),
    Object.assign(label("button.redo"), { combo: "ctrl+shift+z", act: redo }),
    { combo: "ctrl+y", act: redo },
  ]);
}

/**
 * Undoes or does again, on a screen of the work that is open: elsewhere nobody would see what changed.
 *
 * @param {() => string|null} label
 * @param {() => boolean} act
 * @param {string} key What is said then.
 */
function step(label, act, key) {
  const what = label();
  if (match(location.hash)?.params.work !== store.work()?.id || what === null) return false;
  act();
  announce(say(key, { what }));
}

let told = false;

/** What a restart of the program interrupted, once a visit and after each lost connection. */
async function tellRestart() {
  told = true;
  const answer = await get("/api/works").catch(() => null);
  const cut = answer?.works.find((/** @type {any} */ one) => one.last?.state === "interrupted");
  if (!cut) return banner("restart", null);
  const { id, name: called, last } = cut;
  banner("restart", say("ui.restarted", { name: called, done: last.done, total: last.total }), [
    button(upper(say("button.resume")), {
      act: async () => {
        await post(`/api/tasks/${last.id}/go-on`);
        banner("restart", null);
        go(`#/compare/${id}`);
      },
    }),
    button(say("web.parts.not_now"), { kind: "quiet", act: () => banner("restart", null) }),
  ]);
}
