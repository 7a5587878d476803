/* What becomes of a figure before it is drawn: colours for its tokens, lines for its keys, and
   less of everything on a phone. Figures in, figures out; nothing here touches the page. */
(() => {
  "use strict";
  const { explorer } = window;
  const FONT = "Inter, system-ui, -apple-system, 'Segoe UI', sans-serif";
  const GAP = "   "; // between the entries of a key in one line
  const KEY_WIDTH = 44; // characters of a key that a phone can hold in a line
  const TITLE_WIDTH = 26; // of the title of an axis

  /**
   * Put values in place of tokens: "@accent" alone, or "{@accent}" inside words.
   * @param {any} value Any part of a figure.
   * @param {(token: string) => string} read Value of a token; "" where there is none of its name.
   * @returns {any} The same with its tokens replaced.
   */
  function resolved(value, read) {
    if (typeof value === "string") {
      if (value[0] === "@") return read(value.slice(1)) || value;
      return value.replace(/\{@([\w-]+)\}/g, (_, token) => read(token));
    }
    if (Array.isArray(value)) {
      return typeof value[0] === "number" ? value : value.map((one) => resolved(one, read));
    }
    if (value && Object.getPrototypeOf(value) === Object.prototype) {
      /** @type {Record<string, any>} */
      const made = {};
      for (const name of Object.keys(value)) made[name] = resolved(value[name], read);
      return made;
    }
    return value;
  }

  /**
   * The look that every figure shares.
   * @param {(token: string) => string} read Value of a token.
   * @returns {Record<string, any>} A template of Plotly.
   */
  function template(read) {
    const muted = read("chart-muted");
    const ink = read("chart-ink");
    const axis = {
      gridcolor: read("chart-grid"),
      zeroline: false,
      linecolor: muted,
      tickcolor: muted,
      tickfont: { color: muted, size: 12 },
      automargin: false,
      title: { font: { color: muted, size: 12.5 }, standoff: 10 },
      fixedrange: true,
    };
    return {
      layout: {
        paper_bgcolor: "rgba(0,0,0,0)",
        plot_bgcolor: "rgba(0,0,0,0)",
        font: { family: FONT, size: 13, color: ink },
        hovermode: "closest",
        separators: ".,",
        hoverlabel: {
          bgcolor: read("chart-surface"),
          bordercolor: muted,
          align: "left",
          font: { color: ink, family: FONT, size: 13 },
        },
        dragmode: false,
        xaxis: { ...axis, ticks: "outside", ticklen: 4 },
        yaxis: axis,
      },
    };
  }

  /**
   * How many characters of marked-up words are seen.
   * @param {string} words With tags.
   * @returns {number} Their length without.
   */
  const seen = (words) => words.replace(/<[^>]*>/g, "").length;

  /**
   * Set entries in lines that a phone can hold.
   * @param {string[]} entries None is broken.
   * @param {string} gap Between two entries of a line.
   * @param {number} most Characters that a line may have, unless one entry has more.
   * @returns {string[]} The lines.
   */
  function lined(entries, gap, most) {
    /** @type {string[]} */
    const rows = [];
    for (const entry of entries) {
      const last = rows.at(-1);
      if (last !== undefined && seen(last + gap + entry) <= most) rows[rows.length - 1] = last + gap + entry;
      else rows.push(entry);
    }
    return rows;
  }

  /**
   * Make the marks of a trace smaller, and their outlines.
   * @param {Trace} trace As it is drawn on a wide screen.
   * @param {number} by Factor, below 1.
   * @returns {Trace} The trace, or a smaller one.
   */
  function smaller(trace, by) {
    const size = trace.marker?.size;
    if (!size) return trace;
    const sizes = Array.isArray(size) ? size.map((one) => one * by) : size * by;
    const line = trace.marker.line && { ...trace.marker.line, width: trace.marker.line.width * by };
    return { ...trace, marker: { ...trace.marker, size: sizes, ...(line ? { line } : {}) } };
  }

  /**
   * Leave out the words of marks that have no room for them, and halve the marks.
   * @param {Trace} trace One whose marks have sizes of their own.
   * @returns {Trace} Marks alone.
   */
  function unworded(trace) {
    const size = trace.marker.size.map((/** @type {number} */ one) => one * 0.5);
    return { ...trace, mode: "markers", marker: { ...trace.marker, size } };
  }

  /**
   * Keep the words of every third tick that has any.
   * @param {Record<string, any>} axis With `ticktext`.
   * @returns {Record<string, any>} The axis with fewer words.
   */
  function thinned(axis) {
    /** @type {string[]} */
    const texts = axis.ticktext;
    const marked = [...texts.keys()].filter((at) => texts[at]);
    const kept = new Set(marked.filter((_, nth) => nth % 3 === 0));
    return { ...axis, ticktext: texts.map((words, at) => (kept.has(at) ? words : "")) };
  }

  /**
   * Draw for a phone: smaller marks where there are many, keys and titles in short lines.
   * @param {Figure} figure As it came from the server.
   * @returns {Figure} Another; the one given stays as it is.
   */
  function narrowed(figure) {
    const layout = { ...figure.layout };
    const { thin, shrink, bare } = layout.meta || {};
    if (thin) layout.xaxis = thinned(layout.xaxis);
    let lines = 1;
    layout.annotations = (layout.annotations || []).map((/** @type {Annotation} */ note) => {
      if (!Array.isArray(note.text)) return note;
      const rows = lined(note.text, GAP, KEY_WIDTH);
      lines = Math.max(lines, rows.length);
      return { ...note, text: rows.join("<br>") };
    });
    const title = layout.xaxis?.title?.text ? layout.xaxis.title : null;
    const below = title ? lined(title.text.split(" "), " ", TITLE_WIDTH) : [""];
    if (title) layout.xaxis = { ...layout.xaxis, title: { ...title, text: below.join("<br>") } };
    layout.margin = {
      ...layout.margin,
      t: layout.margin.t + 16 * (lines - 1),
      b: layout.margin.b + 15 * (below.length - 1),
    };
    if (bare) return { ...figure, data: figure.data.map(unworded), layout };
    const data = shrink ? figure.data.map((trace) => smaller(trace, shrink)) : figure.data;
    return { ...figure, data, layout };
  }

  /**
   * Set the entries of every key in one line.
   * @param {Record<string, any>} layout Annotations whose text is a list are keys.
   * @returns {Record<string, any>} The layout as Plotly understands it.
   */
  function keyed(layout) {
    if (!layout.annotations) return layout;
    const annotations = layout.annotations.map((/** @type {Annotation} */ note) =>
      Array.isArray(note.text) ? { ...note, text: note.text.join(GAP) } : note,
    );
    return { ...layout, annotations };
  }

  /**
   * Dress a figure for Plotly.
   * @param {Figure} figure With tokens for colours and lists for keys.
   * @param {(token: string) => string} read Value of a token.
   * @returns {Figure} With colours, keys in one line, and the look that all share.
   */
  function dressed(figure, read) {
    const layout = keyed(resolved(figure.layout || {}, read));
    return {
      ...figure,
      data: resolved(figure.data || [], read),
      layout: { ...layout, template: template(read) },
    };
  }

  explorer.figures = { dressed, narrowed, lined, resolved };
})();
