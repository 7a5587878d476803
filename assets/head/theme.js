/* Loaded in the head, before first paint: the reader's theme, or else the system's. */
(function () {
  "use strict";
  let chosen = null;
  try {
    chosen = localStorage.getItem("theme");
  } catch (blocked) {
    chosen = null; // storage is off: the system's theme serves
  }
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = chosen === "dark" || chosen === "light" ? chosen : dark ? "dark" : "light";
  document.documentElement.setAttribute("data-bs-theme", theme);
})();
