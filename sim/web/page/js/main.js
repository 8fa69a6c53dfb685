/** Begins: words, routes, keys, and the first screen. */

import { ApiError } from "./api.js";
import { catalogue } from "./catalogue.js";
import { h } from "./dom.js";
import { listen } from "./keys.js";
import { errorBox, linkButton, skeleton } from "./parts.js";
import { refresh, route, start, title } from "./router.js";
import { afterScreen, connectShell, showSteps, speakShell } from "./shell.js";
import * as store from "./store.js";
import { loadWords, say } from "./words.js";

route("#/start", () => import("./screens/start.js"));
route("#/portrait/:work", () => import("./screens/portrait.js"));
route("#/policies/:work", () => import("./screens/policies.js"));
route("#/compare/:work", () => import("./screens/compare.js"));
route("#/compare/:work/:task", () => import("./screens/compare.js"));
route("#/why/:work", () => import("./screens/why.js"));
route("#/why/:work/*rest", () => import("./screens/why.js"));
route("#/member/:work", () => import("./screens/member.js"));
route("#/member/:work/*rest", () => import("./screens/member.js"));
route("#/budget/:work", () => import("./screens/budget.js"));
route("#/library", () => import("./screens/library.js"));
route("#/beside/:one/:other", () => import("./screens/beside.js"));
route("#/open/*data", () => import("./screens/open.js"));

/** Screens with a style sheet, already asked for; a screen that only leads on has none. */
const styled = new Set(["open"]);

/**
 * The style sheet of a screen, before it is shown, so that nothing is drawn twice.
 *
 * @param {string} name
 * @returns {Promise<void>}
 */
function style(name) {
  if (styled.has(name)) return Promise.resolve();
  styled.add(name);
  return new Promise((resolve) => {
    const done = () => resolve();
    document.head.append(
      h("link", { rel: "stylesheet", href: `style/${name}.css`, on: { load: done, error: done } }),
    );
  });
}

/**
 * What a screen needs before it is shown: its style, the words, its work. All at the same time.
 *
 * @param {string} name
 * @param {Record<string, string>} params
 */
async function before(name, params) {
  showSteps(name);
  if (name === "start") void catalogue().catch(() => undefined);
  await Promise.all([style(name), loadWords().then(speakShell), params.work ? store.open(params.work) : null]);
}

/**
 * Shapes, the same as those of index.html; after a second, words (the shell fills them in).
 *
 * @param {HTMLElement} place
 */
function loading(place) {
  place.append(
    skeleton({ width: "min(420px, 80%)", height: "32px" }, { height: "46vh" }),
    h("p", { class: "waiting" }),
  );
}

/**
 * @param {HTMLElement} host
 * @param {Error} error
 */
function failed(host, error) {
  const gone = error instanceof ApiError && error.status === 404;
  title("");
  host.replaceChildren(
    h("h1", { class: "only-heard" }, say("web.parts.went_wrong")),
    errorBox(error, {
      retry: gone ? undefined : refresh,
      actions: [linkButton(say("web.shell.library"), "#/library"), linkButton(say("web.shell.step_start"), "#/start")],
    }),
  );
}

listen();
connectShell();
start(/** @type {HTMLElement} */ (document.getElementById("main")), { before, loading, failed, after: afterScreen });
void store.sendKept();
