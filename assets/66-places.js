/* A place in the page that the address names, or that the reader left: a card is there only once the page
   is laid out, and stays where it is only once everything above it has its height. */
(() => {
  "use strict";
  const { explorer } = window;
  const SETTLED = 4000; // milliseconds after which nothing above the place moves any more
  const TOUCHED = ["wheel", "touchstart", "pointerdown", "keydown"];
  const STOPS = "a[href], button, summary, input, select, textarea, [tabindex]";
  const ENOUGH = 80; // letters by which an element is known again

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
   * Hold the page where it is scrolled to until it has settled or the reader moves.
   * @param {() => void} go Scrolls there.
   */
  function hold(go) {
    leave();
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

  /**
   * Give an element the focus, whether or not it is a stop of it, and leave the page where it is.
   * @param {HTMLElement | null} target The element, or nothing.
   */
  function focus(target) {
    if (!target) return;
    if (target.tabIndex < 0) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }

  /**
   * The words by which an element is known again.
   * @param {Element} one The element.
   * @returns {string} The first of its own.
   */
  const wordsOf = (one) => (one.textContent ?? "").slice(0, ENOUGH);

  /**
   * What had the focus when the page was left.
   * @param {Kept} kept Of the page.
   * @returns {HTMLElement | null} Nothing where the page has no such element any more.
   */
  function foundAgain({ focus: had }) {
    const around = had ? document.getElementById(had.id) : null;
    if (!had || !around) return null;
    const one = /** @type {HTMLElement | undefined} */ (
      had.nth < 0 ? around : around.querySelectorAll(STOPS)[had.nth]
    );
    return one && wordsOf(one) === had.words ? one : null;
  }

  explorer.toPlace = () => {
    leave();
    const target = place();
    awaited = !target && location.hash.length > 1;
    if (!target) return;
    explorer.unfold(target);
    focus(target);
    hold(() => target.scrollIntoView({ block: "start" }));
  };

  explorer.kept = (y) => {
    const one = document.activeElement;
    const around = one?.closest("[id]");
    if (!one || !around) return { y };
    const nth = one === around ? -1 : [...around.querySelectorAll(STOPS)].indexOf(one);
    return { y, focus: { id: around.id, nth, words: wordsOf(one) } };
  };

  explorer.toKept = (kept) => {
    if (!kept) return false;
    const target = foundAgain(kept);
    // What is outside the page says nothing of where in it the reader was: the address may.
    if (place() && !target?.closest("main")) return false;
    if (target) explorer.unfold(target);
    focus(target ?? document.getElementById("page-title"));
    hold(() => scrollTo({ top: kept.y, behavior: "instant" }));
    return true;
  };

  // A view of a card comes after its page; what it holds may be what the address names.
  explorer.toLatePlace = () => {
    if (awaited && place()) explorer.toPlace();
  };

  // A link to a place in the same page leads there without the page being laid out again.
  addEventListener("hashchange", () => explorer.toPlace());
})();
