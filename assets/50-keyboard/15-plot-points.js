/* A point of a chart in the page: its words below the chart, its place in the window, its label. By touch,
   a first tap shows the words of a point, and a second goes where the point leads. */
(() => {
  "use strict";
  const { explorer } = window;
  const ROOM = 48; // pixels between a point and the edge of what is in view
  const AGAIN = " Tap again to open it.";

  /**
   * Say a point in the line below its chart, which is read out as it changes.
   * @param {Element} inside Anything in the chart.
   * @param {string} words Of the point; "" for none.
   */
  function say(inside, words) {
    const line = inside.closest(".card-panel, .card")?.querySelector("[data-part=point]");
    if (line && line.textContent !== words) line.textContent = words;
  }

  /**
   * Dismiss the label of a chart.
   * @param {PlotElement} plot The drawing.
   */
  function unmark(plot) {
    if (plot._fullLayout) window.Plotly?.Fx?.unhover?.(plot);
  }

  /**
   * Scroll the page so far that a point is in view, below what stays at the top.
   * @param {PlotElement} plot The drawing.
   * @param {Trace} trace Of the point.
   * @param {number} point Its number.
   */
  function bringIntoView(plot, trace, point) {
    const axis = plot._fullLayout?.[`yaxis${(trace.yaxis || "y").slice(1)}`];
    if (!axis) return;
    const at = plot.getBoundingClientRect().top + axis._offset + axis.d2p(trace.y[point]);
    const padding = Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);
    const least = (Number.isNaN(padding) ? 0 : padding) + ROOM;
    const most = innerHeight - ROOM;
    if (at < least) scrollBy(0, at - least);
    else if (at > most) scrollBy(0, at - most);
  }

  /* A label that the pointer brought up covers what is below it: Escape dismisses it. */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    /** @type {NodeListOf<PlotElement>} */
    const plots = document.querySelectorAll(".js-plotly-plot:has(.hoverlayer > *)");
    for (const plot of plots) unmark(plot);
  });

  /* ----- touch ----- */

  /** @typedef {{ curveNumber: number, pointNumber: number, customdata?: unknown, data: Trace }} Tapped A point as Plotly tells of it */

  let isTouch = false;
  /** @type {HTMLElement | null} the drawing that was pressed last */
  let pressed = null;
  let press = 0; // its number: Plotly tells of one tap twice
  /** @type {{ plot: Element, curve: number, point: number, press: number } | undefined} the last first tap */
  let tapped;

  /**
   * Whether a press opens what a point leads to: a mouse does at once, a finger with the second tap.
   * @param {Tapped} point The point.
   * @returns {boolean} False for a first tap, whose words are shown instead.
   */
  function opens({ curveNumber: curve, pointNumber: point, customdata, data }) {
    const isSame = tapped?.plot === pressed && tapped?.curve === curve && tapped.point === point;
    if (!isTouch || !pressed || (isSame && tapped?.press !== press)) return true;
    const again = explorer.points.leadsTo(customdata) ? AGAIN : "";
    say(pressed, explorer.points.wordsOf(data, point) + again);
    tapped = { plot: pressed, curve, point, press };
    return false;
  }

  document.addEventListener(
    "pointerdown",
    (event) => {
      isTouch = event.pointerType === "touch";
      pressed = explorer.closest(event, ".js-plotly-plot");
      press += 1;
      if (!isTouch || pressed === tapped?.plot) return;
      if (tapped?.plot.isConnected) say(tapped.plot, "");
      tapped = undefined;
    },
    true,
  );

  explorer.plotPoints = { say, unmark, bringIntoView, opens };
})();
