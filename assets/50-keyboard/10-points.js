/* The points of a chart as a reader meets them by keyboard: which there are, in which order, and in
   what words. Traces in, words out; nothing here touches the page. */
(() => {
  "use strict";
  const { explorer } = window;

  /**
   * Whether a coordinate is there.
   * @param {unknown} value Of a trace.
   * @returns {boolean} False for what has no value.
   */
  const present = (value) => value !== null && value !== undefined && !Number.isNaN(value);

  /**
   * What the server wrote for a point.
   * @param {Trace} trace As Plotly holds it.
   * @param {number} i Number of the point.
   * @returns {string} Its words; "" where it has none.
   */
  function saidOf(trace, i) {
    const custom = trace.customdata?.[i];
    const words = Array.isArray(custom) ? custom[0] : custom;
    return typeof words === "string" ? words.replace(/([,:;])?<br>/g, (_, mark) => `${mark ?? ","} `) : "";
  }

  /**
   * Whether a point is drawn.
   * @param {Trace} trace As Plotly holds it.
   * @param {number} i Number of the point.
   * @returns {boolean} False where the value is hidden or missing.
   */
  const isDrawn = (trace, i) => present(trace.x?.[i]) && present(trace.y?.[i]);

  /**
   * The points of a trace that are drawn, and those that are not but have words that say why.
   * @param {Trace} trace As Plotly holds it.
   * @returns {number[]} Their numbers, in order.
   */
  function pointsOf(trace) {
    const count = Math.min(trace.x?.length ?? 0, trace.y?.length ?? 0);
    return [...Array(count).keys()].filter((i) => isDrawn(trace, i) || saidOf(trace, i) !== "");
  }

  /**
   * The series that a reader can go through. What is drawn without a meaning of its own is silent.
   * @param {Trace[]} traces As Plotly holds them.
   * @returns {Series[]} Each with a point at least.
   */
  function seriesOf(traces) {
    return traces
      .filter((trace) => trace.visible === true && !trace.meta?.silent)
      .map((trace) => ({ trace, points: pointsOf(trace) }))
      .filter((one) => one.points.length > 0);
  }

  /**
   * A coordinate in words; a year is not grouped.
   * @param {unknown} value Of a trace.
   * @returns {string} As it is read out.
   */
  function inWords(value) {
    if (typeof value !== "number") return String(value);
    return value.toLocaleString("en-GB", { maximumFractionDigits: 3, useGrouping: Math.abs(value) >= 10000 });
  }

  /**
   * A point in words: those that the server wrote, else its name and coordinates.
   * @param {Trace} trace As Plotly holds it.
   * @param {number} i Number of the point.
   * @returns {string} As it is read out.
   */
  function wordsOf(trace, i) {
    const said = saidOf(trace, i);
    if (said) return said;
    const pair = [inWords(trace.x[i]), inWords(trace.y[i])];
    if (trace.orientation === "h") pair.reverse();
    return `${trace.name}: ${pair.join(", ")}`;
  }

  /**
   * The view that a point leads to.
   * @param {unknown} custom `customdata` of the point: its words, or its words and an address.
   * @returns {string} The address; "" where it leads nowhere.
   */
  function leadsTo(custom) {
    return Array.isArray(custom) && String(custom[1]).startsWith("/") ? custom[1] : "";
  }

  /**
   * The point of a series that stands nearest to another number.
   * @param {number[]} points Numbers of points, at least one.
   * @param {number} sought A number of a point, of this series or another.
   * @returns {number} Its place in the series.
   */
  const nearest = (points, sought) =>
    points.reduce((best, i, at) => (Math.abs(i - sought) < Math.abs(points[best] - sought) ? at : best), 0);

  /**
   * The point of a series that belongs to a point of another: of the same row, or of the same year where
   * one series has fewer years; else the nearest by number.
   * @param {Series} from The series that is left.
   * @param {number} point Number of the point in it.
   * @param {Series} to The series that is entered.
   * @returns {number} Its place in the series that is entered.
   */
  function across(from, point, to) {
    const [one, other] = [from.trace, to.trace];
    const same = (/** @type {"x" | "y"} */ axis) =>
      to.points.findIndex((i) => other[axis]?.[i] === one[axis]?.[point]);
    let place = -1;
    if (typeof one.y?.[point] === "string") place = same("y");
    else if (one.x?.length !== other.x?.length) place = same("x");
    return place < 0 ? nearest(to.points, point) : place;
  }

  /**
   * A number held between 0 and another.
   * @param {number} value Any.
   * @param {number} last The most it may be.
   * @returns {number} Between the two.
   */
  const clamp = (value, last) => Math.max(0, Math.min(last, value));

  /**
   * Where a key leads to.
   * @param {Series[]} series At least one.
   * @param {Place | undefined} place Where the reader is; nothing before the first key.
   * @param {string} key Name of the key: an arrow, Home or End.
   * @returns {{ row: number, at: number }} The series, and the place in it.
   */
  function moved(series, place, key) {
    const row = clamp(
      series.findIndex((one) => one.trace.index === place?.curve),
      series.length - 1,
    );
    const { points } = series[row];
    const last = points.length - 1;
    if (!place) return { row, at: key === "End" ? last : 0 };
    const at = nearest(points, place.point);
    if (key === "Home") return { row, at: 0 };
    if (key === "End") return { row, at: last };
    if (key === "ArrowLeft") return { row, at: clamp(at - 1, last) };
    if (key === "ArrowRight") return { row, at: clamp(at + 1, last) };
    const step = key === "ArrowDown" ? 1 : -1;
    if (series.length === 1) return { row, at: clamp(at + step, last) };
    const next = clamp(row + step, series.length - 1);
    if (next === row) return { row, at };
    return { row: next, at: across(series[row], place.point, series[next]) };
  }

  /**
   * What is said of a point: its series where that is another than before, its position, its words.
   * @param {Series[]} series Of the chart.
   * @param {{ row: number, at: number }} to The series, and the place in it.
   * @param {Place | undefined} before Where the reader was.
   * @returns {string} A name that the words begin with, or that ends their head, is not said twice.
   */
  function spoken(series, { row, at }, before) {
    const { trace, points } = series[row];
    const words = wordsOf(trace, points[at]);
    const isNew = series.length > 1 && before?.curve !== trace.index && trace.name;
    const says = words.startsWith(trace.name) || words.includes(`, ${trace.name}:`);
    const named = isNew && !says ? `${trace.name}. ` : "";
    return `${named}${at + 1} of ${points.length}: ${words}`;
  }

  explorer.points = { seriesOf, wordsOf, moved, spoken, isDrawn, leadsTo };
})();
