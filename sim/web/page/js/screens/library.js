/** Library: what did we do before? Open, rename, copy, delete, share, put side by side. */

import { ApiError, FINAL, del, get, post, put, watchTask } from "../api.js";
import { announce } from "../announce.js";
import { fill, h } from "../dom.js";
import { examples } from "../examples.js";
import { badge, button, dialog, empty, errorBox, iconButton, linkButton, toast } from "../parts.js";
import { inWords } from "../parts/feedback.js";
import { go, title } from "../router.js";
import { LONGEST_LINK, fileAddress, shareLink } from "../share.js";
import * as store from "../store.js";
import { ago, say, upper } from "../words.js";

const UNDO_S = 10;
/** Works that are hidden until their deletion cannot be undone any more. */
const leaving = new Set();

/**
 * @param {HTMLElement} host
 * @returns {Promise<() => void>}
 */
export async function screen(host) {
  title(say("web.shell.library"));
  const list = h("div", { class: "works-place" });
  const picked = new Set();
  const beside = button(say("web.library.side_by_side"), {
    disabled: true,
    // The list begins with the newest; side by side, time runs from left to right.
    act: () => {
      const ticked = [...list.querySelectorAll("li")].filter((one) => picked.has(one.dataset.work));
      go(`#/beside/${ticked.map((one) => one.dataset.work).reverse().join("/")}`);
    },
  });
  /** @type {(() => void)[]} */
  const watched = [];
  const unwatch = () => {
    for (const end of watched.splice(0)) end();
  };
  const repaint = async () => {
    unwatch();
    picked.clear();
    await paint(list, { repaint, picked, beside, watched });
  };
  fill(
    host,
    h(
      "div",
      { class: "screen-head" },
      h("div", null, h("h1", null, say("web.shell.library")), h("p", { class: "line" }, say("web.library.about"))),
      h("div", { class: "cluster" }, beside, opener(repaint), linkButton(say("web.library.new"), "#/start", { kind: "primary", icon: "plus" })),
    ),
    list,
  );
  await repaint();
  return unwatch;
}

/**
 * @typedef {{repaint: () => Promise<void>, picked: Set<string>, beside: HTMLButtonElement,
 *   watched: (() => void)[]}} Context
 */

/**
 * @param {HTMLElement} place
 * @param {Context} context
 */
async function paint(place, context) {
  let answer;
  try {
    answer = await get("/api/works");
  } catch (error) {
    fill(place, errorBox(/** @type {Error} */ (error), { retry: () => void context.repaint() }));
    return;
  }
  context.beside.disabled = true;
  const works = answer.works.filter((/** @type {any} */ one) => !leaving.has(one.id));
  context.beside.hidden = works.length < 2;
  if (!works.length) {
    fill(
      place,
      empty(
        say("web.library.empty"),
        say("web.library.empty_note"),
        ...examples().map(({ question, work }) => button(question, { act: () => runExample(work) })),
      ),
    );
    return;
  }
  fill(place, h("ul", { class: "works" }, works.map((/** @type {any} */ one) => row(one, context))));
}

/** @param {Record<string, any>} fields */
async function runExample(fields) {
  try {
    const made = await store.create(fields);
    await post(`/api/works/${made.id}/compare`);
    go(`#/compare/${made.id}`);
  } catch (error) {
    toast(inWords(error));
  }
}

/**
 * @param {any} work
 * @param {Context} context
 */
function row(work, context) {
  const shown = work.name || work.community_label;
  const name = h("span", { class: "work-name" });
  const pick = h("input", {
    type: "checkbox",
    "aria-label": say("web.library.pick", { name: shown }),
    on: {
      change: () => {
        if (pick.checked) context.picked.add(work.id);
        else context.picked.delete(work.id);
        context.beside.disabled = context.picked.size !== 2;
      },
    },
  });
  const plain = () =>
    fill(
      name,
      h("a", { href: `#/${work.last ? "compare" : "policies"}/${work.id}` }, work.name || work.community_label),
      iconButton("pencil", say("web.library.rename", { name: shown }), () => rename(name, work, plain)),
    );
  plain();
  const variants = say("web.library.variants", { n: work.variants });
  return h(
    "li",
    { class: "work", data: { work: work.id } },
    pick,
    h(
      "div",
      { class: "work-said" },
      name,
      h("p", { class: "note" }, [work.community_label, variants, ago(work.changed)].filter(Boolean).join(" · ")),
    ),
    state(work.last, context),
    h(
      "div",
      { class: "work-acts" },
      iconButton("copy", say("web.library.duplicate", { name: shown }), () => duplicate(work, shown, context)),
      iconButton("share", say("web.library.share", { name: shown }), () => share(work)),
      h("a", { class: "icon-button", href: fileAddress(work.id), download: `${shown}.qunsim`, "aria-label": say("web.library.save", { name: shown }), title: say("web.library.save", { name: shown }) }, saveIcon()),
      iconButton("trash", say("web.library.delete", { name: shown }), () => remove(work, shown, context)),
    ),
  );
}

function saveIcon() {
  return /** @type {Node} */ (iconButton("save", "", undefined).firstChild);
}

/**
 * How far the last comparison of a work is; while it runs, in percent.
 *
 * @param {any} last
 * @param {Context} context
 */
