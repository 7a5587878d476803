/* Dots and rows that open the view behind them, and the slow work of a page. */
(function () {
  "use strict";
  const explorer = (window.explorer = window.explorer || {});

  /* A point that leads somewhere holds its words and its address. */
  function addressOf(chart) {
    const plot = chart.querySelector(".js-plotly-plot");
    const point = plot && plot._hoverdata && plot._hoverdata[0];
    const held = point && point.customdata;
    return Array.isArray(held) && typeof held[1] === "string" && held[1].startsWith("/") ? held[1] : "";
  }

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
      return;
    }
    const chart = event.target.closest(".chart[tabindex]");
    const address = chart && event.target.closest(".js-plotly-plot") ? addressOf(chart) : "";
    if (address) open(address);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.target instanceof Element)) return;
    if (!event.target.matches(".chart[tabindex]")) return;
    const address = addressOf(event.target);
    if (!address) return;
    event.preventDefault();
    open(address);
  });

  /* Slow work is asked for with the selection of the moment. */
  function startJob(clicks, finding) {
    if (!clicks) return window.dash_clientside.no_update;
    explorer.announce("Started");
    return { query: explorer.query(), finding, nth: clicks };
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
