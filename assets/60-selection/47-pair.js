/* Two selections side by side: the button that pins the present one, and the page that shows both. */
(() => {
  "use strict";
  const { explorer } = window;
  const SOON = 800; // milliseconds, after which the page has taken its selection over
  let untried = Number.POSITIVE_INFINITY;

  /**
   * Pin the present selection, beside itself at first: the bar of the page that opens changes the other.
   * @param {HTMLElement} button That was pressed.
   */
  function compare(button) {
    const query = explorer.query();
    const pinned = query && `/${query.slice(1)}`;
    explorer.selection.go(explorer.at(`/compare/${button.dataset.compares}${pinned}`) + query);
  }

  document.addEventListener("click", (event) => {
    const button = explorer.closest(event, "#compare");
    if (button) compare(button);
  });

  document.addEventListener("explorer:refused", ({ detail: { output, refusal } }) => {
    if (output !== "pair.children") return;
    explorer.refuse({
      refusal,
      what: "The two columns still show your earlier choice.",
      again: () => explorer.showPair(explorer.query()),
    });
  });

  /** Ask again where not every choice was tried alone, as long as fewer are left each time. */
  function tryTheRest() {
    /** @type {HTMLElement | null} */
    const line = document.querySelector("[data-untried]");
    const left = line ? Number(line.dataset.untried) : Number.POSITIVE_INFINITY;
    if (left < untried) setTimeout(() => explorer.showPair(explorer.query()), SOON);
    untried = left;
  }

  new MutationObserver(tryTheRest).observe(document, {
    attributeFilter: ["data-untried"],
    childList: true,
    subtree: true,
  });

  explorer.showPair = (query) => {
    /** @type {HTMLElement | null} */
    const place = document.querySelector("#pair");
    if (!place) return;
    window.dash_clientside.set_props("pair-asked", { data: { pair: place.dataset.pair, query } });
  };
})();
