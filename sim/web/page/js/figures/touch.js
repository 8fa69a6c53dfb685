/**
 * Fingers: one scrolls the page, a press that is held reads values, two zoom over time.
 */

const HOLD_MS = 350;

/**
 * @param {HTMLElement} plot drawn by Plotly.
 * @param {() => object} library Plotly.
 */
export function touch(plot, library) {
  let timer = null;
  let reading = false;
  let pinch = null;

  const at = (finger) => {
    const box = plot.getBoundingClientRect();
    const { l, t } = plot.layout.margin;
    return { xpx: finger.clientX - box.left - l, ypx: finger.clientY - box.top - t };
  };
  const read = (finger) => library().Fx.hover(plot, at(finger));
  const stopReading = () => {
    clearTimeout(timer);
    timer = null;
    reading = false;
  };
  // Plotly would take a finger for the beginning of a drag; a tap still reaches it as a click.
  const on = (name, act, passive) => plot.addEventListener(name, (event) => {
    event.stopPropagation();
    act(event);
  }, { passive, capture: true });
  on("touchstart", (event) => {
    if (!plot.layout) return;
    stopReading();
    if (event.touches.length === 2 && zoomable(plot)) {
      pinch = beginPinch(plot, event.touches);
      return;
    }
    const finger = event.touches[0];
    timer = setTimeout(() => {
      reading = true;
      read(finger);
    }, HOLD_MS);
  }, true);
  on("touchmove", (event) => {
    if (pinch && event.touches.length === 2) {
      event.preventDefault();
      void library().relayout(plot, { "xaxis.range": pinch(event.touches) });
    } else if (reading) {
      event.preventDefault();
      read(event.touches[0]);
    } else stopReading();
  }, false);
  for (const name of ["touchend", "touchcancel"]) {
    on(name, () => {
      pinch = null;
      stopReading();
    }, true);
  }
}

const zoomable = (plot) => Array.isArray(plot.layout.xaxis?.range) && !plot.layout.xaxis.fixedrange;

/**
 * What two fingers held when they came down stays under them.
 *
 * @returns {(touches: TouchList) => [number, number]} the range for where they are now.
 */
function beginPinch(plot, touches) {
  const [from, to] = plot.layout.xaxis.range.map(Number);
  const { l, r } = plot.layout.margin;
  const box = plot.getBoundingClientRect();
  const wide = box.width - l - r;
  const share = (finger) => (finger.clientX - box.left - l) / wide;
  const value = (where) => from + where * (to - from);
  const [first, second] = [value(share(touches[0])), value(share(touches[1]))];
  return (now) => {
    const [one, other] = [share(now[0]), share(now[1])];
    const apart = Math.sign(other - one || 1) * Math.max(0.05, Math.abs(other - one));
    const span = Math.abs((second - first) / apart) || 1;
    const begin = first - one * span;
    return [Math.max(from, begin), Math.min(to, begin + span)];
  };
}
