/* Figures arrive with colour tokens and no template; they are dressed at the one place where
   Plotly draws, so that a theme costs no bytes and changes without the server. */
(() => {
  "use strict";
  const { explorer } = window;
  const NARROW = 420; // pixels, of a chart on a phone
  const UNKNOWN = 640; // pixels, of a chart that is not shown
  /** @type {WeakMap<Element, Figure>} figures as they came from the server */
  const raw = new WeakMap();
  /** @type {Record<string, (token: string) => string>} */
  const palettes = {};

  explorer.theme = () => document.documentElement.getAttribute("data-bs-theme") || "light";

  /**
   * Token values of a theme, read once from an element that carries it and stays in the page: a
   * computed style dies with its element.
   * @param {string} theme "light" or "dark".
   * @returns {(token: string) => string} Value of a token; "" where the styles have none of its name.
   */
  function palette(theme) {
    if (!palettes[theme]) {
      const probe = document.createElement("div");
      probe.hidden = true;
      probe.setAttribute("data-bs-theme", theme);
      document.body.append(probe);
      const style = getComputedStyle(probe);
      /** @type {Map<string, string>} */
      const known = new Map();
      palettes[theme] = (token) => {
        const value = known.get(token) ?? style.getPropertyValue(`--${token}`).trim();
        known.set(token, value);
        return value;
      };
    }
    return palettes[theme];
  }

  const pen = document.createElement("canvas").getContext("2d");

  /**
   * How wide words of a chart are.
   * @param {string} words With tags.
   * @param {number} size Of the font.
   * @returns {number} Pixels, at most.
   */
  function measure(words, size) {
    const seen = words.replace(/<[^>]*>/g, "");
    if (!pen) return seen.length * size * 0.6;
    pen.font = `${words.includes("<b>") ? 700 : 400} ${size}px ${explorer.figures.font}`;
    return pen.measureText(seen).width * 1.02;
  }

  explorer.dressed = (figure, theme, width, stacked = false) =>
    explorer.figures.arranged(explorer.figures.dressed(figure, palette(theme || explorer.theme())), {
      width,
      stacked,
      measure,
    });

  explorer.raw = (plot) => raw.get(plot);

  /* Charts out of view wait until those in view are painted; then one whenever there is time. */
  /** @typedef {Map<Element, { task: () => unknown, asked: ((drawn: unknown) => void)[] }>} Queue charts by where they are drawn */
  /** @type {Queue} */
  const waiting = new Map();
  let draining = false;

  /**
   * Do something as soon as the browser has time.
   * @param {() => void} task What to do.
   */
  function whenIdle(task) {
    // Safari has no idle callbacks.
    if ("requestIdleCallback" in window) requestIdleCallback(task, { timeout: 200 });
    else setTimeout(task, 16);
  }

  explorer.afterPaint = (task) => requestAnimationFrame(() => requestAnimationFrame(() => whenIdle(task)));

  /** @type {Queue} charts of folded cards, until those are opened */
  const folded = new Map();

  /**
   * Draw a chart that was put off.
   * @param {Queue} queue Where it waits.
   * @param {Element} node Where it is drawn.
   */
  function drawPutOff(queue, node) {
    const entry = queue.get(node);
    if (!entry) return;
    queue.delete(node);
    const drawn = entry.task();
    for (const done of entry.asked) done(drawn);
  }

  /** Draw the chart that has waited longest, then the next. */
  function drain() {
    const [node] = waiting.keys();
    draining = node !== undefined;
    if (!node) return;
    drawPutOff(waiting, node);
    whenIdle(drain);
  }

  /**
   * Put off a drawing.
   * @param {Queue} queue Where it waits.
   * @param {Element} node Where the chart is drawn.
   * @param {() => unknown} task Draws it.
   * @returns {Promise<unknown>} What Plotly answers once it is drawn.
   */
  function putOff(queue, node, task) {
    return new Promise((done) => {
      // One that was overtaken while it waited is answered with the newer drawing.
      const asked = queue.get(node)?.asked ?? [];
      asked.push(done);
      queue.set(node, { task, asked });
      if (queue === waiting && !draining) {
        draining = true;
        explorer.afterPaint(drain);
      }
    });
  }

  explorer.drawOpened = (section) => {
    for (const node of [...folded.keys()]) if (section.contains(node)) drawPutOff(folded, node);
  };

  /** @typedef {{ away: boolean, width: number, around: number }} Space in pixels; away: outside the window */
  /** @type {Map<Element, Space>} of every chart, until the drawing that asked for it is done */
  const spaces = new Map();

  /**
   * Read the space of a chart.
   * @param {Element} node Where it is drawn.
   * @returns {Space} As the page is laid out now.
   */
  function readSpace(node) {
    const { top, bottom } = node.getBoundingClientRect();
    const around = node.closest(".chart")?.clientHeight ?? 0;
    return { away: top > innerHeight || bottom < 0, width: node.clientWidth, around };
  }

  /**
   * The space of a chart. The first of several that are drawn together reads that of all: after each
   * drawing the browser would lay the page out again to say it.
   * @param {Element} node Where it is drawn.
   * @returns {Space} As the page was laid out before.
   */
  function spaceOf(node) {
    if (!spaces.size) {
      for (const plot of document.querySelectorAll(".js-plotly-plot")) spaces.set(plot, readSpace(plot));
      queueMicrotask(() => spaces.clear());
    }
    const space = spaces.get(node) ?? readSpace(node);
    spaces.set(node, space);
    return space;
  }

  /**
   * Whether the page has drawn a chart.
   * @returns {boolean} False while the first is still to come.
   */
  const anyDrawn = () => document.querySelector(".js-plotly-plot .main-svg") !== null;

  /** @type {number | null} pixels: on paper every chart is light, as wide as the sheet, and drawn at once */
  let paper = null;

  /**
   * Dress a figure for the place it is drawn in.
   * @param {Figure} figure As it came from the server.
   * @param {Element} node Where it is drawn.
   * @returns {Figure} For paper, a phone or a wide screen.
   */
  function fitted(figure, node) {
    if (paper !== null) {
      const sheet = explorer.dressed(figure, "light", paper);
      return { ...sheet, layout: { ...sheet.layout, width: paper, autosize: false } };
    }
    const space = spaceOf(node);
    const width = space.width || UNKNOWN;
    const { height, meta } = figure.layout;
    // The styles give a narrow card the taller of two heights.
    const box = space.around || height;
    const stacked = meta?.tall !== undefined && Math.abs(box - meta.tall) < Math.abs(box - height);
    const marks = width < NARROW && figure.layout.margin ? explorer.figures.narrowed(figure) : figure;
    const { data, layout, ...rest } = explorer.dressed(marks, explorer.theme(), width, stacked);
    widths.set(node, space.width || -1); // one that is not shown is drawn again when it is
    return { ...rest, data, layout: stacked ? { ...layout, height: meta.tall } : layout };
  }

  /* What is around a plot is arranged for its width, and again when that changes. */
  /** @type {WeakMap<Element, number>} pixels that charts were drawn for */
  const widths = new WeakMap();
  const resized = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const figure = raw.get(target);
      const drawn = widths.get(target);
      const { clientWidth } = target;
      if (paper !== null || !figure || !drawn || !clientWidth || Math.abs(clientWidth - drawn) < 2) continue;
      widths.set(target, clientWidth);
      // Plotly keeps the width that it had until it is told to look at its place again.
      window.Plotly?.react(target, figure).then(() => window.Plotly?.Plots.resize(target));
    }
  });

  explorer.toPaper = (width) => {
    paper = width;
    const drawn = explorer.redraw();
    // So it does with the width of the sheet.
    if (width !== null) return;
    for (const [plot, done] of drawn) done.then(() => window.Plotly?.Plots.resize(plot));
  };

  /**
   * Make one of Plotly's drawing functions dress what it draws.
   * @param {Draw} draw Plotly's own.
   * @returns {Draw} The same for whoever calls it, Dash above all.
   */
  function dressing(draw) {
    return /** @this {unknown} */ function (plot, figure, ...rest) {
      const node = /** @type {HTMLElement} */ (
        typeof plot === "string" ? document.getElementById(plot) : plot
      );
      const whole =
        Array.isArray(figure) || !figure || !("data" in figure)
          ? { data: figure || [], layout: rest[0] || {}, config: rest[1] }
          : figure;
      raw.set(node, { data: whole.data, layout: whole.layout });
      resized.observe(node);
      node.setAttribute("aria-hidden", "true"); // its points are said by the focus stop beside it
      // A hand where a press leads somewhere or marks something, and nowhere else.
      node.classList.toggle("marks", whole.layout.meta?.marks !== undefined);
      node.classList.toggle(
        "leads",
        whole.data.some((/** @type {Trace} */ one) => Array.isArray(one.customdata?.[0])),
      );
      const now = () => {
        const drawn = draw.call(this, node, fitted(whole, node));
        drawn.then(() => explorer.marks.drawn(node));
        return drawn;
      };
      if (node.closest("[data-folded]")) return putOff(folded, node, now);
      return paper === null && anyDrawn() && spaceOf(node).away ? putOff(waiting, node, now) : now();
    };
  }

  /**
   * Make Plotly dress its figures, once.
   * @param {PlotlyLibrary | undefined} plotly Any copy of it, or none yet.
   * @returns {PlotlyLibrary | undefined} The same copy.
   */
  function adopted(plotly) {
    if (plotly && !plotly.dresses) {
      plotly.newPlot = dressing(plotly.newPlot);
      plotly.react = dressing(plotly.react);
      plotly.dresses = true;
    }
    return plotly;
  }

  /* The small bundle is there before this file runs; Dash's own full one comes later. */
  let plotly = adopted(window.Plotly);
  Object.defineProperty(window, "Plotly", {
    configurable: true,
    get: () => plotly,
    set: (/** @type {PlotlyLibrary} */ given) => {
      plotly = adopted(given);
    },
  });

  explorer.redraw = () => {
    const plots = [...document.querySelectorAll(".js-plotly-plot")];
    return plots.flatMap((plot) => {
      const figure = raw.get(plot);
      return figure && window.Plotly ? [[plot, window.Plotly.react(plot, figure)]] : [];
    });
  };

  /**
   * Say on the button of the theme which one it leads to.
   * @param {Element} button The button.
   */
  function named(button) {
    button.textContent = explorer.theme() === "dark" ? "Light theme" : "Dark theme";
  }

  document.addEventListener("click", (event) => {
    const button = explorer.closest(event, "#theme-toggle");
    if (!button) return;
    const theme = explorer.theme() === "dark" ? "light" : "dark";
    document.documentElement.setAttribute("data-bs-theme", theme);
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // Storage is off: the choice lasts as long as the page.
    }
    named(button);
    explorer.redraw();
  });

  explorer.nameTheme = () => {
    const button = document.getElementById("theme-toggle");
    if (button) named(button);
  };
})();
