/** Giving the open work away, as the library does: a link, or a file. */

import { button } from "../parts.js";
import * as store from "../store.js";
import { say } from "../words.js";

/** @returns {HTMLElement} a button. */
export function makeShare() {
  const share = async () => {
    const [{ share: shared }] = await Promise.all([import("../screens/library.js"), store.flush()]);
    await shared(store.work());
  };
  return button(say("button.share"), { icon: "share", act: share });
}
