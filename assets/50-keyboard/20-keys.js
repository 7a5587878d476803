/* Charts by keyboard, the tabs of a card, and charts on paper. */
(() => {
  "use strict";
  const { explorer } = window;

  const PRINT_WIDTH = 680; // A4 less the margins in 30-parts/52-paper.css, at 96 pixels to the inch
  /** @type {WeakMap<Element, Place>} where the reader is, by focus stop of a chart */
  const places = new WeakMap();

  /* ----- point browser ----- */

  /**
   * The drawing of a chart.
   * @param {Element} stop The focus stop of the chart.
   * @returns {PlotElement | null | undefined} Nothing before it is drawn.
   */
  const plotOf = (stop) => stop.closest(".chart")?.querySelector(".js-plotly-plot");

  /**
   * Show where a point is in its chart; one that is not drawn is only said.
   * @param {PlotElement} plot The drawing.
   * @param {Trace} trace Of the point.
   * @param {number} point Its number.
   */
  function showPlace(plot, trace, point) {
    if (!explorer.points.isDrawn(trace, point)) {
      explorer.plotPoints.unmark(plot);
      return;
    }
    explorer.plotPoints.bringIntoView(plot, trace, point);
    const subplot = (trace.xaxis || "x") + (trace.yaxis || "y");
    window.Plotly?.Fx?.hover?.(plot, [{ curveNumber: trace.index, pointNumber: point }], subplot);
    explorer.plotPoints.ring(plot);
  }

  /**
   * Leave the points of a chart.
   * @param {HTMLElement} stop The focus stop of the chart.
   */
  function leave(stop) {
    const plot = plotOf(stop);
    places.delete(stop);
    delete stop.dataset.leads;
    explorer.plotPoints.say(stop, "");
    explorer.mark.pass("");
    if (plot) explorer.plotPoints.unmark(plot);
  }

  const MOVES = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];

  /**
   * Answer a key pressed on a chart. Escape leads back to the tab of the card.
   * @param {KeyboardEvent} event The key.
   * @param {HTMLElement} stop The focus stop of the chart.
   */
  function chartKey(event, stop) {
    if (event.key === "Escape") {
      const tab = stop.closest("section.card")?.querySelector("[role=tab][aria-selected=true]");
      if (tab instanceof HTMLElement) tab.focus();
      else stop.blur();
      return;
    }
    const plot = plotOf(stop);
    const series = MOVES.includes(event.key) && plot ? explorer.points.seriesOf(plot._fullData || []) : [];
    if (!plot || !series.length) return;
    event.preventDefault();
    const before = places.get(stop);
    const to = explorer.points.moved(series, before, event.key);
    const { trace, points } = series[to.row];
    const point = points[to.at];
    const key = explorer.marks.known(explorer.keys.keysOf(trace, point)[0]);
    // A point about nothing that can be marked leaves the number as it was said.
    const charts = key ? explorer.marks.charts(key) : (before?.charts ?? 0);
    places.set(stop, { curve: trace.index, point, charts });
    stop.dataset.leads = explorer.points.leadsTo(trace.customdata?.[point]);
    const words = explorer.points.spoken(series, to, before) + explorer.keys.also(charts, before?.charts);
    explorer.plotPoints.say(stop, words);
    showPlace(plot, trace, point);
    explorer.mark.pass(key);
  }

  document.addEventListener("focusout", (event) => {
    if (event.target instanceof HTMLElement && event.target.matches(".chart-stop")) leave(event.target);
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
    if (event.target.matches(".chart-stop")) chartKey(event, event.target);
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