function state(last, context) {
  const place = h("span", { class: "work-state" });
  const show = (/** @type {any} */ task) => {
    const kind = ["failed", "interrupted"].includes(task.state) ? "warn" : task.state === "done" ? "good" : "plain";
    const percent = task.state === "running" && task.total ? ` ${Math.floor((100 * task.done) / task.total)}%` : "";
    fill(place, badge(say(`web.library.state_${task.state}`) + percent, { kind }));
  };
  if (!last) return fill(place, h("span", { class: "note" }, say("web.library.not_compared")));
  show(last);
  if (!FINAL.has(last.state)) context.watched.push(watchTask(last.id, { onTask: show }));
  return place;
}

/**
 * A field in the place of the name; Enter keeps, Esc gives up.
 *
 * @param {HTMLElement} place
 * @param {any} work
 * @param {() => void} plain
 */
function rename(place, work, plain) {
  const input = h("input", { class: "input", value: work.name, maxlength: 80, "aria-label": say("web.library.new_name") });
  let over = false;
  const end = async (/** @type {boolean} */ keep) => {
    if (over) return;
    over = true;
    const given = input.value.trim();
    if (keep && given && given !== work.name) {
      try {
        await saveName(work.id, given);
        work.name = given;
      } catch (error) {
        toast(inWords(error));
      }
    }
    plain();
    place.querySelector("button")?.focus();
  };
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") void end(true);
    else if (event.key === "Escape") {
      event.stopPropagation();
      void end(false);
    }
  });
  input.addEventListener("blur", () => void end(true));
  fill(place, input);
  input.focus();
  input.select();
}

/**
 * @param {string} id
 * @param {string} given
 */
async function saveName(id, given) {
  if (store.work()?.id === id) {
    store.change((draft) => {
      draft.name = given;
    }, upper(say("button.rename")));
    return store.flush();
  }
  const whole = await get(`/api/works/${id}`);
  await put(`/api/works/${id}`, { ...whole, name: given });
}

/**
 * @param {any} work
 * @param {string} shown
 * @param {Context} context
 */
async function duplicate(work, shown, context) {
  try {
    const made = await post(`/api/works/${work.id}/copy`);
    await put(`/api/works/${made.id}`, { ...made, name: say("web.library.copy_of", { name: shown }) });
    await context.repaint();
    announce(say("web.library.copied"));
  } catch (error) {
    toast(inWords(error));
  }
}

/**
 * Out of sight at once; for good when it cannot be undone any more.
 *
 * @param {any} work
 * @param {string} shown
 * @param {Context} context
 */
function remove(work, shown, context) {
  leaving.add(work.id);
  void context.repaint();
  const forGood = (/** @type {boolean} */ closing) => {
    removeEventListener("pagehide", closed);
    if (closing) return void fetch(`/api/works/${work.id}`, { method: "DELETE", keepalive: true });
    if (store.work()?.id === work.id) store.close();
    void del(`/api/works/${work.id}`).catch((error) => {
      leaving.delete(work.id);
      if (!(error instanceof ApiError && error.status === 404)) toast(inWords(error));
      void context.repaint();
    });
  };
  const closed = () => forGood(true);
  addEventListener("pagehide", closed);
  toast(say("web.library.deleted", { name: shown }), {
    seconds: UNDO_S,
    undo: () => {
      removeEventListener("pagehide", closed);
      leaving.delete(work.id);
      void context.repaint();
    },
    onGone: () => forGood(false),
  });
}

/** @param {any} work */
export async function share(work) {
  let link = "";
  try {
    link = await shareLink(work.id);
  } catch (error) {
    toast(inWords(error));
    return;
  }
  const file = linkButton(say("web.library.save_file"), fileAddress(work.id), {
    icon: "save",
    attributes: { download: `${work.name || work.community_label}.qunsim` },
  });
  if (link.length > LONGEST_LINK) {
    dialog(upper(say("button.share")), h("p", null, say("web.library.too_long")), { actions: [file] });
    return;
  }
  const field = h("input", { class: "input", readonly: true, value: link, "aria-label": say("web.library.link") });
  const copied = h("p", { class: "note", role: "status" });
  dialog(upper(say("button.share")), [h("p", null, say("web.library.link_note")), h("div", { class: "share-link" }, field, copied)], {
    actions: [
      file,
      button(say("web.library.copy_link"), {
        kind: "primary",
        icon: "copy",
        act: async () => {
          field.select();
          try {
            await navigator.clipboard.writeText(link);
          } catch {
            document.execCommand("copy");
          }
          copied.textContent = say("web.library.link_copied");
        },
      }),
    ],
  });
}

/**
 * Opens a `.qunsim` file.
 *
 * @param {() => Promise<void>} repaint
 */
function opener(repaint) {
  const input = h("input", {
    type: "file",
    accept: ".qunsim,application/json",
    hidden: true,
    on: { change: () => void opened() },
  });
  const opened = async () => {
    const file = input.files?.[0];
    input.value = "";
    if (!file) return;
    let content;
    try {
      content = JSON.parse(await file.text());
    } catch {
      toast(say("web.library.no_work", { name: file.name }));
      return;
    }
    try {
      await post("/api/works/file", content);
      await repaint();
      announce(say("web.library.opened", { name: file.name }));
    } catch (error) {
      toast(inWords(error));
    }
  };
  return h("span", null, input, button(say("web.library.open_file"), { icon: "folder", act: () => input.click() }));
}
