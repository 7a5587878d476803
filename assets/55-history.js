/* Where the address stands in the history of the window, and where the page that is shown stands,
   so that a step that led nowhere can be taken back without losing any other; and where the reader
   was in each page, to go on from there. */
(() => {
  "use strict";
  const { explorer } = window;

  /**
   * Whether an entry of the history was numbered here.
   * @param {any} state Of the entry.
   * @returns {boolean} False for a place in the page, which makes an entry of its own.
   */
  const numbered = (state) => Boolean(state) && Number.isInteger(state.at);
  let at = numbered(history.state) ? history.state.at : 0;
  let shown = at;
  let pushed = false; // whether the last step was made by the page, not by Back or Forward
  let ours = false; // whether the next step is one that is being taken back
  let scrolled = 0; // pixels, before a step moves the page
  /** @type {Map<number, Kept>} where the reader was in pages that Back or Forward left, by number */
  const left = new Map();

  addEventListener("scroll", () => (scrolled = scrollY), { passive: true });
  // A document that is loaded again is scrolled by the browser, which does it before anything is seen.
  addEventListener("pagehide", () => (history.scrollRestoration = "auto"));

  history.replaceState({ ...history.state, at }, "", location.href);

  explorer.travel = {
    push(address) {
      if (at === shown) {
        const kept = explorer.kept(scrollY);
        history.replaceState({ ...history.state, at, kept }, "", location.href);
      }
      // The browser would scroll the page before it is there; the new entry takes this over.
      history.scrollRestoration = "manual";
      for (const entry of left.keys()) if (entry >= at) left.delete(entry);
      at += 1;
      pushed = true;
      history.pushState({ at }, "", address);
    },
    replace: (address) => history.replaceState({ ...history.state, at }, "", address),

    arrived() {
      shown = at;
    },

    moved(state) {
      if (at === shown && !ours) left.set(at, explorer.kept(scrolled));
      pushed = false;
      if (numbered(state)) at = state.at;
      else {
        at += 1; // a place in the page makes an entry of its own
        explorer.travel.replace(location.href);
      }
      const was = ours;
      ours = false;
      return !was;
    },

    kept: () => (pushed ? undefined : (left.get(at) ?? history.state?.kept)),

    undo(goTo) {
      const [steps, address, again] = [at - shown, location.href, pushed];
      if (steps) {
        ours = true;
        history.go(-steps);
      }
      return again || !steps ? () => goTo(address) : () => history.go(steps);
    },
  };
})();
