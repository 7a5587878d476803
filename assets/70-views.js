/* Dots and rows that open the view behind them, and the slow work of a page. */
(function () {
  "use strict";
  const explorer = (window.explorer = window.explorer || {});

  function open(address) {
    const here = new URL(address, location.href).pathname === location.pathname;
    explorer.open(address);
    const view = here && document.getElementById("card-robustness-view");
    if (!view) return;
    view.scrollIntoView({ block: "start" });
    view.tabIndex = -1;
    view.focus({ preventScroll: true });
  }

  const plain = (event) => !event.defaultPrevented && event.button === 0
    && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-view]");
    if (link && plain(event)) {
      event.preventDefault();
      open(link.getAttribute("href"));
    }
  });

  /* A point that leads somewhere holds its words and its address. */
  function clicked(event) {
    const held = event.points[0].customdata;
    if (Array.isArray(held) && String(held[1]).startsWith("/")) open(held[1]);
  }

  document.addEventListener("pointerdown", (event) => {
    const plot = event.target instanceof Element && event.target.closest(".js-plotly-plot");
    if (!plot || !plot.on) return;
    plot.removeListener("plotly_click", clicked); // drawn anew, a plot has forgotten it
    plot.on("plotly_click", clicked);
  }, true);

  document.addEventListener("keydown", (event) => {
    const chart = event.target;
    if (event.key !== "Enter" || !(chart instanceof HTMLElement) || !chart.dataset.leads) return;
    event.preventDefault();
    open(chart.dataset.leads);
  });

  /* Slow work is asked for with the selection of the moment. */
  function startJob(clicks, finding) {
    const { no_update: same } = window.dash_clientside;
    if (!clicks) return [same, same];
    explorer.announce("Started");
    return [{ query: explorer.query(), finding, nth: clicks }, "Running"];
  }

  function endJob(done) {
    if (!done) return window.dash_clientside.no_update;
    explorer.again();
    explorer.announce(done.words);
    return done.words;
  }

  function cancelJob(clicks) {
    if (!clicks) return window.dash_clientside.no_update;
    explorer.announce("Cancelled");
    return "Cancelled; nothing was kept.";
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.explorer = { ...window.dash_clientside.explorer, startJob, endJob, cancelJob };
})();
