/* What is copied from a card: its link, its citation, its rows for a spreadsheet, its picture, lines of
   code that get the rows, the HTML that shows it elsewhere. What the
   browser does not let us copy is shown in a field, selected. */
(() => {
  "use strict";
  const { explorer } = window;
  const DONE = {
    link: "Link copied.",
    citation: "Citation copied.",
    data: "Data copied: paste it into a spreadsheet.",
    picture: "Picture copied.",
    code: "Code copied.",
    frame: "HTML copied.",
  };
  /** @typedef {keyof typeof DONE} Copied what is copied */

  /**
   * Take a file of comma-separated values apart (RFC 4180).
   * @param {string} text Of the file.
   * @returns {string[][]} Its cells by line, without their quotes.
   */
  function cellsOf(text) {
    /** @type {string[][]} */
    const lines = [[]];
    for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
      lines[lines.length - 1].push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
      if (!end) break;
      if (end !== ",") lines.push([]);
    }
    return lines.filter((line) => line.join("") !== "");
  }

  /**
   * Write a file of comma-separated values as a spreadsheet pastes it. Its numbers are plain already, and
   * a missing one is empty.
   * @param {string} text Of the file.
   * @returns {string} Cells with tabs between them.
   */
  const pasted = (text) =>
    cellsOf(text.replace(/^\ufeff/, ""))
      .map((line) => line.map((cell) => cell.replace(/\s+/g, " ")).join("\t"))
      .join("\n");

  /**
   * The words to be copied.
   * @param {HTMLElement} button That was pressed.
   * @returns {Promise<string>} Plain text.
   */
  async function wordsOf(button) {
    const kind = button.dataset.copy;
    const from = button.dataset.from ?? "";
    if (kind === "data") return pasted(await explorer.load(from));
    if (kind === "code" || kind === "frame") return from;
    const link = explorer.permalink(from);
    if (kind === "link") return link;
    const day = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    return `${button.dataset.cited} ${link} (accessed ${day}).`;
  }

  /**
   * Copy something that is still to be made: a browser lets a page copy only while it answers a press.
   * @param {string} type Of it, such as "text/plain".
   * @param {Promise<Blob>} made It.
   */
  async function put(type, made) {
    if (!navigator.clipboard?.write || typeof ClipboardItem === "undefined")
      throw new Error("this browser cannot do it here");
    await navigator.clipboard.write([new ClipboardItem({ [type]: made })]);
  }

  /**
   * Show words in a field, selected, for the reader to copy.
   * @param {HTMLElement} status What became of it.
   * @param {string} words To be copied.
   */
  function byHand(status, words) {
    const field = document.createElement("textarea");
    Object.assign(field, { value: words, readOnly: true, rows: 4, className: "form-control copy-by-hand" });
    field.setAttribute("aria-label", "To be copied by hand");
    status.after(field);
    field.focus();
    field.select();
    status.textContent = "The browser did not let this be copied. It is selected below: copy it from there.";
  }

  /**
   * Copy what a button says, and say what became of it.
   * @param {HTMLElement} button That was pressed.
   * @param {HTMLElement} card It is of.
   * @param {HTMLElement} status Where that is said.
   */
  async function copy(button, card, status) {
    const kind = /** @type {Copied} */ (button.dataset.copy);
    card.querySelector(".copy-by-hand")?.remove();
    status.textContent = "Copying…";
    if (kind === "picture") {
      try {
        await put("image/png", explorer.pictureOf(card));
        status.textContent = DONE.picture;
      } catch (error) {
        const why = error instanceof Error ? error.message : error;
        status.textContent = `The picture could not be copied: ${why}. Download has it as a file.`;
      }
      return;
    }
    const words = wordsOf(button);
    const blob = words.then((text) => new Blob([text], { type: "text/plain" }));
    try {
      await put("text/plain", blob);
      status.textContent = DONE[kind];
    } catch {
      try {
        byHand(status, await words);
      } catch (refusal) {
        status.textContent = `This could not be loaded. ${/** @type {Error} */ (refusal).message}`;
      }
    }
  }

  document.addEventListener("click", (event) => {
    const button = explorer.closest(event, "button[data-copy]");
    const card = /** @type {HTMLElement | null | undefined} */ (button?.closest("section.card"));
    const status = /** @type {HTMLElement | null | undefined} */ (
      card?.querySelector("[data-part=copy-status]")
    );
    if (button && card && status) copy(button, card, status);
  });

  explorer.pasted = pasted;
})();
