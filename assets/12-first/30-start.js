/* The page before Dash is up: laid out from what came with the document, with the charts of the first
   screen drawn. Dash starts once those are painted, lays the same page out again out of sight, and
   takes over what was drawn. */
(() => {
  "use strict";
  const { explorer } = window;
  const entry = /** @type {HTMLElement} */ (document.getElementById("react-entry-point"));
  const library = /** @type {HTMLScriptElement | null} */ (document.getElementById("plotly"));
  /** Milliseconds in which a file comes where the network is not what readers wait for. */
  const SOON = 100;

  /**
   * Lay out the page that came with the document.
   * @returns {HTMLElement | null} Nothing where it is of another address.
   */
  function laidOut() {
    /** @type {FirstLook | null} */
    const look = JSON.parse(document.getElementById("first-look")?.textContent || "null");
    if (!look || look.pathname !== location.pathname || look.search !== location.search) return null;
    const made = document.createElement("div");
    made.inert = true; // what answers a press is not there yet
    made.append(...explorer.build(look.layout, look.page.response._pages_content.children));
    entry.hidden = true;
    entry.after(made);
    return made;
  }

  /**
   * The scripts that start Dash: its own, ours, and inline ones. In a template none of them runs.
   * @returns {HTMLScriptElement[]} In the order in which they are written.
   */
  const later = () => [
    .../** @type {HTMLTemplateElement} */ (document.getElementById("later")).content.querySelectorAll(
      "script",
    ),
  ];

  /** Start Dash: files run in the order in which they are written, then what is inline. */
  function start() {
    const scripts = later().map((one) => {
      const made = document.createElement("script");
      for (const { name, value } of one.attributes) made.setAttribute(name, value);
      made.textContent = one.textContent;
      made.async = false;
      return made;
    });
    const files = scripts.filter((one) => one.src);
    const inline = scripts.filter((one) => !one.src);
    files[files.length - 1].addEventListener("load", () => document.body.append(...inline));
    document.body.append(...files);
  }

  /**
   * Whether files take long to come. Then the network has time while charts are drawn; where it is
   * quick, to fetch takes the processor that charts wait for.
   * @param {HTMLScriptElement} file One that has come.
   * @returns {boolean} True where the browser does not tell.
   */
  function comesSlowly(file) {
    const [entry] = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByName(file.src));
    return !entry || entry.responseEnd - entry.requestStart > SOON;
  }

  /** Fetch what Dash starts with; to read it now would slow charts. */
  function fetchLater() {
    for (const { src } of later().filter((one) => one.src)) {
      // One that does not come is asked for again when it is to run.
      fetch(src, { priority: "low" }).then(
        (reply) => reply.blob(),
        () => undefined,
      );
    }
  }

  /**
   * Do something once what was drawn is painted, and on the screen a frame later.
   * @param {() => void} task What to do.
   */
  const painted = (task) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(task)));
  };

  /**
   * Draw charts one by one, each painted before the next.
   * @param {HTMLElement[]} places Of the charts.
   */
  function drawFirst([place, ...others]) {
    if (!place) start();
    else {
      explorer.drawHere(place);
      painted(() => drawFirst(others));
    }
  }

  /**
   * Whether any part of a chart is in the window.
   * @param {HTMLElement} place Of the chart.
   * @returns {boolean} False also where it is folded away.
   */
  function inFirstScreen(place) {
    const { top, height } = place.getBoundingClientRect();
    return height > 0 && top < innerHeight && !place.closest("[data-folded]");
  }

  const first = laidOut();
  const places = first ? explorer.chartsIn(first).filter(inFirstScreen) : [];

  /** Take the page over that Dash has laid out, with the charts that are drawn already. */
  function takeOver() {
    if (!first?.isConnected || !entry.querySelector("main h1")) return;
    const kept = explorer.chartsIn(first);
    explorer.chartsIn(entry).forEach((place, at) => {
      if (kept[at]) explorer.moveChart(kept[at], place);
    });
    first.remove();
    entry.hidden = false;
  }

  /** Draw every chart that Dash has made a place for, or given another figure. */
  new MutationObserver((records) => {
    takeOver();
    for (const { type, target, addedNodes } of records) {
      if (type === "attributes") explorer.drawHere(/** @type {HTMLElement} */ (target));
      for (const one of addedNodes) {
        if (one instanceof HTMLElement) for (const place of explorer.chartsIn(one)) explorer.drawHere(place);
      }
    }
  }).observe(entry, { attributeFilter: ["data-figure"], childList: true, subtree: true });

  if (!places.length || !library) start();
  else {
    const draw = () => {
      if (comesSlowly(library)) fetchLater();
      drawFirst(places);
    };
    library.addEventListener("error", start);
    if (window.Plotly) draw();
    else library.addEventListener("load", draw);
  }
})();
