/** Dragging with mouse, pen or finger: begins after a few pixels, Escape gives it up. */

const THRESHOLD = 4;

/**
 * @typedef {object} Drag
 * @property {(event: PointerEvent) => void} [begin] The pointer has moved far enough.
 * @property {(event: PointerEvent, dx: number) => void} move `dx` pixels since it was pressed.
 * @property {(event: PointerEvent, dx: number) => void} drop
 * @property {() => void} cancel
 */

/**
 * Follow a pointer that was pressed on an element until it is let go.
 * @param {PointerEvent} press
 * @param {Drag} drag
 */
export function follow(press, drag) {
  if (press.button !== 0) return;
  const from = { x: press.clientX, y: press.clientY };
  let going = false;

  const moved = (event) => {
    if (event.pointerId !== press.pointerId) return;
    const dx = event.clientX - from.x;
    if (!going && Math.hypot(dx, event.clientY - from.y) < THRESHOLD) return;
    if (!going) {
      going = true;
      document.body.classList.add("dragging");
      drag.begin?.(event);
    }
    event.preventDefault();
    drag.move(event, dx);
  };
  const finish = () => {
    window.removeEventListener("pointermove", moved);
    window.removeEventListener("pointerup", released);
    window.removeEventListener("pointercancel", given);
    window.removeEventListener("keydown", escaped, true);
    document.body.classList.remove("dragging");
  };
  const released = (event) => {
    if (event.pointerId !== press.pointerId) return;
    finish();
    if (!going) return;
    swallowClick();
    drag.drop(event, event.clientX - from.x);
  };
  const given = () => {
    finish();
    if (going) drag.cancel();
  };
  const escaped = (event) => {
    if (event.key !== "Escape" || !going) return;
    event.preventDefault();
    event.stopPropagation();
    window.addEventListener("pointerup", swallowClick, { once: true });
    given();
  };
  window.addEventListener("pointermove", moved);
  window.addEventListener("pointerup", released);
  window.addEventListener("pointercancel", given);
  window.addEventListener("keydown", escaped, true);
}

/** The click that follows a drag is none. */
function swallowClick() {
  const stop = (event) => {
    event.stopPropagation();
    event.preventDefault();
  };
  window.addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => window.removeEventListener("click", stop, { capture: true }), 0);
}
