/* Marks what a reader points at, or has pressed, in every chart that is drawn. Nothing is drawn again:
   Plotly binds what it drew to its data, and the styles do the rest. */
(() => {
  "use strict";
  const { explorer } = window;
  const POINTS = ".point, .textpoint, .errorbar"; // of a trace, each bound to its point
  /** @typedef {SVGElement & { __data__?: any }} Bound what Plotly has drawn, with what it drew it from */

  /** @type {string[]} keys of what is marked */
  let marked = [];
  /** @type {WeakSet<Element>} charts in which something is marked */
  const styled = new WeakSet();

  /**
   * Every chart that is drawn.
   * @returns {PlotElement[]} In the order of the page.
   */
  const plots = () => [
    .../** @type {NodeListOf<PlotElement>} */ (document.querySelectorAll(".js-plotly-plot")),
  ];

  /**
   * Say on an element how it stands to what is marked.
   * @param {HTMLElement | SVGElement} node The element.
   * @param {Standing} how "" takes it back.
   */
  function set(node, how) {
    if (how) node.dataset.marked = how;
    else delete node.dataset.marked;
  }

  /**
   * Mark the points of a trace.
   * @param {Bound} group What is drawn of it.
   * @param {string[]} keys Of what is marked, as far as the chart shows it; none takes all back.
   * @param {Set<number>} rows Places of marked points on the upright axis; added to.
   */
  function markTrace(group, keys, rows) {
    /** @type {any[]} */
    const data = group.__data__ ?? [];
    const trace = data[0]?.trace;
    if (trace?.meta?.keys === undefined) return;
    const how = (/** @type {number} */ point) =>
      keys.length ? explorer.keys.standing(explorer.keys.keysOf(trace, point), keys) : "";
    if (typeof trace.meta.keys === "string") {
      set(group, how(0));
      if (how(0) === "own") for (const one of data) rows.add(Math.round(one.y));
      return;
    }
    for (const node of /** @type {NodeListOf<Bound>} */ (group.querySelectorAll(POINTS))) {
      const { i, y } = node.__data__;
      set(node, how(i));
      if (how(i) === "own") rows.add(Math.round(y));
    }
  }

  /**
   * Mark a chart: its traces, and the names of rows.
   * @param {PlotElement} plot The chart.
   */
  function mark(plot) {
    const keys = explorer.keys.carried(plot._fullData ?? [], marked);
    if (!keys.length && !styled.has(plot)) return;
    if (keys.length) styled.add(plot);
    else styled.delete(plot);
    /** @type {Set<number>} */
    const rows = new Set();
    for (const group of /** @type {NodeListOf<Bound>} */ (plot.querySelectorAll("g.trace"))) {
      markTrace(group, keys, rows);
    }
    const axis = plot._fullLayout?.yaxis;
    const named = axis?.type === "category" || axis?.ticktext !== undefined;
    for (const tick of /** @type {NodeListOf<Bound>} */ (plot.querySelectorAll(".ytick"))) {
      set(tick, named && rows.has(tick.__data__?.x) ? "own" : "");
    }
  }

  /** Mark the rows of tables, and the dots in their pictures. */
  function markRows() {
    /** @type {NodeListOf<HTMLElement>} */
    const rows = document.querySelectorAll("tr[data-mark]");
    for (const row of rows) set(row, marked.includes(row.dataset.mark ?? "") ? "own" : "");
    const dots = [.../** @type {NodeListOf<SVGElement>} */ (document.querySelectorAll("circle[data-mark]"))];
    const own = new Set(dots.filter((dot) => marked.includes(dot.dataset.mark ?? "")));
    for (const dot of dots) set(dot, own.has(dot) ? "own" : own.size ? "other" : "");
  }

  /**
   * Show what the pointer is over in every chart, and say it below its own.
   * @param {PlotEvent} event Of Plotly.
   */
  function over({ event, points: [{ fullData, pointNumber }] }) {
    const plot = /** @type {PlotElement | null} */ (explorer.closest(event, ".js-plotly-plot"));
    if (plot) explorer.plotPoints.pass(plot, explorer.points.wordsOf(fullData, pointNumber));
    explorer.mark.pass(explorer.marks.known(explorer.keys.keysOf(fullData, pointNumber)[0]));
  }

  /**
   * The pointer is over no point any more.
   * @param {PlotEvent} event Of Plotly.
   */
  function out({ event }) {
    const plot = /** @type {PlotElement | null} */ (explorer.closest(event, ".js-plotly-plot"));
    if (plot) explorer.plotPoints.leave(plot);
    explorer.mark.pass("");
  }

  explorer.marks = {
    show(keys) {
      marked = [...new Set(keys)].filter(Boolean);
      for (const plot of plots()) mark(plot);
      markRows();
    },

    drawn(plot) {
      for (const [name, listener] of /** @type {const} */ ([
        ["plotly_hover", over],
        ["plotly_unhover", out],
      ])) {
        plot.removeListener?.(name, listener); // drawn again, a plot has forgotten it
        plot.on?.(name, listener);
      }
      if (plot.closest(".chart:has([data-ringed])")) explorer.plotPoints.unmark(plot); // its points moved
      mark(plot);
    },

    charts: (key) =>
      plots().filter((plot) => explorer.keys.carried(plot._fullData ?? [], [key]).length).length,

    told(key) {
      for (const plot of plots()) {
        const told = explorer.raw(plot)?.layout.meta?.marks?.[key];
        if (told) return told;
      }
      return undefined;
    },

    known: (key) => (explorer.marks.told(key) ? key : ""),
  };
})();
