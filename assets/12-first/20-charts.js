/* Charts are drawn here, not by Dash: each comes as JSON in an attribute of its place. */
(() => {
  "use strict";
  const { explorer } = window;
  const CONFIG = { displayModeBar: false, showSendToCloud: false };
  /** @type {WeakMap<Element, string>} JSON that the charts of places were drawn from */
  const drawn = new WeakMap();

  /**
   * Do something once Plotly is there; without Plotly, never.
   * @param {(plotly: PlotlyLibrary) => void} task What to do.
   */
  function withPlotly(task) {
    if (window.Plotly) task(window.Plotly);
    else
      document.getElementById("plotly")?.addEventListener("load", () => window.Plotly && task(window.Plotly));
  }

  explorer.draw = (place, { data, layout }) =>
    withPlotly((plotly) => {
      if (!place.firstElementChild) place.append(document.createElement("div"));
      plotly.react(/** @type {Element} */ (place.firstElementChild), { data, layout, config: CONFIG });
    });

  explorer.drawHere = (place) => {
    const figure = place.dataset.figure ?? "";
    if (drawn.get(place) === figure) return;
    drawn.set(place, figure);
    explorer.draw(place, JSON.parse(figure));
  };

  explorer.moveChart = (from, to) => {
    if (!from.firstElementChild || from.dataset.figure !== to.dataset.figure) return;
    to.append(from.firstElementChild);
    drawn.set(to, to.dataset.figure ?? "");
  };

  explorer.chartsIn = (part) => [
    .../** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-figure]")),
  ];
})();
