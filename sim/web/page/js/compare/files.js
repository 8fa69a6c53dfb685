/** What can be taken along: the report, tables, the work itself. */

import { ApiError, address, get, post, watchTask } from "../api.js";
import { fill, h } from "../dom.js";
import { taskOf } from "../tasks.js";
import { lang, say } from "../words.js";
import { button, notice, toast } from "../parts.js";
import { inWords } from "../parts/feedback.js";
import { save, saveCsv } from "../figures/export.js";
import { menu } from "./menu.js";

/**
 * Has a file written and waits for it.
 *
 * @param {string} work @param {string} task the comparison. @param {"html"|"xlsx"|"csv"} format
 * @returns {Promise<{name: string, at: string}[]>} names and addresses of the files that came of it.
 */
async function written(work, task, format) {
  const made = taskOf(await post(`/api/works/${work}/report`, { format, lang: lang(), task }));
  const ended = await new Promise((resolve, reject) => {
    watchTask(made.id, { onEnd: resolve, onError: reject });
  });
  if (ended.state !== "done") throw new ApiError(500, ended.error?.code ?? "", ended.error?.message ?? "");
  const { files } = await get(`/api/tasks/${made.id}/files`);
  return files.map(({ name }) => ({ name, at: address(`/api/tasks/${made.id}/files/${encodeURIComponent(name)}`) }));
}

/**
 * Writes files and says so: while it lasts, and what went wrong.
 *
 * @param {() => Promise<void>} act
 */
async function told(act) {
  const writing = toast(say("web.compare.writing"), { seconds: 120 });
  try {
    await act();
    writing.close();
  } catch (error) {
    toast(inWords(error));
  }
}

/**
 * Writes the report and opens it beside the page; where the browser opens no window by itself, a link
 * does.
 *
 * @param {string} work @param {string} task the comparison. @param {HTMLElement} notices
 */
function openReport(work, task, notices) {
  return told(async () => {
    const files = await written(work, task, "html");
    const page = files.find(({ name }) => name.endsWith(".html")) ?? files[0];
    const link = h("a", { class: "button", href: page.at, target: "_blank" }, say("web.compare.report_open"));
    fill(notices, notice(say("web.compare.report_ready"), { kind: "good", actions: [link] }));
    window.open(page.at, "_blank");
  });
}

const saveWritten = (work, task, format) =>
  told(async () => {
    for (const { name, at } of await written(work, task, format)) save(at, name);
  });

/**
 * The buttons beside the answer.
 *
 * @param {{work: string, notices: HTMLElement,
 *   now: () => {task: object|null, view: object|null}, share: HTMLElement}} options
 * @returns {{element: HTMLElement, report: () => Promise<void>, paint: (task: object|null, view: object|null) => void}}
 */
export function makeActions({ work, notices, now, share }) {
  const report = () => openReport(work, now().task.id, notices);
  const main = button(say("web.compare.report"), { kind: "primary", act: report, keys: "R" });
  const files = menu(say("button.export"), [
    { text: say("web.compare.save_xlsx"), act: () => saveWritten(work, now().task.id, "xlsx") },
    { text: say("web.compare.save_csv"), act: () => now().view?.table && saveCsv(now().view.table, now().view.title) },
    { text: say("web.compare.save_daily"), act: () => saveWritten(work, now().task.id, "csv") },
  ], { icon: "save" });
  const why = h("a", { class: "button why-button", href: `#/why/${work}` }, say("web.compare.why"));
  const element = h("div", { class: "answer-actions" }, main, why, share, files);
  const paint = (task, view) => {
    const ready = Boolean(view) && (task?.state === "done" || task?.state === "stopped");
    main.disabled = !ready;
    files.classList.toggle("unready", !ready);
    files.inert = !ready;
    if (view?.told) why.href = `#/why/${work}/${view.told}`;
  };
  return { element, report, paint };
}

