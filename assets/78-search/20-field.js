/* The field in the header: "/" or Ctrl and K lead to it; what is typed is looked for in the list of
   everything there is, which is fetched once. A combobox as the ARIA practices describe it. */
(() => {
  "use strict";
  const { explorer } = window;
  const { prepare, find } = explorer.search;
  const LIST = "index.json";
  /** @type {Promise<SearchReady> | null} */
  let fetched = null;
  /** @type {SearchFound[]} */
  let results = [];
  let current = -1; // of them; -1 for none

  /**
   * The list, fetched when it is first asked for; after a refusal it is asked for again.
   * @returns {Promise<SearchReady>} Ready to be searched.
   */
  function list() {
    fetched ??= explorer
      .load(explorer.at(`/search/${LIST}${explorer.programme()}`))
      .then((body) => prepare(JSON.parse(body)))
      .catch((refusal) => {
        fetched = null;
        throw refusal;
      });
    return fetched;
  }

  /**
   * The field.
   * @returns {HTMLInputElement | null} Nothing before the first page is there.
   */
  const field = () => /** @type {HTMLInputElement | null} */ (document.querySelector("#search-field"));

  /**
   * What is said below the field in place of results.
   * @param {string} words A sentence; "" for nothing.
   */
  function say(words) {
    const said = document.querySelector("#search-said");
    if (said && said.textContent !== words) said.textContent = words;
  }

  /**
   * Show results, or none.
   * @param {SearchFound[]} found The best first.
   */
  function show(found) {
    results = found;
    const options = found.map(({ label, name, note }, at) =>
      explorer.element(
        "li",
        [
          explorer.element("span", name, { class: "search-name" }),
          explorer.element("span", note ? `${label} · ${note}` : label, { class: "search-kind" }),
        ],
        { role: "option", id: `search-option-${at}`, "aria-selected": "false" },
      ),
    );
    document.querySelector("#search-results")?.replaceChildren(...options);
    field()?.setAttribute("aria-expanded", String(found.length > 0));
    mark(found.length ? 0 : -1);
  }

  /**
   * Mark a result as the one that Enter opens.
   * @param {number} at Of the results; -1 for none.
   */
  function mark(at) {
    current = at;
    const options = document.querySelectorAll("#search-results > li");
    options.forEach((option, nth) => {
      option.setAttribute("aria-selected", String(nth === at));
    });
    if (at < 0) field()?.removeAttribute("aria-activedescendant");
    else field()?.setAttribute("aria-activedescendant", `search-option-${at}`);
    options[at]?.scrollIntoView({ block: "nearest" });
  }

  /** Look for what is in the field now. */
  async function look() {
    const typed = field()?.value ?? "";
    try {
      const ready = await list();
      if (field()?.value !== typed) return; // typed on meanwhile
      show(find(ready, typed));
      const many = results.length === 1 ? "1 result." : `${results.length} results.`;
      if (!typed.trim()) say("");
      else say(results.length ? many : "Nothing found. Try fewer or other words.");
    } catch (refusal) {
      show([]);
      say(`The search could not be loaded. ${/** @type {Error} */ (refusal).message}`);
    }
  }

  /** Show no results, and on a narrow screen no field. */
  function close() {
    show([]);
    say("");
    open(false);
  }

  /**
   * Lay the field over the header, where there is no room for it beside the rest.
   * @param {boolean} isOpen Or take it away.
   */
  function open(isOpen) {
    const button = document.querySelector("#search-open");
    button?.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) field()?.focus();
  }

  /**
   * Go to a result with the selection.
   * @param {SearchFound | undefined} found Nothing where there is none.
   */
  function go(found) {
    const input = field();
    if (!found || !input) return;
    input.value = "";
    close();
    input.blur();
    explorer.selection.go(explorer.withSelection(explorer.at(found.address)));
  }

  const KEYS = /** @type {Record<string, () => void>} */ ({
    ArrowDown: () => mark((current + 1) % results.length),
    ArrowUp: () => mark((current - 1 + results.length) % results.length),
    Enter: () => go(results[current]),
  });

  /**
   * What a key does in the field.
   * @param {KeyboardEvent} event Of the field.
   */
  function pressed(event) {
    const input = field();
    if (event.key === "Escape" && input) {
      event.preventDefault();
      const isDone = !results.length && !input.value;
      if (results.length) show([]);
      else input.value = "";
      if (isDone) {
        close();
        input.blur();
      }
      return;
    }
    if (!results.length || !KEYS[event.key] || event.isComposing) return;
    event.preventDefault();
    KEYS[event.key]();
  }

  /**
   * Whether somebody is typing where a key of the keyboard lands.
   * @param {EventTarget | null} target Of the key.
   * @returns {boolean} False on the page itself, on links and on buttons.
   */
  const isTyping = (target) =>
    target instanceof HTMLElement && (target.isContentEditable || target.matches("input, select, textarea"));

  document.addEventListener("keydown", (event) => {
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !isTyping(event.target);
    const isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
    if (explorer.closest(event, "#search-field")) pressed(event);
    if (!(isSlash || isK)) return;
    event.preventDefault();
    open(true);
    field()?.select();
  });

  document.addEventListener("input", (event) => {
    if (explorer.closest(event, "#search-field")) look();
  });

  document.addEventListener("focusin", (event) => {
    if (explorer.closest(event, "#search-field")) {
      list().catch(() => {}); // said once something is typed
      if (field()?.value) look();
    } else if (!explorer.closest(event, ".search")) close();
  });

  document.addEventListener("pointerdown", (event) => {
    // On a result, the field keeps the focus.
    if (explorer.closest(event, "#search-results li")) event.preventDefault();
    else if (!explorer.closest(event, ".search")) close();
  });

  document.addEventListener("click", (event) => {
    const option = explorer.closest(event, "#search-results li");
    if (option) go(results[[...(option.parentElement?.children ?? [])].indexOf(option)]);
    const button = explorer.closest(event, "#search-open");
    if (button) open(button.getAttribute("aria-expanded") !== "true");
  });

  /** Put the field in the header: Dash has no field that takes a role. */
  explorer.placeSearch = () => {
    const place = document.querySelector(".search-place");
    if (!place || field()) return;
    const input = explorer.element("input", "", {
      id: "search-field",
      type: "text",
      role: "combobox",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      enterkeyhint: "go",
      placeholder: "Search",
      "aria-label": "Search indicators, councils, claims and pages",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "search-results",
      "aria-keyshortcuts": "/ Control+K",
    });
    const results = explorer.element("ul", "", {
      id: "search-results",
      role: "listbox",
      "aria-label": "Results",
    });
    const said = explorer.element("p", "", { id: "search-said", role: "status" });
    place.replaceChildren(input, explorer.element("kbd", "/", { "aria-hidden": "true" }), results, said);
  };
})();
