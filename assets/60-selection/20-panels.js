/* Pieces of a page that are made only when they are looked at: tables, methods, files. The server
   writes each as one string of HTML. */
(() => {
  "use strict";
  const { explorer } = window;

  /**
   * Say in place of a piece why it could not be loaded, with a button to try again.
   * @param {HTMLElement} place Of the piece.
   * @param {Error} refusal Its message is a sentence.
   * @param {() => Promise<void>} again Loads it once more.
   */
  function unloaded(place, refusal, again) {
    const button = explorer.element("button", "Try again", { type: "button", class: "button-quiet" });
    button.addEventListener("click", () => {
      const before = document.activeElement === button;
      place.tabIndex = -1;
      again().then(() => before && place.focus({ preventScroll: true }));
    });
    const words = `This could not be loaded. ${refusal.message}`;
    place.replaceChildren(explorer.element("p", words), button);
    if (place.getClientRects().length) explorer.announce(words); // not of what is folded away
  }

  /**
   * Load a piece into its place, unless another is asked for there before it has come.
   * @param {HTMLElement} place Of the piece.
   * @param {string} address Of the piece.
   * @param {() => Promise<void>} again Loads it once more.
   */
  async function load(place, address, again) {
    place.setAttribute("aria-busy", "true");
    place.dataset.filled = address;
    try {
      const words = await explorer.load(address);
      if (place.dataset.filled !== address) return;
      place.innerHTML = words;
      explorer.watchTables(place);
      explorer.reorder();
      explorer.follow();
      explorer.mark.show();
      explorer.toLatePlace();
    } catch (refusal) {
      if (place.dataset.filled !== address) return;
      delete place.dataset.filled;
      unloaded(place, /** @type {Error} */ (refusal), again);
    }
    place.removeAttribute("aria-busy");
    place.closest("[data-waits]")?.removeAttribute("data-waits");
  }

  /**
   * The address of a tab for the selection of the moment.
   * @param {HTMLElement} section The card.
   * @param {string} tab Key of the tab.
   * @returns {string} From the root of the server.
   */
  const addressOf = (section, tab) => explorer.at(`/cards/${section.dataset.card}/${tab}${explorer.query()}`);

  /**
   * Fill a tab of a card for the selection of the moment.
   * @param {HTMLElement} section The card.
   * @param {string} tab Key of the tab.
   */
  async function fill(section, tab) {
    const panel = /** @type {HTMLElement | null} */ (section.querySelector(`[data-panel="${tab}"]`));
    const address = addressOf(section, tab);
    if (!panel || tab === "chart" || panel.dataset.filled === address) return;
    await load(panel, address, () => fill(section, tab));
  }

  /** Fill the open tab of every card. */
  function fillOpen() {
    for (const section of explorer.cards.all()) {
      const given = /** @type {HTMLElement | null} */ (section.querySelector('[data-filled=""]'));
      if (given) given.dataset.filled = addressOf(section, given.dataset.panel ?? ""); // came with the page
      if (section.closest("[data-folded]")) continue;
      const open = /** @type {HTMLElement | null} */ (section.querySelector("[data-panel]:not([hidden])"));
      if (open?.dataset.panel) fill(section, open.dataset.panel);
    }
  }

  /** Fill the long tables of a page, each once. */
  function fillPage() {
    /** @type {NodeListOf<HTMLElement>} */
    const regions = document.querySelectorAll("[data-fill]");
    for (const region of regions) {
      /** @returns {Promise<void>} Once it is there, or refused. */
      const again = () => load(region, region.dataset.fill ?? "", again);
      if (!region.dataset.filled) again();
    }
  }

  /** Forget what the tabs hold: what they were filled from may have changed. */
  function forget() {
    /** @type {NodeListOf<HTMLElement>} */
    const panels = document.querySelectorAll("[data-panel]");
    for (const panel of panels) delete panel.dataset.filled;
  }

  document.addEventListener("explorer:tab", ({ detail }) => fill(detail.card, detail.tab));

  explorer.panels = { fillOpen, fillPage, forget };
})();
