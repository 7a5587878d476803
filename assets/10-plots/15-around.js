/* What is around a plot: its key, the titles of its axes and the words beside its rows, in the width that
   the chart has, with as much room for each as its words need. Figures in, figures out. */
(() => {
  "use strict";
  const { explorer } = window;
  const { TIGHT, SMALL } = explorer.names;
  const GAP = "   "; // between the entries of a key in one line
  const LINE = 17; // pixels of a line of words
  const CORNER = 18; // of the word in the corner of simulated charts, as in components/card/chart_frame.py
  const ABOVE = 5; // from the upper edge of a plot, past the word of its highest tick
  const TICKS = 22; // from an axis to what is below the words of its ticks
  const APART = 12; // pixels between words side by side
  const HEAD = 12.5; // pixels of the font of what heads a row
  const MARK = 14; // pixels of a row below the words above it
  const SPACE = / (?![^<]*>)/; // a space that is not inside a tag

  /** @typedef {(words: string, size: number) => number} Measure pixels of words without tags, in one line */
  /** @typedef {{ width: number, stacked: boolean, measure: Measure }} Room stacked: names above their rows */

  /**
   * Set entries in lines.
   * @param {string[]} entries None is broken.
   * @param {string} gap Between two entries of a line.
   * @param {(line: string) => boolean} fits Whether a line has room.
   * @returns {string[]} The lines; an entry that fits nowhere has one for itself.
   */
  function lined(entries, gap, fits) {
    /** @type {string[]} */
    const rows = [];
    for (const entry of entries) {
      const last = rows.at(-1);
      if (last !== undefined && fits(last + gap + entry)) rows[rows.length - 1] = last + gap + entry;
      else rows.push(entry);
    }
    return rows;
  }

  /**
   * Break words into lines; the tags around a line are around each part of it.
   * @param {string} words With `<br>` where they are broken already.
   * @param {(line: string) => boolean} fits Whether a line has room.
   * @returns {string[]} The lines.
   */
  function broken(words, fits) {
    return words.split("<br>").flatMap((line) => {
      const [, open = "", text = "", close = ""] =
        /^(<[^>/]+>(?=.*<\/\w+>$))?(.*?)(<\/\w+>)?$/.exec(line) ?? [];
      if (!open) return lined(line.split(SPACE), " ", fits);
      return lined(text.split(SPACE), " ", fits).map((part) => open + part + close);
    });
  }

  /**
   * Set the entries of a key in lines; one that is too long is broken, and the next may follow it.
   * @param {string[]} entries Of the key.
   * @param {(line: string) => boolean} fits Whether a line has room.
   * @returns {string[]} The lines.
   */
  function keyLines(entries, fits) {
    /** @type {string[]} */
    const rows = [];
    for (const entry of entries) {
      const joined = [...rows.slice(-1), entry].join(GAP);
      if (fits(joined)) rows.splice(-1, 1, joined);
      else rows.push(...broken(entry, fits));
    }
    return rows;
  }

  /**
   * Set the words that head a row beside it, or above it where the chart is narrow.
   * @param {Record<string, any>} layout Changed in place.
   * @param {Room} room Of the chart.
   */
  function headRows(layout, { width, stacked, measure }) {
    const heads = layout.annotations.filter((/** @type {Annotation} */ note) => note.name === "row");
    if (!heads.length) return;
    const above = [HEAD, SMALL, SMALL - 1].map((size) => [width - 12, size]);
    const beside = [...[0.36, 0.42, 0.48, 0.54].map((share) => [share * width, HEAD]), [0.48 * width, SMALL]];
    const ways = /** @type {[number, number][]} */ (stacked ? above : beside);
    const plot = (stacked ? layout.meta.tall : layout.height) - layout.margin.t - layout.margin.b;
    const pitch = plot / heads.length - (stacked ? MARK : 0);
    const texts = heads.map((/** @type {any} */ note) => note.text);
    const { lines, size } = explorer.names.inRows(texts, ways, pitch, measure);
    const widest = Math.max(...lines.flat().map((line) => measure(line, size)));
    const before = layout.margin.l;
    if (!stacked) layout.margin.l += Math.ceil(widest) + APART;
    const level = { yanchor: "middle", xshift: -layout.margin.l };
    layout.annotations = layout.annotations.map((/** @type {any} */ note) => {
      if (note.name !== "row") return note;
      const text = lines[heads.indexOf(note)].join("<br>");
      // Above its row, a name has the lines of the plot behind it.
      const bgcolor = layout.template.layout.meta.surface;
      const font = { ...note.font, size };
      if (stacked) return { ...note, text, bgcolor, font, xshift: (note.xshift ?? 8) - before };
      return { ...note, ...level, text, font, y: note.y + (layout.meta?.middle ?? 0) };
    });
  }

  /**
   * Set the words that head columns upright where they have no room side by side.
   * @param {Record<string, any>} layout Changed in place.
   * @param {Room} room Of the chart.
   */
  function headColumns(layout, { width, measure }) {
    const heads = layout.annotations.filter((/** @type {any} */ note) => note.name === "column");
    if (!heads.length) return;
    const widest = Math.max(...heads.map((/** @type {any} */ note) => measure(note.text, note.font.size)));
    const apart = (width - layout.margin.l - layout.margin.r) / heads.length;
    if (apart < widest + 4) return;
    layout.margin.t = LINE + 2;
    layout.annotations = layout.annotations.map((/** @type {any} */ note) =>
      note.name === "column" ? { ...note, textangle: 0 } : note,
    );
  }

  /**
   * Keep the names of lines at their ends inside the chart.
   * @param {Record<string, any>} layout Changed in place.
   * @param {Room} room Of the chart.
   */
  function nameEnds(layout, { width, measure }) {
    const size = (/** @type {any} */ note) => (width < TIGHT ? SMALL : (note.font?.size ?? 13));
    let widest = 0;
    layout.annotations = layout.annotations.map((/** @type {any} */ note) => {
      if (note.name !== "end") return note;
      const lines = broken(note.text, (line) => measure(line, size(note)) <= width * 0.3);
      widest = Math.max(widest, ...lines.map((line) => measure(line, size(note))));
      return { ...note, align: "left", text: lines.join("<br>"), font: { ...note.font, size: size(note) } };
    });
    if (widest) layout.margin.r = Math.ceil(widest) + (width < TIGHT ? 8 : APART);
  }

  /**
   * Words at the left edge of the chart.
   * @param {Record<string, any>} layout Of the chart.
   * @param {string[]} lines What they are.
   * @param {Record<string, any>} more Where they are, upright.
   * @returns {Annotation} For Plotly.
   */
  function atEdge(layout, lines, more) {
    const font = layout.template.layout.xaxis.tickfont;
    return {
      x: 0,
      xref: "paper",
      xanchor: "left",
      align: "left",
      yref: "paper",
      showarrow: false,
      font,
      text: lines.join("<br>"),
      xshift: -layout.margin.l,
      ...more,
    };
  }

  /**
   * Set the words at the start beside the title of the upright axis, or below it where both have no room.
   * @param {Record<string, any>} layout Changed in place.
   * @param {Room} room Of the chart.
   * @param {string[]} title Of the upright axis, in lines.
   * @returns {boolean} Whether the title has the line above the plot.
   */
  function setStart(layout, { width, measure }, title) {
    const start = layout.annotations.find((/** @type {any} */ note) => note.name === "start");
    const range = layout.xaxis?.range;
    if (!start || !range) return title.length > 0;
    const { l, r } = layout.margin;
    const at = l + ((start.x - range[0]) * (width - l - r)) / (range[1] - range[0]);
    const wide = measure(start.text, 12) + 4;
    const left = (/** @type {number} */ least) => Math.min(Math.max(at - wide / 2, least), width - wide);
    const free = title.length === 1 ? measure(title[0], 12) + APART : 0;
    const shared = title.length < 2 && left(free) >= free && left(free) <= at;
    const xshift = left(shared ? free : 0) - l;
    layout.annotations = layout.annotations.map((/** @type {any} */ note) =>
      note === start ? { ...note, x: 0, xref: "paper", xanchor: "left", xshift, yshift: ABOVE } : note,
    );
    return shared && title.length > 0;
  }

  /**
   * Set the key and the title of the upright axis above the plot, from the left edge of the chart.
   * @param {Record<string, any>} layout Changed in place.
   * @param {Room} room Of the chart.
   */
  function setAbove(layout, room) {
    const { width, measure } = room;
    const fits = (/** @type {string} */ line) => measure(line, 12) <= width - 4;
    const words = layout.yaxis?.title?.text;
    const title = words ? broken(words, fits) : [];
    const shared = setStart(layout, room, title);
    const top = layout.margin.t - (layout.title?.text ? CORNER : 0);
    const started = layout.annotations.some((/** @type {any} */ note) => note.name === "start");
    let used = 0;
    if (title.length) {
      layout.yaxis = { ...layout.yaxis, title: undefined };
      const yshift = shared && started ? ABOVE : top;
      layout.annotations.push(atEdge(layout, title, { y: 1, yanchor: "bottom", yshift }));
      used = shared && started ? 0 : LINE * title.length;
    }
    let keys = 0;
    layout.annotations = layout.annotations.map((/** @type {any} */ note) => {
      if (!Array.isArray(note.text)) return note;
      const lines = keyLines(note.text, fits);
      keys = Math.max(keys, LINE * lines.length);
      const placed = atEdge(layout, lines, { y: 1, yanchor: "bottom", yshift: top + used });
      return note.visible === false ? { ...placed, visible: false } : placed;
    });
    layout.margin.t += used + keys;
  }

  /**
   * Set the title of the level axis below it in one line, from the left edge of the plot or the chart.
   * @param {Record<string, any>} layout Changed in place.
   * @param {Room} room Of the chart.
   */
  function setBelow(layout, { width, measure }) {
    const axis = layout.xaxis;
    const words = axis?.title?.text;
    if (!words) return;
    const lines = broken(words, (line) => measure(line, 12) <= width - 4);
    const bare = axis.showticklabels === false || axis.side === "top";
    const marks = (axis.ticktext ?? [""]).map((/** @type {string} */ one) => one.split("<br>").length);
    const ticks = bare ? 6 : TICKS + 15 * (Math.max(...marks) - 1);
    const inside = lines.length === 1 && measure(lines[0], 12) <= width - layout.margin.l - 4;
    const more = { y: 0, yanchor: "top", yshift: -ticks, ...(inside ? { xshift: 0 } : {}) };
    layout.xaxis = { ...axis, title: undefined };
    layout.annotations.push(atEdge(layout, lines, more));
    layout.margin.b = ticks + LINE * lines.length + 4;
  }

  /**
   * Arrange what is around a plot.
   * @param {Figure} figure Dressed.
   * @param {Room} room Of the chart.
   * @returns {Figure} Another; the one given stays as it is.
   */
  function arranged(figure, room) {
    if (!figure.layout.margin) return figure;
    const layout = {
      ...figure.layout,
      margin: { ...figure.layout.margin },
      annotations: [...(figure.layout.annotations ?? [])],
    };
    explorer.names.rows(layout, room);
    headRows(layout, room);
    headColumns(layout, room);
    nameEnds(layout, room);
    explorer.ticks.thin(layout, room);
    explorer.ticks.number(layout, room, explorer.values.room(layout, room));
    explorer.values.column(layout, room);
    setAbove(layout, room);
    setBelow(layout, room);
    return { ...figure, layout };
  }

  Object.assign(explorer.figures, { arranged, lined, broken });
})();
