/* Charts are drawn here, not by Dash: each comes as JSON in an attribute of its place. */
(() => {
  "use strict";
  const { explorer } = window;
  const CONFIG = { displayModeBar: false, showSendToCloud: false };
  /** @type {WeakMap<Element, string>} JSON that the charts of places were drawn from */
  const drawn = new WeakMap();
  /** @type {WeakMap<Element, string>} JSON that places were laid out with: answers draw others later */
  const laid = new WeakMap();

  /**
   * Do something once Plotly is there; without Plotly, never.
   * @param {(plotly: PlotlyLibrary) => void} task What to do.
   */
  function withPlotly(task) {
    if (window.Plotly) task(window.Plotly);
    else
      document.getElementById("plotly")?.addEventListener("load", () => window.Plotly && task(window.Plotly));
  }

  /**
   * Draw a chart in its place, where it shows another figure.
   * @param {HTMLElement} place Of the chart.
   * @param {string} words The figure as JSON.
   * @param {Figure} figure The same.
   */
  function drawOther(place, words, { data, layout }) {
    if (drawn.get(place) === words) return;
    drawn.set(place, words);
    withPlotly((plotly) => {
      if (!place.firstElementChild) place.append(document.createElement("div"));
      plotly.react(/** @type {Element} */ (place.firstElementChild), { data, layout, config: CONFIG });
    });
  }

  explorer.draw = (place, figure) => drawOther(place, JSON.stringify(figure), figure);

  explorer.drawHere = (place) => {
    const figure = place.dataset.figure ?? "";
    if (laid.get(place) === figure) return;
    laid.set(place, figure);
    drawOther(place, figure, JSON.parse(figure));
  };

  explorer.moveChart = (from, to) => {
    if (!from.firstElementChild || from.dataset.figure !== to.dataset.figure) return;
    to.append(from.firstElementChild);
    for (const known of [laid, drawn]) known.set(to, to.dataset.figure ?? "");
  };

  explorer.chartsIn = (part) => [
    .../** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-figure]")),
  ];
})();
