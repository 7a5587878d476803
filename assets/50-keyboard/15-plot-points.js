/* A point of a chart in the page: its words below the chart, the ring around it, its place in the window. */
(() => {
  "use strict";
  const { explorer } = window;
  const ROOM = 48; // pixels between a point and the edge of what is in view
  const EDGE = 12; // pixels between a point and the words over its chart
  const AROUND = 4; // pixels between a mark and its ring
  const LEAST = 16; // pixels of a ring
  /** @type {PlotElement | null} */
  let passed = null; // the drawing whose point is below the pointer

  /**
   * Where the words of a point are read out.
   * @param {Element} inside Anything in the chart.
   * @returns {Element | null | undefined} Nothing where no card is around.
   */
  const saidOf = (inside) => inside.closest(".card-panel, .card")?.querySelector("[data-part=point]");

  /**
   * Where the words are that the pointer brings up.
   * @param {Element} inside Anything in the chart.
   * @returns {HTMLElement | null | undefined} Nothing where no card is around.
   */
  const passingOf = (inside) => inside.closest(".card-panel, .card")?.querySelector("[data-part=passing]");

  /**
   * The focus stop of a chart.
   * @param {Element} inside Anything in the chart.
   * @returns {HTMLElement | null | undefined} It carries the ring.
   */
  const stopOf = (inside) => inside.closest(".chart")?.querySelector(".chart-stop");

  /**
   * What is at the top of the window takes no part in what is in view.
   * @returns {number} Pixels.
   */
  function covered() {
    const padding = Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);
    return Number.isNaN(padding) ? 0 : padding;
  }

  /**
   * Write words into a line below a chart.
   * @param {Element | null | undefined} line The line.
   * @param {string} words "" for none.
   */
  function write(line, words) {
    if (line && line.textContent !== words) line.textContent = words;
  }

  /**
   * Say a point in the line below its chart, which is read out as it changes.
   * @param {Element} inside Anything in the chart.
   * @param {string} words Of the point; "" for none.
   */
  function say(inside, words) {
    write(passingOf(inside), "");
    write(saidOf(inside), words);
    if (!words) delete stopOf(inside)?.dataset.ringed;
  }

  /**
   * Draw the ring around the point that Plotly has found last.
   * @param {PlotElement} plot The drawing.
   */
  function ring(plot) {
    const stop = stopOf(plot);
    const box = plot._hoverdata?.[0]?.bbox;
    if (!stop || !box) return;
    const [width, height] = [box.x1 - box.x0, box.y1 - box.y0].map((one) =>
      Math.max(LEAST, one + 2 * AROUND),
    );
    const places = {
      left: (box.x0 + box.x1 - width) / 2,
      top: (box.y0 + box.y1 - height) / 2,
      width,
      height,
    };
    for (const [name, pixels] of Object.entries(places))
      stop.style.setProperty(`--ring-${name}`, `${pixels}px`);
    stop.dataset.ringed = "";
  }

  /**
   * Show the words of the point below the pointer, in view and off the point; nobody has to hear them.
   * @param {PlotElement} plot The drawing.
   * @param {string} words Of the point.
   */
  function pass(plot, words) {
    const [line, stop, said] = [passingOf(plot), stopOf(plot), saidOf(plot)?.textContent ?? ""];
    if (!line || !stop || (said && stop === document.activeElement)) return; // keys lead
    passed = plot;
    ring(plot);
    write(line, said.startsWith(words) ? "" : words); // a press has said them already
    line.style.translate = "";
    if (!line.textContent) return;
    const { bottom, height } = line.getBoundingClientRect();
    const point = plot.getBoundingClientRect().top + (plot._hoverdata?.[0]?.bbox?.y0 ?? 0);
    let lowest = Math.min(bottom, innerHeight);
    if (lowest - height < point + EDGE) lowest = point - EDGE;
    if (lowest < bottom) line.style.translate = `0 ${lowest - bottom}px`;
  }

  /**
   * Take away the words of the point below the pointer, and its ring; that of a tap stays.
   * @param {PlotElement} plot The drawing.
   */
  function leave(plot) {
    write(passingOf(plot), "");
    if (passed === plot) delete stopOf(plot)?.dataset.ringed;
    passed = null;
  }

  /**
   * Take away every sign of a point, and have Plotly forget it: it then finds the same one again.
   * @param {PlotElement} plot The drawing.
   */
  function unmark(plot) {
    if (plot._fullLayout) window.Plotly?.Fx?.unhover?.(plot);
    passed = plot;
    leave(plot);
  }

  /**
   * Scroll the page so far that a point is in view: below what stays at the top, above its words.
   * @param {PlotElement} plot The drawing.
   * @param {Trace} trace Of the point.
   * @param {number} point Its number.
   */
  function bringIntoView(plot, trace, point) {
    const axis = plot._fullLayout?.[`yaxis${(trace.yaxis || "y").slice(1)}`];
    if (!axis) return;
    const at = plot.getBoundingClientRect().top + axis._offset + axis.d2p(trace.y[point]);
    const words = saidOf(plot)?.clientHeight ?? 0;
    const least = covered() + ROOM;
    const most = innerHeight - Math.max(ROOM, words + ROOM / 2);
    if (at < least) scrollBy(0, at - least);
    else if (at > most) scrollBy(0, at - most);
  }

  /* Words that the pointer brought up cover what is below them: Escape dismisses them. */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    /** @type {NodeListOf<PlotElement>} */
    const plots = document.querySelectorAll(".chart:has([data-ringed]) .js-plotly-plot");
    for (const plot of plots) unmark(plot);
  });

  explorer.plotPoints = { say, pass, ring, leave, unmark, bringIntoView };
})();
