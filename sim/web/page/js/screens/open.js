/** Opens a share link: the work in it is saved as a new one here. */

import { ApiError, post } from "../api.js";
import { fill, h } from "../dom.js";
import { errorBox, linkButton } from "../parts.js";
import { go } from "../router.js";
import { unpacked } from "../share.js";
import { say } from "../words.js";

/**
 * @param {HTMLElement} host
 * @param {Record<string, string>} params
 */
export async function screen(host, { data }) {
  fill(host, h("h1", null, say("web.library.opening")));
  try {
    const made = await post("/api/works/file", await fileOf(data));
    go(`#/policies/${made.id}`, { replace: true });
  } catch (error) {
    fill(
      host,
      h("h1", null, say("web.library.not_opened")),
      errorBox(/** @type {Error} */ (error), { actions: [linkButton(say("web.shell.library"), "#/library")] }),
    );
  }
}

/**
 * @param {string} data
 * @returns {Promise<any>}
 */
async function fileOf(data) {
  try {
    return JSON.parse(await unpacked(data));
  } catch {
    throw new ApiError(400, "damaged/link", say("web.library.damaged_link"));
  }
}
