/* Ways to a council: the field of the first page, whose button leads to the page of the one chosen, and
   the list of every council, narrowed by what is typed into the box above it. */
(() => {
  "use strict";
  const { explorer } = window;

  /**
   * Words as they are compared: small letters without accents or marks.
   * @param {string} text As it is shown or typed.
   * @returns {string[]} In their order.
   */
  const plain = (text) =>
    text
      .normalize("NFD")
      .toLowerCase()
      .replace(/\p{M}|['’]/gu, "")
      .split(/[^a-z0-9£%]+/)
      .filter(Boolean);

  /**
   * Whether every word that was typed begins a word of a text.
   * @param {string} text As it is shown.
   * @param {string} typed By the reader.
   * @returns {boolean} True where nothing is typed.
   */
  function fits(text, typed) {
    const words = plain(text);
    return plain(typed).every((part) => words.some((word) => word.startsWith(part)));
  }

  /**
   * Show those entries of the list that fit.
   * @param {string} typed By the reader.
   */
  function narrow(typed) {
    let shown = 0;
    for (const region of document.querySelectorAll(".council-regions section")) {
      const entries = [...region.querySelectorAll("li")];
      for (const entry of entries) entry.hidden = !fits(entry.textContent ?? "", typed);
      const left = entries.filter((entry) => !entry.hidden).length;
      /** @type {HTMLElement} */ (region).hidden = !left;
      shown += left;
    }
    const count = document.querySelector("[data-part=council-count]");
    if (count) count.textContent = shown === 1 ? "1 council" : `${shown} councils`;
  }

  document.addEventListener("input", (event) => {
    const box = explorer.closest(event, "#council-filter");
    if (box instanceof HTMLInputElement) narrow(box.value);
  });

  document.addEventListener("click", (event) => {
    if (!explorer.closest(event, "#council-go")) return;
    const list = document.getElementById("council");
    if (!(list instanceof HTMLSelectElement)) return;
    if (list.value) explorer.open(explorer.at(`/councils/${list.value}${explorer.query()}`));
    else list.focus();
  });

  explorer.plainWords = plain;
  explorer.fits = fits;
})();
