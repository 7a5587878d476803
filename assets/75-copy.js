/* What is copied from a page: its link, and tables whose numbers a spreadsheet reads as numbers. */
(() => {
  "use strict";
  const { explorer } = window;
  const COPY = "Copy link";
  const COPIED = "Link copied";

  /* ----- the link ----- */

  /**
   * Show the link in a field, selected, for the reader to copy.
   * @param {Element} button That was pressed.
   */
  function byHand(button) {
    const there = document.getElementById("link-by-hand");
    const field = there instanceof HTMLInputElement ? there : document.createElement("input");
    if (field !== there) {
      Object.assign(field, { id: "link-by-hand", type: "text", readOnly: true, className: "form-control" });
      field.setAttribute("aria-label", "Link to this view");
      button.closest(".selection-actions")?.append(field);
    }
    field.value = explorer.permalink();
    field.focus();
    field.select();
    explorer.announce("The browser did not let the link be copied. It is selected: copy it from the field.");
  }

  /**
   * Copy the link of the view.
   * @param {Element} button That was pressed.
   */
  async function copyLink(button) {
    try {
      await navigator.clipboard.writeText(explorer.permalink());
    } catch {
      byHand(button); // no clipboard here, or it may not be used: let the reader take it
      return;
    }
    document.getElementById("link-by-hand")?.remove();
    button.textContent = COPIED;
    explorer.announce(COPIED);
    setTimeout(() => {
      button.textContent = COPY;
    }, 2000);
  }

  document.addEventListener("click", (event) => {
    const button = explorer.closest(event, "#copy-link");
    if (button) copyLink(button);
  });

  /* ----- tables ----- */

  const NUMBER =
    /^([-−+]?)(£?)(\d{1,3}(?:[,\u00a0\u2009\u202f ]\d{3})+|\d+)(\.\d+)?(?:[\u00a0\u2009\u202f ]?(%))?$/;

  /**
   * Write a number as a spreadsheet reads it: "−1,234.5" becomes "-1234.5".
   * @param {string} words Of a cell.
   * @returns {string} The number; other words as they are.
   */
  function plainNumber(words) {
    const found = words.trim().match(NUMBER);
    if (!found) return words;
    const [, sign, pounds, whole, decimals = "", percent = ""] = found;
    return (sign === "−" ? "-" : sign) + pounds + whole.replace(/\D/g, "") + decimals + percent;
  }

  /**
   * The selected part of the page with the tables it stands in.
   * @param {Range} range What is selected.
   * @returns {HTMLElement} A copy.
   */
  function selected(range) {
    const holder = document.createElement("div");
    /** @type {Element | DocumentFragment} */
    let part = range.cloneContents();
    const common = range.commonAncestorContainer;
    let node = common instanceof Element ? common : common.parentElement;
    for (; node?.closest("table"); node = node.parentElement) {
      const around = /** @type {Element} */ (node.cloneNode(false));
      around.append(part);
      part = around;
    }
    holder.append(part);
    return holder;
  }

  /**
   * Take the looks off tables.
   * @param {Element} root Around them; changed in place.
   */
  function unmarked(root) {
    for (const node of root.querySelectorAll("table, table *")) {
      for (const { name } of [...node.attributes]) {
        if (!["href", "colspan", "rowspan"].includes(name)) node.removeAttribute(name);
      }
    }
  }

  /**
   * The words of a node in one line.
   * @param {Node} node Any.
   * @returns {string} Spaces as they are seen.
   */
  const inLine = (node) => (node.textContent ?? "").replace(/\s+/g, " ").trim();

  /**
   * Write tables as lines with tabs, and what stands around them as its words.
   * @param {Node} root Around them.
   * @returns {string} Plain text.
   */
  function lines(root) {
    if (root instanceof HTMLTableRowElement) return [...root.cells].map(inLine).join("\t");
    if (!(root instanceof Element) || !root.querySelector("tr")) return inLine(root);
    return [...root.childNodes].map(lines).filter(Boolean).join("\n");
  }

  document.addEventListener("copy", (event) => {
    const chosen = getSelection();
    if (!chosen || chosen.isCollapsed || !event.clipboardData) return;
    if (explorer.closest(event, "input, textarea")) return;
    const copied = selected(chosen.getRangeAt(0));
    const cells = [...copied.querySelectorAll("td, th")];
    const numbers = cells.filter((cell) => plainNumber(cell.textContent ?? "") !== cell.textContent);
    if (!numbers.length) return; // as the browser copies it
    for (const cell of numbers) cell.textContent = plainNumber(cell.textContent ?? "");
    unmarked(copied);
    event.clipboardData.setData("text/plain", lines(copied));
    event.clipboardData.setData("text/html", copied.innerHTML);
    event.preventDefault();
  });

  explorer.plainNumber = plainNumber;
})();
