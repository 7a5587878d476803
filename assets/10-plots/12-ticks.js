/* The ticks of a level axis: as many words as have room side by side, and room for those of the last.
   Layouts in, layouts out; nothing here touches the page. */
(() => {
  "use strict";
  const { explorer } = window;
  const NUMBER = "100%"; // as wide as the words of a tick that Plotly chooses
  const USUAL = 5; // numbers that Plotly chooses at least where a chart asks for none

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
   * Let Plotly choose no more numbers than have room side by side, and keep them level.
   * @param {Record<string, any>} layout Changed in place.
   * @param {Room} room Of the chart.
   */
  function fewerNumbers(layout, { width, measure }) {
    const axis = layout.xaxis;
    if (!axis?.range || axis.tickvals || axis.dtick || axis.type === "date") return;
    const words = axis.range.map(
      (/** @type {number} */ end) => `${Number(end.toPrecision(1))}${axis.ticksuffix ?? ""}`,
    );
    const widest = Math.max(...words.map((/** @type {string} */ one) => measure(one, 12)));
    const most = Math.floor((width - layout.margin.l - layout.margin.r) / (widest + 8));
    const fewer = (axis.nticks || USUAL) > most ? { nticks: Math.max(2, most) } : {};
    layout.xaxis = { ...axis, tickangle: 0, ...fewer };
  }

  explorer.ticks = { rightOf, thin: thinTicks, fewer: fewerNumbers };
})();
