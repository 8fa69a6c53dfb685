/** A policy from the library over the calendar: where it would begin, and letting it go there. */

import { h } from "../dom.js";
import { say } from "../words.js";
import { dayAt } from "./geometry.js";

/**
 * @param {HTMLElement} plan What it can be dropped on; it holds the calendar.
 * @param {number} days Length of the run.
 * @param {(day: number) => void} drop
 * @param {string} name
 * @returns {import("./dragging.js").Drag}
 */
export function dropTarget(plan, days, drop, name) {
  const ghost = h("div", { class: "drag-ghost", "aria-hidden": "true" });
  const line = h("div", { class: "drop-line", "aria-hidden": "true" });
  const dayOf = (event) => {
    const track = plan.querySelector(".track-labels")?.getBoundingClientRect();
    const place = plan.getBoundingClientRect();
    const over = event.clientX > place.left && event.clientX < place.right && event.clientY > place.top && event.clientY < place.bottom;
    if (!over) return null;
    return track?.width ? dayAt((event.clientX - track.left) / track.width, days) : 0;
  };
  const away = () => {
    ghost.remove();
    line.remove();
  };
  return {
    begin: () => document.body.append(ghost),
    move: (event) => {
      const day = dayOf(event);
      ghost.style.left = `${event.clientX + 12}px`;
      ghost.style.top = `${event.clientY + 12}px`;
      ghost.textContent = day === null ? name : say("web.policies.drop", { name, day });
      ghost.classList.toggle("over", day !== null);
      const calendar = plan.querySelector(".calendar");
      if (day === null || !calendar) return line.remove();
      const track = plan.querySelector(".track-labels");
      line.style.left = `${track.offsetLeft + (track.clientWidth * day) / days}px`;
      calendar.append(line);
    },
    drop: (event) => {
      away();
      const day = dayOf(event);
      if (day !== null) drop(day);
    },
    cancel: away,
  };
}
