/* Charts by keyboard, the tabs of a card, and charts on paper. */
(() => {
  "use strict";
  const { explorer } = window;

  const PRINT_WIDTH = 680; // A4 less the margins in 30-parts/52-paper.css, at 96 pixels to the inch
  const HINT =
    "Left and right arrows move between points, up and down between series. " +
    "Space marks a point in every chart, Escape leaves.";
  /** @type {WeakMap<Element, Place>} where the reader is, by chart */
  const places = new WeakMap();

  /* ----- point browser ----- */

  /**
   * The drawing of a chart.
   * @param {Element} root Around it.
   * @returns {PlotElement | null} Nothing before it is drawn.
   */
  const plotIn = (root) => root.querySelector(".js-plotly-plot");

  /**
   * The line below a chart that says its points.
   * @param {Element} chart The chart.
   * @returns {Element | null | undefined} Nothing outside a card.
   */
  const partIn = (chart) => chart.closest(".card-panel, .card")?.querySelector("[data-part=point]");

  explorer.sayPoint = (chart, words) => {
    const part = partIn(chart);
    if (part) part.textContent = words;
  };

  /**
   * Say a point, and mark it in the chart.
   * @param {HTMLElement} chart The chart.
   * @param {PlotElement} plot Its drawing.
   * @param {Trace} trace Of the point.
   * @param {number} point Its number.
   */
  function show(chart, plot, trace, point) {
    places.set(chart, { curve: trace.index, point });
    chart.dataset.leads = explorer.points.leadsTo(trace.customdata?.[point]);
    explorer.sayPoint(chart, explorer.points.wordsOf(trace, point));
    explorer.mark.pass(explorer.marks.known(explorer.keys.keysOf(trace, point)[0]));
    const subplot = (trace.xaxis || "x") + (trace.yaxis || "y");
    window.Plotly?.Fx?.hover?.(plot, [{ curveNumber: trace.index, pointNumber: point }], subplot);
  }

  /**
   * Leave the points of a chart.
   * @param {HTMLElement} chart The chart.
   */
  function leave(chart) {
    const plot = plotIn(chart);
    places.delete(chart);
    delete chart.dataset.leads;
    explorer.sayPoint(chart, "");
    explorer.mark.pass("");
    if (plot?._fullLayout) window.Plotly?.Fx?.unhover?.(plot);
  }

  const MOVES = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];

  /**
   * Answer a key pressed on a chart.
   * @param {KeyboardEvent} event The key.
   * @param {HTMLElement} chart The chart.
   */
  function chartKey(event, chart) {
    if (event.key === "Escape") {
      leave(chart);
      chart.blur();
      return;
    }
    const plot = plotIn(chart);
    const series = MOVES.includes(event.key) && plot ? explorer.points.seriesOf(plot._fullData || []) : [];
    if (!plot || !series.length) return;
    event.preventDefault();
    const { row, at } = explorer.points.moved(series, places.get(chart), event.key);
    show(chart, plot, series[row].trace, series[row].points[at]);
  }

  document.addEventListener("focusin", (event) => {
    const chart = event.target;
    if (!(chart instanceof Element) || !chart.matches(".chart[tabindex]:focus-visible") || !plotIn(chart))
      return;
    const part = partIn(chart);
    if (part && !part.textContent) part.textContent = HINT;
  });

  document.addEventListener("focusout", (event) => {
    if (event.target instanceof HTMLElement && event.target.matches(".chart[tabindex]")) leave(event.target);
  });

  /* ----- tabs ----- */

  /**
   * The tabs of the row that one stands in.
   * @param {Element} tab One of them.
   * @returns {HTMLElement[]} In order.
   */
  const tabsAround = (tab) => [
    .../** @type {NodeListOf<HTMLElement>} */ (
      tab.closest("[role=tablist]")?.querySelectorAll("[role=tab]") ?? []
    ),
  ];

  /**
   * Open a tab of a card, and say so to whoever fills it.
   * @param {HTMLElement} tab The tab.
   */
  function select(tab) {
    const card = tab.closest("section.card");
    const changed = tab.getAttribute("aria-selected") !== "true";
    for (const one of tabsAround(tab)) {
      const chosen = one === tab;
      one.setAttribute("aria-selected", String(chosen));
      one.tabIndex = chosen ? 0 : -1;
      const panel = document.getElementById(one.getAttribute("aria-controls") ?? "");
      if (panel) panel.hidden = !chosen;
    }
    if (changed && card) {
      card.dispatchEvent(
        new CustomEvent("explorer:tab", { bubbles: true, detail: { card, tab: tab.dataset.tab } }),
      );
    }
  }

  /**
   * Answer a key pressed on a tab.
   * @param {KeyboardEvent} event The key.
   * @param {HTMLElement} tab The tab.
   */
  function tabKey(event, tab) {
    const tabs = tabsAround(tab);
    const at = tabs.indexOf(tab);
    /** @type {Record<string, number>} */
    const leads = {
      ArrowLeft: (at - 1 + tabs.length) % tabs.length,
      ArrowRight: (at + 1) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    };
    const next = leads[event.key];
    if (next === undefined) return;
    event.preventDefault();
    select(tabs[next]);
    tabs[next].focus();
  }

  document.addEventListener("click", (event) => {
    const tab = explorer.closest(event, ".card-tabs [role=tab]");
    if (tab) select(tab);
  });

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement)) return;
    if (event.target.matches(".chart[tabindex]")) chartKey(event, event.target);
    else if (event.target.matches(".card-tabs [role=tab]")) tabKey(event, event.target);
  });

  /* ----- paper ----- */

  /** @type {(() => void)[]} what shows the page again as it was before it was printed */
  const restore = [];

  addEventListener("beforeprint", () => {
    /** @type {NodeListOf<HTMLElement>} */
    const folded = document.querySelectorAll("[data-panel=chart][hidden]");
    for (const panel of folded) {
      panel.hidden = false;
      restore.push(() => {
        panel.hidden = true;
      });
    }
    explorer.toPaper(PRINT_WIDTH);
  });

  addEventListener("afterprint", () => {
    for (const undo of restore.splice(0).reverse()) undo();
    explorer.toPaper(null);
  });
})();
