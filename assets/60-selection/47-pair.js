/* Two selections side by side: the button that pins the present one, and the page that shows both. */
(() => {
  "use strict";
  const { explorer } = window;

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

  explorer.showPair = (query) => {
    /** @type {HTMLElement | null} */
    const place = document.querySelector("#pair");
    if (!place) return;
    window.dash_clientside.set_props("pair-asked", { data: { pair: place.dataset.pair, query } });
  };
})();
