/* Dots and rows that open the view behind them, and the slow work of a page. */
(() => {
  "use strict";
  const { explorer } = window;

  /**
   * Open a view; the card of the view in this page is brought into the window.
   * @param {string} address Of the view.
   */
  function open(address) {
    const here = new URL(address, location.href).pathname === location.pathname;
    explorer.open(address);
    const view = here ? document.getElementById("card-robustness-view") : null;
    if (!view) return;
    view.scrollIntoView({ block: "start" });
    view.tabIndex = -1;
    view.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const link = explorer.closest(event, "a[data-view]");
    if (link && explorer.isPlain(event)) {
      event.preventDefault();
      open(link.getAttribute("href") ?? "");
    }
  });

  /**
   * Open the view behind a point that was clicked.
   * @param {{ points: any[] }} event Of Plotly.
   */
  function clicked(event) {
    const address = explorer.points.leadsTo(event.points[0].customdata);
    if (explorer.plotPoints.opens(event.points[0]) && address) open(address);
  }

  document.addEventListener(
    "pointerdown",
    (event) => {
      const plot = /** @type {PlotElement | null} */ (explorer.closest(event, ".js-plotly-plot"));
      if (!plot?.on) return;
      plot.removeListener?.("plotly_click", clicked); // drawn again, a plot has forgotten it
      plot.on("plotly_click", clicked);
    },
    true,
  );

  document.addEventListener("keydown", (event) => {
    const chart = event.target;
    if (event.key !== "Enter" || !(chart instanceof HTMLElement) || !chart.dataset.leads) return;
    event.preventDefault();
    open(chart.dataset.leads);
  });

  /* Slow work is asked for with the selection of the moment. */
  let waiting = false; // for what became of it

  const LEFT =
    "The work was lost: the server was started again. Nothing was kept. " + "Press Run to start it again.";
  const SOON = 1000; // ms, in which the words of a job that has ended arrive

  /**
   * Start slow work: called by Dash.
   * @param {number | undefined} clicks Of the button.
   * @param {string} finding Key of what is made.
   * @returns {unknown[]} The question for the store `job-asked`, and words.
   */
  function startJob(clicks, finding) {
    const { no_update: same } = window.dash_clientside;
    if (!clicks) return [same, same];
    waiting = true;
    explorer.announce("Started");
    return [{ query: explorer.query(), finding, nth: clicks }, "Running"];
  }

  /**
   * What the page shows of work that has ended: words, and a bar that is empty again.
   * @param {string} words Shown.
   * @param {string} announced Said to those who hear the page.
   * @returns {[string, string, string]} Words, value of the bar, the same in words.
   */
  function ended(words, announced) {
    waiting = false;
    explorer.announce(announced);
    return [words, "0", ""];
  }

  /**
   * Slow work was done: called by Dash.
   * @param {{ words: string } | null} done Words on what became of it.
   * @returns {unknown[]} Words, value of the bar, the same in words.
   */
  function endJob(done) {
    const { no_update: same } = window.dash_clientside;
    if (!done) return [same, same, same];
    explorer.again();
    return ended(done.words, done.words);
  }

  /**
   * Slow work was cancelled: called by Dash.
   * @param {number | undefined} clicks Of the button.
   * @returns {unknown[]} Words, value of the bar, the same in words.
   */
  function cancelJob(clicks) {
    const { no_update: same } = window.dash_clientside;
    if (!clicks) return [same, same, same];
    return ended("Cancelled; nothing was kept.", "Cancelled");
  }

  /**
   * Slow work is over, however it ended: called by Dash. A server that was started again does not
   * know the job, and ends it without a word.
   * @param {boolean} isOver Whether the button to cancel it is disabled.
   * @returns {unknown} That nothing changed.
   */
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

  window.dash_clientside ??= /** @type {Window["dash_clientside"]} */ ({});
  window.dash_clientside.explorer = {
    ...window.dash_clientside.explorer,
    startJob,
    endJob,
    cancelJob,
    leaveJob,
  };
})();
