/** A work to give away: as a `.qunsim` file, or as a link that holds the whole of it. */

import { get } from "./api.js";

/** Beyond this a link is cut by mail and chat programs: the file is the way then. */
export const LONGEST_LINK = 8000;

/** What an opened link may unpack to, so that a short link cannot fill the memory. */
const LARGEST = 2_000_000;

/**
 * The link of a work.
 *
 * @param {string} id
 * @returns {Promise<string>}
 */
export async function shareLink(id) {
  const file = await get(`/api/works/${id}/file`);
  return `${location.origin}/#/open/${await packed(JSON.stringify(file))}`;
}

/**
 * Where the file of a work is fetched from.
 *
 * @param {string} id
 */
export function fileAddress(id) {
  return `/api/works/${id}/file`;
}

/**
 * A text as base64url of its deflated bytes.
 *
 * @param {string} text
 */
export async function packed(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * The text that {@link packed} packed.
 *
 * @param {string} data
 * @returns {Promise<string>} Rejected if it is damaged or too large.
 */
export async function unpacked(data) {
  const binary = atob(data.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > LARGEST) {
      await reader.cancel();
      throw new RangeError("the link holds too much");
    }
  }
}
