/* A place in the page that the address names: a card is there only once the page is laid out, and
   stays where it is only once everything above it has its height. */
(() => {
  "use strict";
  const { explorer } = window;
  const SETTLED = 4000; // milliseconds after which nothing above the place moves any more
  const TOUCHED = ["wheel", "touchstart", "pointerdown", "keydown"];

  /**
   * The place that the address names.
   * @returns {HTMLElement | null} Nothing where it names none, or none that is here.
   */
  function place() {
    const name = location.hash.slice(1);
    if (!name) return null;
    try {
      return document.getElementById(name) || document.getElementById(decodeURIComponent(name));
    } catch {
      return null; // "#%": no place has such a name
    }
  }

  let leave = () => {};
  let awaited = false; // a place that the address names and that is not here yet

  /**
   * Hold a place at the top of the window until the page has settled or the reader moves.
   * @param {HTMLElement} target The place.
   */
  function hold(target) {
    leave();
    const go = () => target.scrollIntoView({ block: "start" });
    const watcher = new ResizeObserver(go);
    const timer = setTimeout(() => leave(), SETTLED);
    const stop = () => leave();
    leave = () => {
      watcher.disconnect();
      clearTimeout(timer);
      for (const name of TOUCHED) removeEventListener(name, stop, true);
      leave = () => {};
    };
    for (const name of TOUCHED) addEventListener(name, stop, { capture: true, passive: true });
    go();
    const page = document.getElementById("main");
    if (page) watcher.observe(page);
  }

  explorer.toPlace = () => {
    leave();
    const target = place();
    awaited = !target && location.hash.length > 1;
    if (!target) return;
    explorer.unfold(target);
    if (target.tabIndex < 0) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    hold(target);
  };

  // A view of a card comes after its page; what it holds may be what the address names.
  explorer.toLatePlace = () => {
    if (awaited && place()) explorer.toPlace();
  };

  // A link to a place in the same page leads there without the page being laid out again.
  addEventListener("hashchange", () => explorer.toPlace());
})();
