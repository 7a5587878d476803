/* A point of a chart in the page: its words below the chart, its place in the window, its label. */
(() => {
  "use strict";
  const { explorer } = window;
  const ROOM = 48; // pixels between a point and the edge of what is in view

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

  explorer.plotPoints = { say, unmark, bringIntoView };
})();
