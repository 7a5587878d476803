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
  let waiting = false; // for what became of it

  const LEFT = "The work was lost: the server was started again. Nothing was kept. "
    + "Press Run to start it again.";
  const SOON = 1000; // ms, in which the words of a job that has ended arrive

  function startJob(clicks, finding) {
    const { no_update: same } = window.dash_clientside;
    if (!clicks) return [same, same];
    waiting = true;
    explorer.announce("Started");
    return [{ query: explorer.query(), finding, nth: clicks }, "Running"];
  }

  /* Words, and a bar that is empty again. */
  function ended(words, announced) {
    waiting = false;
    explorer.announce(announced);
    return [words, "0", ""];
  }

  function endJob(done) {
    const { no_update: same } = window.dash_clientside;
    if (!done) return [same, same, same];
    explorer.again();
    return ended(done.words, done.words);
  }

  function cancelJob(clicks) {
    const { no_update: same } = window.dash_clientside;
    if (!clicks) return [same, same, same];
    return ended("Cancelled; nothing was kept.", "Cancelled");
  }

  /* A server that was started again does not know the job, and ends it without a word. */
  function leaveJob(isOver) {
    const { no_update: same, set_props: show } = window.dash_clientside;
    if (isOver && waiting) {
      setTimeout(() => {
        if (!waiting) return;
        const [words, value, share] = ended(LEFT, LEFT);
        show("job-words", { children: words });
        show("job-progress", { value });
        show("job-share", { children: share });
      }, SOON);
    }
    return same;
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.explorer = { ...window.dash_clientside.explorer, startJob, endJob, cancelJob, leaveJob };
})();
