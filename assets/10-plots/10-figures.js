/* What becomes of a figure before it is drawn: colours for its tokens, the look that all
   share, and smaller marks on a phone. Figures in, figures out; nothing here touches the page. */
(() => {
  "use strict";
  const { explorer } = window;
  const FONT = "Inter, 'Arial as Inter', 'DejaVu Sans as Inter', system-ui, sans-serif";

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
      // With automatic margins, or a distance of the title, Plotly would measure every name of the axis.
      automargin: false,
      title: { font: { color: muted, size: 12.5 } },
      fixedrange: true,
    };
    return {
      layout: {
        paper_bgcolor: "rgba(0,0,0,0)",
        plot_bgcolor: "rgba(0,0,0,0)",
        font: { family: FONT, size: 13, color: ink },
        hovermode: "closest",
        separators: ".,",
        meta: { surface: read("chart-surface") },
        dragmode: false,
        xaxis: { ...axis, ticks: "outside", ticklen: 4 },
        yaxis: axis,
      },
    };
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
   * Draw for a phone: smaller marks where there are many.
   * @param {Figure} figure As it came from the server.
   * @returns {Figure} Another; the one given stays as it is.
   */
  function narrowed(figure) {
    const { shrink, bare } = figure.layout.meta || {};
    if (bare) return { ...figure, data: figure.data.map(unworded) };
    return shrink ? { ...figure, data: figure.data.map((trace) => smaller(trace, shrink)) } : figure;
  }

  /**
   * Dress a figure for Plotly.
   * @param {Figure} figure With tokens for colours.
   * @param {(token: string) => string} read Value of a token.
   * @returns {Figure} With colours, and the look that all share.
   */
  function dressed(figure, read) {
    const layout = resolved(figure.layout || {}, read);
    return {
      ...figure,
      // The words of a point are below its chart, where they have room; a label would be cut off.
      data: resolved(figure.data || [], read).map((/** @type {Trace} */ trace) => ({
        hoverinfo: "none",
        ...trace,
      })),
      layout: { ...layout, template: template(read) },
    };
  }

  explorer.figures = /** @type {Explorer["figures"]} */ ({ font: FONT, dressed, narrowed, resolved });
})();
