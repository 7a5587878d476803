/* Views that come with the page: Dash writes no HTML as it is, so they are in an attribute, and are set
   in place as soon as Dash has made the panel, which is before the browser paints it. Terms of the
   glossary become buttons at the same moment, in whatever comes later too. */
(() => {
  "use strict";
  const { explorer } = window;

  /** Set every view in its place that is not there yet. */
  function setAll() {
    /** @type {NodeListOf<HTMLElement>} */
    const panels = document.querySelectorAll("[data-sheet]");
    for (const panel of panels) {
      panel.innerHTML = panel.dataset.sheet ?? "";
      delete panel.dataset.sheet;
      explorer.watchTables(panel);
      panel.dataset.filled = ""; // for the selection the page was laid out for
    }
    explorer.markTerms();
  }

  new MutationObserver(setAll).observe(document, {
    attributeFilter: ["data-sheet", "data-terms"],
    childList: true,
    subtree: true,
  });
})();
