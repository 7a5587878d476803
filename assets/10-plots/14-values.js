/* The values of a chart with rows: beside their marks, or in a column at its right edge.
   Layouts in, layouts out; nothing here touches the page. */
(() => {
  "use strict";
  const { explorer } = window;
  const APART = 12; // pixels between words side by side

  /** @typedef {PlotRoom} Room */

  /**
   * Set values in one column at the right edge of the chart, and what is over the plot clear of it.
   * @param {Record<string, any>} layout Changed in place.
   * @param {Room} room Of the chart.
   */
  function setColumn(layout, { width, measure }) {
    const edge = layout.annotations.filter((/** @type {any} */ note) => note.name === "edge");
    const sides = layout.annotations.filter((/** @type {any} */ note) => note.name === "side");
    const wide = (/** @type {any} */ note) => measure(note.text, note.font.size);
    const { l, r } = layout.margin;
    const right = r - 2;
    const column = Math.max(0, ...edge.map((/** @type {any} */ note) => wide(note) - right));
    const [first, last] = sides;
    const clear = column ? column + APART : 0;
    const over = first && last ? wide(first) + APART + wide(last) + clear - (width - l - r) : 0;
    const place = { xref: "paper", xanchor: "right" };
    layout.annotations = layout.annotations.map((/** @type {any} */ note) => {
      if (edge.includes(note)) return { ...note, ...place, x: 1, xshift: right };
      if (note === last) return { ...note, xshift: -clear };
      return note === first ? { ...note, xshift: -Math.max(0, over) } : note;
    });
  }

  /**
   * What makes a level axis longer where the values beside its marks, or at the edge, need it.
   * @param {Record<string, any>} layout Of the chart, before its values are set.
   * @param {Room} room Of the chart.
   * @returns {(range: [number, number]) => [number, number]} Gives a range that is long enough.
   */
  function roomForValues(layout, { width, measure }) {
    const plot = width - layout.margin.l - layout.margin.r;
    // Measured once: a range is asked for many times.
    const measured = (/** @type {any} */ note) => ({ note, wide: measure(note.text, note.font.size) + 6 });
    const beside = layout.annotations
      .filter((/** @type {any} */ note) => note.name === "value")
      .map(measured);
    const edge = layout.annotations
      .filter((/** @type {any} */ note) => note.name === "edge" && note.xref !== "paper")
      .map(measured);
    return ([from, to]) => {
      let [low, high] = [from, to];
      // A longer axis makes a pixel worth more, and with it every value wider: four rounds settle it.
      for (let round = 0; round < 4; round++) {
        const pixel = (high - low) / plot;
        for (const { note, wide } of beside) {
          const far = (wide + Math.abs(note.xshift)) * pixel;
          if (note.xanchor === "right") low = Math.min(low, note.x - far);
          else high = Math.max(high, note.x + far);
        }
        for (const { note, wide } of edge) {
          high = Math.max(high, note.x + (wide + note.xshift - layout.margin.r + 2) * pixel);
        }
      }
      return [low, high];
    };
  }

  explorer.values = { room: roomForValues, column: setColumn };
})();
