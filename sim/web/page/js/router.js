/**
 * Screens by address. The address holds the state, so reload and back work; a screen is a module with
 * `screen(host, params)` that fills `host` and returns what cleans up after it.
 */

/**
 * @typedef {{screen: (host: HTMLElement, params: Record<string, string>) => any}} Screen
 * @typedef {{parts: string[], load: () => Promise<Screen>|Screen}} Route
 */

/** @type {Route[]} */
const routes = [];
/** @type {HTMLElement|null} */
let host = null;
/** @type {(() => void)|null} */
let cleanup = null;
let turn = 0;
/** @type {RouterHooks} */
let hooks = {};

/**
 * @typedef {object} RouterHooks
 * @property {(name: string, params: Record<string, string>) => Promise<void>|void} [before] Before a
 *   screen is shown; what it throws is shown by `failed`.
 * @property {(place: HTMLElement) => void} [loading] Fills a place above the screen while it is on its way.
 * @property {(host: HTMLElement, error: Error) => void} [failed]
 * @property {(name: string, params: Record<string, string>) => void} [after] A screen is shown.
 */

/**
 * Names an address.
 *
 * @param {string} pattern `#/compare/:work`; `*rest` takes all that follows.
 * @param {Route["load"]} load Loads the screen's module when it is first gone to.
 */
export function route(pattern, load) {
  routes.push({ parts: split(pattern), load });
}

/**
 * Goes to an address; the same address is shown anew.
 *
 * @param {string} hash `#/start`
 * @param {{replace?: boolean}} [options] `replace`: without a step to go back to.
 */
export function go(hash, { replace = false } = {}) {
  if (location.hash === hash) refresh();
  else if (replace) {
    history.replaceState(null, "", hash);
    refresh();
  } else location.hash = hash;
}

/** Shows the present address again, e.g. in another language. */
export function refresh() {
  void show(false);
}

/**
 * Begins to follow the address.
 *
 * @param {HTMLElement} element Where screens go.
 * @param {RouterHooks} [given]
 */
export function start(element, given = {}) {
  host = element;
  hooks = given;
  addEventListener("hashchange", () => void show(true));
  void show(false);
}

/**
 * The title of the tab; empty = the program's name alone.
 *
 * @param {string} text
 */
export function title(text) {
  document.title = text ? `${text} · qunsim` : "qunsim";
}

/**
 * What an address leads to.
 *
 * @param {string} hash
 * @returns {{name: string, params: Record<string, string>, load: Route["load"]}|null}
 */
export function match(hash) {
  const given = split(hash);
  for (const { parts, load } of routes) {
    const params = fits(parts, given);
    if (params) return { name: parts[0], params, load };
  }
  return null;
}

/**
 * @param {string} hash
 * @returns {string[]}
 */
function split(hash) {
  return hash.replace(/^#?\/?/, "").split("/");
}

/**
 * @param {string[]} parts
 * @param {string[]} given
 * @returns {Record<string, string>|null}
 */
function fits(parts, given) {
  /** @type {Record<string, string>} */
  const params = {};
  for (const [at, part] of parts.entries()) {
    if (part.startsWith("*")) {
      params[part.slice(1)] = given.slice(at).join("/");
      return params;
    }
    const value = given[at];
    if (part.startsWith(":")) {
      if (!value) return null;
      try {
        params[part.slice(1)] = decodeURIComponent(value);
      } catch {
        return null;
      }
    } else if (part !== value) return null;
  }
  return parts.length === given.length ? params : null;
}

/** @param {boolean} moved Whether a person went there, so that the focus has to follow. */
async function show(moved) {
  if (!host) return;
  turn += 1;
  const mine = turn;
  const found = match(location.hash);
  if (!found) return go("#/start", { replace: true });
  cleanup?.();
  cleanup = null;
  // Each screen has a host of its own: a late one cannot write into its successor.
  const place = document.createElement("div");
  place.className = "screen";
  place.dataset.screen = found.name;
  // Shapes stand in its place until it has something to show (shell.css hides them then).
  const shapes = document.createElement("div");
  shapes.className = "loading";
  hooks.loading?.(shapes);
  host.replaceChildren(shapes, place);
  if (moved) scrollTo(0, 0);
  try {
    // Side by side: the screen's module does not wait for what it will show.
    const [module] = await Promise.all([found.load(), hooks.before?.(found.name, found.params)]);
    if (mine !== turn) return;
    const ended = await module.screen(place, found.params);
    const end = typeof ended === "function" ? ended : null;
    if (mine !== turn) return end?.();
    cleanup = end;
  } catch (error) {
    if (mine !== turn) return;
    hooks.failed?.(place, /** @type {Error} */ (error));
  }
  shapes.remove();
  hooks.after?.(found.name, found.params);
  if (moved) focusHeading(place);
}

/** @param {HTMLElement} place */
function focusHeading(place) {
  const heading = place.querySelector("h1");
  if (!heading || place.contains(document.activeElement)) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
