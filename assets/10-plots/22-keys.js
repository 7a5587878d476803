/* What the points of a chart are about, by key, and what becomes of each while something is marked.
   Traces in, words out; nothing here touches the page. */
(() => {
  "use strict";
  const { explorer } = window;

  /**
   * The keys of a point: its own first, then those of what it belongs to.
   * @param {Trace} trace With one text of keys, or one for each point.
   * @param {number} point Its number.
   * @returns {string[]} The first is "" where it is of nothing that has a key.
   */
  function keysOf(trace, point) {
    const keys = trace.meta?.keys ?? "";
    return String((Array.isArray(keys) ? keys[point] : keys) ?? "").split(" ");
  }

  /**
   * What becomes of a mark while others are marked.
   * @param {string[]} keys Its own first.
   * @param {string[]} marked Keys of what is marked; at least one.
   * @returns {Standing} "" for what is about nothing.
   */
  function standing(keys, marked) {
    if (marked.includes(keys[0])) return "own";
    if (keys.some((one) => marked.includes(one))) return "part";
    return keys.some(Boolean) ? "other" : "";
  }

  /**
   * Those of some keys that traces carry.
   * @param {Trace[]} traces Of a chart.
   * @param {string[]} keys None of them is "".
   * @returns {string[]} In the same order.
   */
  function carried(traces, keys) {
    const texts = traces.flatMap((trace) => trace.meta?.keys ?? []);
    const every = new Set(texts.flatMap((text) => String(text).split(" ")));
    return keys.filter((one) => every.has(one));
  }

  /**
   * What is said of a mark.
   * @param {string} name Of what is marked.
   * @param {number} charts How many show it.
   * @param {boolean} [inTable] Whether a row of a table is about it.
   * @returns {string} A sentence.
   */
  function sentence(name, charts, inTable) {
    if (!charts && inTable) return `Marked in the table: ${name}.`;
    if (!charts) return `Marked: ${name}. No chart here shows it.`;
    return `Marked in ${charts} ${charts === 1 ? "chart" : "charts"}: ${name}.`;
  }

  /**
   * What is said of a point besides its words: in how many charts what it is about is marked with it.
   * @param {number} charts How many show it.
   * @param {number | undefined} before The number at the point before it.
   * @returns {string} After them; "" for one chart alone, and where the number has just been said.
   */
  const also = (charts, before) => (charts > 1 && charts !== before ? `. Marked in ${charts} charts.` : "");

  explorer.keys = { keysOf, standing, carried, sentence, also };
})();
