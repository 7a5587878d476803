/* The names of the rows of a chart: broken where they are long, in the room that they need left of the
   plot. Layouts in, layouts out; nothing here touches the page. */
(() => {
  "use strict";
  const { explorer } = window;
  const PLOT = 180; // pixels that a plot keeps of the narrowest charts, whose words are smaller
  const TIGHT = 340; // pixels of a chart below which that is needed
  const SMALL = 11; // pixels of the font of those words
  const SMALLEST = 10; // pixels, where a name has more lines than its row has room for
  const LEADING = 1.3; // from line to line, as a share of the font
  const BESIDE = 6; // pixels between those words and the plot, and at least right of it

  /** @typedef {PlotRoom} Room */

  /**
   * The names of an axis that has words at its ticks.
   * @param {Record<string, any>} axis Of a layout.
   * @returns {string[]} None where its ticks are numbers.
   */
  function namesOf(axis) {
    if (axis.showticklabels === false) return [];
    return axis.ticktext ?? (axis.type === "category" ? (axis.categoryarray ?? []) : []);
  }

  /**
   * How much height a row of an axis has.
   * @param {Record<string, any>} layout Of the chart.
   * @param {Record<string, any>} axis Upright, with names.
   * @param {boolean} stacked Whether the chart has the taller of its two heights.
   * @returns {number} Pixels, at least as many as it will be.
   */
  function pitchOf({ height, margin, meta }, axis, stacked) {
    const [from, to] = axis.domain ?? [0, 1];
    const plot = (stacked ? meta.tall : height) - margin.t - margin.b;
    return (plot * (to - from)) / namesOf(axis).length;
  }

  /**
   * Break the names of rows so that each fits in its row: in the narrowest of some widths in which all do.
   * @param {string[]} names With tags.
   * @param {[number, number][]} ways Width and size of the font, in pixels; the last where none fits.
   * @param {number} pitch Height of a row, in pixels.
   * @param {Room["measure"]} measure Measures words.
   * @returns {{ lines: string[][], size: number }} The names in lines, and the size of their font.
   */
  function inRows(names, ways, pitch, measure) {
    const tried = ways.map(([most, size]) => ({
      lines: names.map((words) => explorer.figures.broken(words, (line) => measure(line, size) <= most)),
      size,
    }));
    const fits = tried.find(({ lines, size }) => lines.every((one) => one.length * LEADING * size <= pitch));
    return fits ?? tried[tried.length - 1];
  }

  /**
   * Give the names of rows the room left of the plot that they need, broken where they are long.
   * @param {Record<string, any>} layout Changed in place.
   * @param {Room} room Of the chart.
   */
  function nameRows(layout, room) {
    const { width, measure } = room;
    const isTight = width < TIGHT;
    const beside = isTight ? BESIDE : 10;
    const right = explorer.ticks.rightOf(layout, room, isTight ? BESIDE : layout.margin.r);
    const left = isTight ? width - right - PLOT - beside : width * 0.38;
    const most = Math.min(320, Math.max(isTight ? 60 : 96, left));
    const widest = isTight ? most : Math.max(most, width / 2);
    const wider = [0, 16, 32, 48, 64, 96].map((more) => Math.min(most + more, widest));
    const axes = Object.keys(layout).filter(
      (name) => /^yaxis\d*$/.test(name) && namesOf(layout[name]).length,
    );
    let used = 0;
    for (const name of axes) {
      const axis = layout[name];
      const usual = isTight ? SMALL : (axis.tickfont?.size ?? 12);
      const ways = /** @type {[number, number][]} */ (
        isTight
          ? [
              [most, usual],
              [most, SMALLEST],
            ]
          : wider.map((one) => [one, usual])
      );
      const pitch = pitchOf(layout, axis, room.stacked);
      const { lines: names, size } = inRows(namesOf(axis), ways, pitch, measure);
      used = Math.max(used, ...names.flat().map((line) => measure(line, size)));
      const tickvals = axis.tickvals ?? axis.categoryarray;
      const tickfont = { ...axis.tickfont, size };
      const ticktext = names.map((lines) => lines.join("<br>"));
      layout[name] = { ...axis, tickvals, tickfont, ticktext, ticklabelstandoff: beside / 2 };
    }
    if (!axes.length) return;
    layout.margin.r = right;
    layout.margin.l = Math.ceil(used) + beside;
    layout.annotations = layout.annotations.map((/** @type {any} */ note) =>
      note.name === "left" ? { ...note, xshift: -layout.margin.l } : note,
    );
  }

  explorer.names = { rows: nameRows, inRows, TIGHT, SMALL };
})();
