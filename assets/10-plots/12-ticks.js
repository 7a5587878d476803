/* The ticks of a level axis: as many words as have room side by side, and room for those of the last.
   Layouts in, layouts out; nothing here touches the page. */
(() => {
  "use strict";
  const { explorer } = window;
  const NUMBER = "100%"; // as wide as the words of a tick that Plotly chooses
  const USUAL = 5; // numbers where a chart asks for none
  const LEAST = 3; // numbers, so that the length of a line can be read
  const SIDE = 0.1; // of an axis: a side of zero that has more of it has a number of its own
  const BETWEEN = 6; // pixels between two numbers

  /** @typedef {PlotRoom} Room */

  /**
   * The room right of a plot with rows: half the words of a tick that is at its end, or more.
   * @param {Record<string, any>} layout Of the chart.
   * @param {Room} room Of the chart.
   * @param {number} least Without words at ticks, in pixels.
   * @returns {number} In pixels.
   */
  function rightOf({ xaxis }, { measure }, least) {
    if (!xaxis || xaxis.showticklabels === false) return least;
    const ticks = xaxis.ticktext?.length ? xaxis.ticktext : [NUMBER];
    const widest = Math.max(...ticks.map((/** @type {string} */ words) => measure(words, 12)));
    return Math.max(least, Math.ceil(widest / 2) + 1);
  }

  /**
   * Keep the words of as many ticks as have room side by side, and of the last: the latest year.
   * @param {Record<string, any>} layout Changed in place.
   * @param {Room} room Of the chart.
   */
  function thinTicks(layout, { width, measure }) {
    const axis = layout.xaxis;
    if (!axis?.ticktext || !axis.range || axis.tickvals?.length < 2) return;
    const plot = width - layout.margin.l - layout.margin.r;
    const apart = ((axis.tickvals[1] - axis.tickvals[0]) * plot) / (axis.range[1] - axis.range[0]);
    const widest = Math.max(...axis.ticktext.map((/** @type {string} */ words) => measure(words, 12)));
    const step = Math.ceil((widest + 8) / apart);
    const ticktext = axis.ticktext.map((/** @type {string} */ words, /** @type {number} */ at) =>
      (axis.ticktext.length - 1 - at) % step === 0 ? words : "",
    );
    layout.xaxis = { ...axis, ticktext };
  }

  /**
   * A number as Plotly writes it at a tick.
   * @param {number} value The number.
   * @param {number} step From tick to tick.
   * @param {string} suffix What follows it.
   * @returns {string} Its words.
   */
  function written(value, step, suffix) {
    const places = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    return `${value < 0 ? "−" : ""}${Math.abs(value).toFixed(places)}${suffix}`;
  }

  /**
   * A range that holds at least three ticks, and one on each side of zero that has much of it.
   * @param {[number, number]} range Of the marks.
   * @param {number} step From tick to tick.
   * @returns {[number, number]} The same, or a longer one.
   */
  function withTicks([low, high], step) {
    const side = SIDE * (high - low);
    let from = low < -side && high > 0 ? Math.min(low, -step) : low;
    let to = high > side && low < 0 ? Math.max(high, step) : high;
    const inner = () => [Math.ceil(from / step - 1e-9), Math.floor(to / step + 1e-9)];
    for (let [first, last] = inner(); last - first + 1 < LEAST; [first, last] = inner()) {
      if (from - (first - 1) * step <= (last + 1) * step - to) from = (first - 1) * step;
      else to = (last + 1) * step;
    }
    return [from, to];
  }

  /**
   * Choose the numbers at the ticks of a level axis: level, as many as have room side by side, and so that
   * the length of a line can be read, for which the axis is made longer where it must be.
   * @param {Record<string, any>} layout Changed in place.
   * @param {Room} room Of the chart.
   * @param {(range: [number, number]) => [number, number]} widen Makes a range long enough for values.
   */
  function numberTicks(layout, { width, measure }, widen) {
    const axis = layout.xaxis;
    if (!axis?.range) return;
    const marks = widen(axis.range);
    layout.xaxis = { ...axis, range: marks };
    if (axis.tickvals || axis.dtick || axis.type || axis.showticklabels === false) return;
    const plot = width - layout.margin.l - layout.margin.r;
    const most = axis.nticks || USUAL;
    const power = 10 ** Math.floor(Math.log10((marks[1] - marks[0]) / most));
    const wide = (/** @type {number} */ value, /** @type {number} */ step) =>
      measure(written(value, step, axis.ticksuffix ?? ""), axis.tickfont?.size ?? 12);
    const ways = [0.5, 1, 2, 5, 10, 20, 50].map((times) => {
      const step = times * power;
      const range = widen(withTicks(marks, step));
      const long = range[1] - range[0];
      const first = Math.ceil(range[0] / step - 1e-9);
      const many = Math.floor(range[1] / step + 1e-9) - first + 1;
      const words = Array.from({ length: many }, (_, at) => wide((first + at) * step, step));
      const apart = (step * plot) / long - BETWEEN;
      const fits = words.every((one, at) => at === 0 || (words[at - 1] + one) / 2 <= apart);
      return { step, range, long, many, fits };
    });
    const [best] = ways
      .filter(({ fits }) => fits)
      .sort((one, other) => one.long - other.long || Math.abs(one.many - most) - Math.abs(other.many - most));
    const chosen = best ? { range: best.range, tick0: 0, dtick: best.step } : { nticks: 2 };
    layout.xaxis = { ...layout.xaxis, tickangle: 0, ...chosen };
  }

  explorer.ticks = { rightOf, thin: thinTicks, number: numberTicks };
})();
