/* Charts by keyboard, the tabs of a card, and charts on paper. */
(function () {
  'use strict';

  const PRINT_WIDTH = 680; // A4 less the margins in 30-parts/52-paper.css, at 96 pixels to the inch
  const HINT = 'Left and right arrows move between points, up and down between series. Escape leaves.';
  const places = new WeakMap();

  /* ----- point browser ----- */

  const plotIn = (root) => root.querySelector('.js-plotly-plot');
  const partIn = (chart) => chart.closest('.card-panel, .card')?.querySelector('[data-part=point]');

  const present = (value) => value !== null && value !== undefined && !Number.isNaN(value);

  function pointsOf(trace) {
    const count = Math.min(trace.x?.length ?? 0, trace.y?.length ?? 0);
    return [...Array(count).keys()].filter((i) => present(trace.x[i]) && present(trace.y[i]));
  }

  function seriesOf(plot) {
    return (plot._fullData || [])
      .filter((trace) => trace.visible === true && !trace.meta?.silent)
      .map((trace) => ({ trace, points: pointsOf(trace) }))
      .filter((one) => one.points.length > 0);
  }

  const inWords = (value) =>
    (typeof value === 'number' ? value.toLocaleString('en-GB', { maximumFractionDigits: 3, useGrouping: Math.abs(value) >= 10000 }) : String(value));

  function wordsOf(trace, i) {
    const custom = trace.customdata?.[i];
    const words = Array.isArray(custom) ? custom[0] : custom;
    if (typeof words === 'string' && words) return words.replaceAll('<br>', ' ');
    const pair = [inWords(trace.x[i]), inWords(trace.y[i])];
    if (trace.orientation === 'h') pair.reverse();
    return `${trace.name}: ${pair.join(', ')}`;
  }

  const nearest = (points, wanted) =>
    points.reduce((best, i, at) => (Math.abs(i - wanted) < Math.abs(points[best] - wanted) ? at : best), 0);

  const clamp = (value, last) => Math.max(0, Math.min(last, value));

  function moved(series, place, key) {
    const row = clamp(series.findIndex((one) => one.trace.index === place?.curve), series.length - 1);
    const points = series[row].points;
    if (!place) return { row, at: key === 'End' ? points.length - 1 : 0 };
    const at = nearest(points, place.point);
    if (key === 'Home') return { row, at: 0 };
    if (key === 'End') return { row, at: points.length - 1 };
    if (key === 'ArrowLeft') return { row, at: clamp(at - 1, points.length - 1) };
    if (key === 'ArrowRight') return { row, at: clamp(at + 1, points.length - 1) };
    const next = clamp(row + (key === 'ArrowDown' ? 1 : -1), series.length - 1);
    return { row: next, at: nearest(series[next].points, place.point) };
  }

  function show(chart, plot, trace, point) {
    places.set(chart, { curve: trace.index, point });
    const custom = trace.customdata?.[point];
    chart.dataset.leads = Array.isArray(custom) ? custom[1] : '';
    const part = partIn(chart);
    if (part) part.textContent = wordsOf(trace, point);
    const subplot = (trace.xaxis || 'x') + (trace.yaxis || 'y');
    window.Plotly?.Fx?.hover?.(plot, [{ curveNumber: trace.index, pointNumber: point }], subplot);
  }

  function leave(chart) {
    const plot = plotIn(chart);
    places.delete(chart);
    delete chart.dataset.leads;
    const part = partIn(chart);
    if (part) part.textContent = '';
    if (plot?._fullLayout) window.Plotly?.Fx?.unhover?.(plot);
  }

  const MOVES = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'];

  function chartKey(event) {
    const chart = event.target;
    if (event.key === 'Escape') {
      leave(chart);
      chart.blur();
      return;
    }
    const plot = plotIn(chart);
    const series = MOVES.includes(event.key) && plot ? seriesOf(plot) : [];
    if (!series.length) return;
    event.preventDefault();
    const { row, at } = moved(series, places.get(chart), event.key);
    show(chart, plot, series[row].trace, series[row].points[at]);
  }

  document.addEventListener('focusin', (event) => {
    const chart = event.target;
    if (!chart.matches('.chart[tabindex]:focus-visible') || !plotIn(chart)) return;
    const part = partIn(chart);
    if (part && !part.textContent) part.textContent = HINT;
  });

  document.addEventListener('focusout', (event) => {
    if (event.target.matches('.chart[tabindex]')) leave(event.target);
  });

  /* ----- tabs ----- */

  function select(tab) {
    const card = tab.closest('section.card');
    const changed = tab.getAttribute('aria-selected') !== 'true';
    for (const one of tab.closest('[role=tablist]').querySelectorAll('[role=tab]')) {
      const chosen = one === tab;
      one.setAttribute('aria-selected', String(chosen));
      one.tabIndex = chosen ? 0 : -1;
      const panel = document.getElementById(one.getAttribute('aria-controls'));
      if (panel) panel.hidden = !chosen;
    }
    if (changed && card) {
      card.dispatchEvent(new CustomEvent('explorer:tab', { bubbles: true, detail: { card, tab: tab.dataset.tab } }));
    }
  }

  function tabKey(event) {
    const tabs = [...event.target.closest('[role=tablist]').querySelectorAll('[role=tab]')];
    const at = tabs.indexOf(event.target);
    const next = {
      ArrowLeft: (at - 1 + tabs.length) % tabs.length, ArrowRight: (at + 1) % tabs.length, Home: 0, End: tabs.length - 1,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    select(tabs[next]);
    tabs[next].focus();
  }

  document.addEventListener('click', (event) => {
    const tab = event.target.closest('.card-tabs [role=tab]');
    if (tab) select(tab);
  });

  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof Element)) return;
    if (event.target.matches('.chart[tabindex]')) chartKey(event);
    else if (event.target.matches('.card-tabs [role=tab]')) tabKey(event);
  });

  /* ----- paper ----- */

  let restore = [];

  addEventListener('beforeprint', () => {
    for (const panel of document.querySelectorAll('[data-panel=chart][hidden]')) {
      panel.hidden = false;
      restore.push(() => { panel.hidden = true; });
    }
    window.explorer.toPaper(PRINT_WIDTH);
  });

  addEventListener('afterprint', () => {
    restore.splice(0).reverse().forEach((undo) => undo());
    window.explorer.toPaper(null);
  });
}());
