/* In a frame of another site a link opens a window of its own: the frame goes on showing its card. */
(() => {
  "use strict";
  if (!document.documentElement.hasAttribute("data-framed")) return;
  document.addEventListener(
    "click",
    (event) => {
      const link = /** @type {HTMLAnchorElement | null} */ (window.explorer.closest(event, "a[href]"));
      if (!link || link.getAttribute("href")?.startsWith("#") || link.hasAttribute("download")) return;
      event.preventDefault();
      event.stopPropagation();
      window.open(link.href, "_blank", "noopener");
    },
    true,
  );
})();
