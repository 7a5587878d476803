/* Columns of a table that is wider than its place: as many whole ones are in view as there is room
   for, so that no number is cut at the edge. */
(() => {
  "use strict";
  const { explorer } = window;
  /** @type {WeakMap<Element, number>} the room that a table was fitted to */
  const fitted = new WeakMap();

  explorer.fittedColumns = (widths, room) => {
    let seen = 0;
    let whole = 0;
    while (seen < widths.length && whole + widths[seen] <= room) whole += widths[seen++];
    if (seen < 2 || seen === widths.length) return [];
    const more = (room - whole) / (seen - 1);
    return widths.map((width, at) => (at && at < seen ? width + more : width));
  };

  /**
   * Fit a table to its place.
   * @param {Element} region Around it; it scrolls sideways.
   */
  function fit(region) {
    const room = region.clientWidth;
    if (!room || fitted.get(region) === room) return;
    fitted.set(region, room);
    /** @type {NodeListOf<HTMLElement>} */
    const heads = region.querySelectorAll("thead th");
    for (const head of heads) head.removeAttribute("style");
    const widths = [...heads].map((head) => head.getBoundingClientRect().width);
    explorer.fittedColumns(widths, room).forEach((width, at) => {
      heads[at].style.setProperty("--least", `${width}px`);
    });
  }

  const watcher = new ResizeObserver((entries) => {
    for (const { target } of entries) fit(target);
  });

  explorer.watchTables = (place) => {
    for (const region of place.querySelectorAll(".table-scroll")) watcher.observe(region);
  };
})();
