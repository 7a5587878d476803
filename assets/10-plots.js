/* Figures arrive with colour tokens and no template; they are dressed at the one place where
   Plotly draws, so that a theme costs no bytes and changes without the server. */
(function () {
  "use strict";
  const explorer = (window.explorer = window.explorer || {});
  const raw = new WeakMap();
  const palettes = {};
  const FONT = "Inter, system-ui, -apple-system, 'Segoe UI', sans-serif";

  explorer.theme = () => document.documentElement.getAttribute("data-bs-theme") || "light";

  /* Token values of a theme, read once from an element that carries it. */
  function palette(theme) {
    if (!palettes[theme]) {
      const probe = document.createElement("div");
      probe.hidden = true;
      probe.setAttribute("data-bs-theme", theme);
      document.body.append(probe);
      const style = getComputedStyle(probe);
      const known = new Map();
      palettes[theme] = (token) => {
        if (!known.has(token)) known.set(token, style.getPropertyValue("--" + token).trim());
        return known.get(token);
      };
      palettes[theme].probe = probe; // stays in the page: a computed style dies with its element
    }
    return palettes[theme];
  }

  function resolved(value, read) {
    if (typeof value === "string") {
      if (value[0] === "@") return read(value.slice(1)) || value;
      return value.replace(/\{@([\w-]+)\}/g, (_, token) => read(token)); // a colour inside words
    }
    if (Array.isArray(value)) {
      return typeof value[0] === "number" ? value : value.map((one) => resolved(one, read));
    }
    if (value && Object.getPrototypeOf(value) === Object.prototype) {
      const made = {};
      for (const name of Object.keys(value)) made[name] = resolved(value[name], read);
      return made;
    }
    return value;
  }

  function template(read) {
    const muted = read("chart-muted");
    const ink = read("chart-ink");
    const axis = {
      gridcolor: read("chart-grid"), zeroline: false, linecolor: muted, tickcolor: muted,
      tickfont: { color: muted, size: 12 }, automargin: false,
      title: { font: { color: muted, size: 12.5 }, standoff: 10 }, fixedrange: true,
    };
    return {
      layout: {
        paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
        font: { family: FONT, size: 13, color: ink }, hovermode: "closest", separators: ".,",
        hoverlabel: {
          bgcolor: read("chart-surface"), bordercolor: muted, align: "left",
          font: { color: ink, family: FONT, size: 13 },
        },
        dragmode: false, xaxis: { ...axis, ticks: "outside", ticklen: 4 }, yaxis: axis,
      },
    };
  }

  explorer.dressed = (figure, theme) => {
    const read = palette(theme || explorer.theme());
    const layout = resolved(figure.layout || {}, read);
    return { ...figure, data: resolved(figure.data || [], read), layout: { ...layout, template: template(read) } };
  };

  const seen = (words) => words.replace(/<[^>]*>/g, "").length;

  /* Entries set in lines that a phone can hold. */
  function lined(entries, gap, most) {
    const rows = [];
    for (const entry of entries) {
      const last = rows[rows.length - 1];
      if (last !== undefined && seen(last + gap + entry) <= most) rows[rows.length - 1] = last + gap + entry;
      else rows.push(entry);
    }
    return rows;
  }

  function smaller(trace, by) {
    const size = trace.marker && trace.marker.size;
    if (!size) return trace;
    const sizes = Array.isArray(size) ? size.map((one) => one * by) : size * by;
    const line = trace.marker.line && { ...trace.marker.line, width: trace.marker.line.width * by };
    return { ...trace, marker: { ...trace.marker, size: sizes, ...(line ? { line } : {}) } };
  }

  /* On a phone: smaller marks where there are many, keys and titles in short lines. */
  function narrowed(figure) {
    const layout = { ...figure.layout };
    if (layout.meta && layout.meta.thin) {
      const marked = layout.xaxis.ticktext.map((words, at) => [words, at]).filter(([words]) => words);
      const kept = new Set(marked.filter((_, nth) => nth % 3 === 0).map(([, at]) => at));
      const ticktext = layout.xaxis.ticktext.map((words, at) => (kept.has(at) ? words : ""));
      layout.xaxis = { ...layout.xaxis, ticktext };
    }
    const shrink = layout.meta && layout.meta.shrink;
    const data = shrink ? figure.data.map((trace) => smaller(trace, shrink)) : figure.data;
    let lines = 1;
    layout.annotations = (layout.annotations || []).map((note) => {
      const parts = String(note.text).split("   ");
      if (parts.length < 2) return note;
      const rows = lined(parts, "   ", 44);
      lines = Math.max(lines, rows.length);
      return { ...note, text: rows.join("<br>") };
    });
    const title = layout.xaxis && layout.xaxis.title && layout.xaxis.title.text ? layout.xaxis.title : null;
    const below = title ? lined(title.text.split(" "), " ", 26) : [""];
    if (title) layout.xaxis = { ...layout.xaxis, title: { ...title, text: below.join("<br>") } };
    const margin = {
      ...layout.margin, t: layout.margin.t + 16 * (lines - 1), b: layout.margin.b + 15 * (below.length - 1),
    };
    const bare = layout.meta && layout.meta.bare;
    const drawn = bare ? figure.data.map(unworded) : data;
    return { ...figure, data: drawn, layout: { ...layout, margin } };
  }

  function unworded(trace) {
    const size = trace.marker.size.map((one) => one * 0.5);
    return { ...trace, mode: "markers", marker: { ...trace.marker, size } };
  }

  explorer.raw = (plot) => raw.get(plot);

  /* Charts out of view wait until those in view are painted; then one whenever there is time. */
  const waiting = new Map();
  let draining = false;
  const whenIdle = window.requestIdleCallback
    ? (task) => requestIdleCallback(task, { timeout: 200 })
    : (task) => setTimeout(task, 16);

  explorer.afterPaint = (task) => requestAnimationFrame(() => requestAnimationFrame(() => whenIdle(task)));

  function drain() {
    const [entry] = waiting;
    if (!entry) {
      draining = false;
      return;
    }
    const [node, { task, asked }] = entry;
    waiting.delete(node);
    const drawn = task();
    asked.forEach((done) => done(drawn));
    whenIdle(drain);
  }

  function later(node, task) {
    return new Promise((done) => {
      // One that was overtaken while it waited is answered with the newer drawing.
      const asked = waiting.has(node) ? waiting.get(node).asked : [];
      asked.push(done);
      waiting.set(node, { task, asked });
      if (!draining) {
        draining = true;
        explorer.afterPaint(drain);
      }
    });
  }

  function outOfView(node) {
    const box = node.getBoundingClientRect();
    return box.top > innerHeight || box.bottom < 0;
  }

  const anyDrawn = () => document.querySelector(".js-plotly-plot .main-svg") !== null;

  /* On paper every chart is light, as wide as the sheet, and drawn at once. */
  let paper = null;

  function fitted(figure, node) {
    if (paper !== null) {
      const sheet = explorer.dressed(figure, "light");
      return { ...sheet, layout: { ...sheet.layout, width: paper, autosize: false } };
    }
    const narrow = node.clientWidth && node.clientWidth < 520 && figure.layout.margin;
    return explorer.dressed(narrow ? narrowed(figure) : figure);
  }

  explorer.toPaper = (width) => {
    paper = width;
    const drawn = explorer.redraw();
    // Plotly keeps the width of the sheet until it is told to look at its place again.
    if (width === null) drawn.forEach(([plot, done]) => done.then(() => window.Plotly.Plots.resize(plot)));
  };

  function dressing(draw) {
    return function (plot, figure, ...rest) {
      const node = typeof plot === "string" ? document.getElementById(plot) : plot;
      const whole = Array.isArray(figure) || !figure || !("data" in figure)
        ? { data: figure || [], layout: rest[0] || {}, config: rest[1] }
        : figure;
      raw.set(node, { data: whole.data, layout: whole.layout });
      const now = () => draw.call(this, node, fitted(whole, node));
      return paper === null && anyDrawn() && outOfView(node) ? later(node, now) : now();
    };
  }

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
    set: (given) => { plotly = adopted(given); },
  });

  explorer.redraw = () => {
    const plots = [...document.querySelectorAll(".js-plotly-plot")].filter((plot) => raw.has(plot));
    return plots.map((plot) => [plot, window.Plotly.react(plot, raw.get(plot))]);
  };

  function named(button) {
    button.textContent = explorer.theme() === "dark" ? "Light theme" : "Dark theme";
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#theme-toggle");
    if (!button) return;
    const theme = explorer.theme() === "dark" ? "light" : "dark";
    document.documentElement.setAttribute("data-bs-theme", theme);
    try {
      localStorage.setItem("theme", theme);
    } catch (blocked) {
      explorer.unsaved = true; // the choice lasts as long as the page
    }
    named(button);
    explorer.redraw();
  });

  explorer.nameTheme = () => {
    const button = document.getElementById("theme-toggle");
    if (button) named(button);
  };
})();
