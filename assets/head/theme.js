/* Loaded in the head, before first paint: the reader's theme, or else the system's. It also makes
   the one object that our scripts share. */
(() => {
  "use strict";
  window.explorer = /** @type {Explorer} */ ({});

  /**
   * The element around the target of an event that a selector finds.
   * @param {Event} event Any event of the document.
   * @param {string} selector What is looked for.
   * @returns {HTMLElement | null} The target itself, what is around it, or nothing.
   */
  window.explorer.closest = (event, selector) =>
    event.target instanceof Element ? event.target.closest(selector) : null;

  /**
   * Whether a click is for this page: neither answered already nor for another tab or window.
   * @param {MouseEvent} event The click.
   * @returns {boolean} False with another button than the first, or with a key held.
   */
  window.explorer.isPlain = (event) =>
    !event.defaultPrevented &&
    event.button === 0 &&
    !event.ctrlKey &&
    !event.metaKey &&
    !event.shiftKey &&
    !event.altKey;

  /** Whether another site shows this page in a frame: then only its card is shown. */
  const framed = window.self !== window.top;
  if (framed) document.documentElement.setAttribute("data-framed", "");
  const asked = new URLSearchParams(location.search).get("theme");

  /**
   * The theme that the address asks for in a frame, or else the one that the reader chose before.
   * @returns {string | null} Nothing where none was chosen, or storage is off.
   */
  function chosen() {
    if (framed && asked) return asked;
    try {
      return localStorage.getItem("theme");
    } catch {
      return null;
    }
  }

  const dark = matchMedia("(prefers-color-scheme: dark)");

  /** Show the theme that the reader chose, or else the system's. */
  function follow() {
    const theme = chosen();
    const system = dark.matches ? "dark" : "light";
    const shown = theme === "dark" || theme === "light" ? theme : system;
    document.documentElement.setAttribute("data-bs-theme", shown);
  }

  follow();
  dark.addEventListener("change", () => {
    follow();
    window.explorer.nameTheme();
    window.explorer.redraw();
  });
})();
