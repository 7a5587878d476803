/* What is copied from a page: its link, and tables whose numbers a spreadsheet reads as numbers. */
(function () {
  "use strict";
  const explorer = (window.explorer = window.explorer || {});
  const COPY = "Copy link";
  const COPIED = "Link copied";

  /* ----- the link ----- */

  function byHand(button) {
    const there = document.getElementById("link-by-hand");
    const field = there || document.createElement("input");
    if (!there) {
      Object.assign(field, { id: "link-by-hand", type: "text", readOnly: true, className: "form-control" });
      field.setAttribute("aria-label", "Link to this view");
      button.closest(".selection-actions").append(field);
    }
    field.value = location.href;
    field.focus();
    field.select();
    explorer.announce("The browser did not let the link be copied. It is selected: copy it from the field.");
  }

  async function copyLink(button) {
    try {
      await navigator.clipboard.writeText(location.href);
    } catch (refused) {
      byHand(button); // no clipboard here, or it may not be used: let the reader take it
      return;
    }
    document.getElementById("link-by-hand")?.remove();
    button.textContent = COPIED;
    explorer.announce(COPIED);
    setTimeout(() => { button.textContent = COPY; }, 2000);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#copy-link");
    if (button) copyLink(button);
  });

  /* ----- tables ----- */

  const NUMBER = /^([-−+]?)(£?)(\d{1,3}(?:[,\u00a0\u2009\u202f ]\d{3})+|\d+)(\.\d+)?(?:[\u00a0\u2009\u202f ]?(%))?$/;

  /* "−1,234.5" as a spreadsheet reads it, "-1234.5"; other words as they are. */
  function plainNumber(words) {
    const found = words.trim().match(NUMBER);
    if (!found) return words;
    const [, sign, pounds, whole, decimals = "", percent = ""] = found;
    return (sign === "−" ? "-" : sign) + pounds + whole.replace(/\D/g, "") + decimals + percent;
  }

  /* The selected part of the page with the tables it stands in. */
  function selected(range) {
    const holder = document.createElement("div");
    let part = range.cloneContents();
    const common = range.commonAncestorContainer;
    for (let node = common.nodeType === Node.ELEMENT_NODE ? common : common.parentElement;
      node && node.closest("table"); node = node.parentElement) {
      const around = node.cloneNode(false);
      around.append(part);
      part = around;
    }
    holder.append(part);
    return holder;
  }

  function unmarked(root) {
    root.querySelectorAll("table, table *").forEach((node) => {
      for (const { name } of [...node.attributes]) {
        if (!["href", "colspan", "rowspan"].includes(name)) node.removeAttribute(name);
      }
    });
  }

  const rowWords = (row) => [...row.cells].map((cell) => cell.textContent.replace(/\s+/g, " ").trim()).join("\t");

  /* Tables as lines with tabs; what stands around them as its words. */
  function lines(root) {
    if (root.nodeType === Node.TEXT_NODE) return root.data.replace(/\s+/g, " ").trim();
    if (root instanceof HTMLTableRowElement) return rowWords(root);
    if (!root.querySelector?.("tr")) return root.textContent.replace(/\s+/g, " ").trim();
    return [...root.childNodes].map(lines).filter(Boolean).join("\n");
  }

  document.addEventListener("copy", (event) => {
    const chosen = getSelection();
    if (chosen.isCollapsed || event.target.closest?.("input, textarea")) return;
    const copied = selected(chosen.getRangeAt(0));
    const cells = [...copied.querySelectorAll("td, th")];
    const numbers = cells.filter((cell) => plainNumber(cell.textContent) !== cell.textContent);
    if (!numbers.length) return; // as the browser copies it
    numbers.forEach((cell) => { cell.textContent = plainNumber(cell.textContent); });
    unmarked(copied);
    event.clipboardData.setData("text/plain", lines(copied));
    event.clipboardData.setData("text/html", copied.innerHTML);
    event.preventDefault();
  });
})();
