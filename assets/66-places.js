/* A place in the page that the address names: a card is there only once the page is laid out, and
   stays where it is only once everything above it has its height. */
(function () {
  "use strict";
  const explorer = (window.explorer = window.explorer || {});
  const SETTLED = 4000; // milliseconds after which nothing above the place moves any more
  const TOUCHED = ["wheel", "touchstart", "pointerdown", "keydown"];

  function place() {
    const name = location.hash.slice(1);
    if (!name) return null;
    try {
      return document.getElementById(name) || document.getElementById(decodeURIComponent(name));
    } catch (malformed) {
      return null; // "#%": no place has such a name
    }
  }

  let leave = () => {};

  /* Hold the place at the top of the window until the page has settled or the reader moves. */
  function hold(target) {
    leave();
    const go = () => target.scrollIntoView({ block: "start" });
    const watcher = new ResizeObserver(go);
    const timer = setTimeout(() => leave(), SETTLED);
    const stop = () => leave();
    leave = () => {
      watcher.disconnect();
      clearTimeout(timer);
      TOUCHED.forEach((name) => removeEventListener(name, stop, true));
      leave = () => {};
    };
    TOUCHED.forEach((name) => addEventListener(name, stop, { capture: true, passive: true }));
    go();
    watcher.observe(document.getElementById("main"));
  }

  explorer.toPlace = () => {
    leave();
    const target = place();
    if (!target) return;
    if (target.tabIndex < 0) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    hold(target);
  };
})();
