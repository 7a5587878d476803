/* The address is the only state. Controls spell a question, which the server answers. */
(() => {
  "use strict";
  const { explorer } = window;
  /** @type {SelectionState} */
  const state = {
    main: null,
    controls: {},
    grammar: {},
    shown: {},
    query: "",
    step: "",
    round: 0,
    rest: [],
    touched: "",
    mark: "",
    kept: "",
  };

  /**
   * The page that is laid out now.
   * @returns {HTMLElement | null} Nothing before the first, and between two.
   */
  const main = () => document.querySelector("main[data-path]");

  /* Paths that name a parameter, which their queries then do not; the server knows them too. */
  const NAMED = Object.entries({ indicators: "indicator", councils: "area" });

  /**
   * The parameter that the path of the page names, and its query does not.
   * @returns {string} "" for most pages.
   */
  const holds = () => state.main?.dataset.holds ?? "";

  /**
   * A query without one parameter, the others spelled as they were.
   * @param {string} query From the question mark.
   * @param {string} name Of the parameter.
   * @returns {string} "" where nothing is left.
   */
  function without(query, name) {
    const kept = query.slice(1).split("&");
    const left = kept.filter((one) => one && one.split("=")[0] !== name).join("&");
    return left && `?${left}`;
  }

  /**
   * A query with more at its end.
   * @param {string} query From the question mark.
   * @param {string} more Parameters as they are spelled; "" for none.
   * @returns {string} "" where both are.
   */
  const joined = (query, more) => (more ? `${query || "?"}${query.length > 1 ? "&" : ""}${more}` : query);

  /**
   * A query with what is marked: no answer follows it, and it is last in the one spelling.
   * @param {string} query From the question mark.
   * @returns {string} The same where nothing is marked.
   */
  const withMark = (query) => joined(query, state.mark && `mark=${state.mark}`);

  /**
   * What a form of the page keeps in an address.
   * @param {string} search From the question mark.
   * @returns {string} Its parameters as they are spelled; "" for none.
   */
  function kept(search) {
    const names = (state.main?.dataset.keeps ?? "").split(",");
    const parts = search.slice(1).split("&");
    return parts.filter((one) => one && names.includes(one.split("=")[0])).join("&");
  }

  /**
   * The query that belongs in the address of the page.
   * @returns {string} The selection without what the path names, what is marked, and what a form keeps.
   */
  const held = () => joined(withMark(without(state.query, holds())), state.kept);

  /**
   * The link to the view that others can be sent to: every parameter that the page follows, and the
   * release, of a pinned selection in the path too. It shows the same when a default is another one.
   * @param {string} [card] Address of a card by itself, to link to it instead.
   * @returns {string} With the server; the address as it is where the page has no selection.
   */
  function permalink(card) {
    const spelt = state.main?.dataset.permalink ?? "";
    const where = document.getElementById("pair")?.dataset.permalinkPath || path();
    const query = joined(withMark(without(spelt, holds())), state.kept);
    const here = spelt ? where + query + location.hash : location.href;
    return new URL(card ? card.split("?")[0] + spelt : here, location.href).href;
  }

  /**
   * Which page is shown, as the server names it.
   * @returns {string} "" where it follows no selection.
   */
  const pageKey = () => state.main?.dataset.page ?? "";

  /**
   * Whether two values of a control say the same.
   * @param {ControlValue | undefined} a One.
   * @param {ControlValue | undefined} b The other.
   * @returns {boolean} True also for ticks in another order.
   */
  const alike = (a, b) =>
    Array.isArray(a) && Array.isArray(b)
      ? [...a].sort().join() === [...b].sort().join()
      : String(a ?? "") === String(b ?? "");

  explorer.query = () => state.query;

  /* What the frame round the pages is about; a page of another programme needs a frame of its own. */
  explorer.programme = () => document.getElementById("frame-programme")?.dataset.programme ?? "";

  /* An address of the explorer, as it is asked for where the explorer is served below a path. */
  const served = JSON.parse(
    document.getElementById("_dash-config")?.textContent ?? "",
  ).requests_pathname_prefix;
  explorer.at = (path) => served.replace(/\/$/, "") + path;

  /**
   * Whether two paths lead to one page: a slash at the end makes no other of it.
   * @param {string} a One.
   * @param {string} b The other.
   * @returns {boolean} True for one page.
   */
  const samePath = (a, b) => a.replace(/\/+$/, "") === b.replace(/\/+$/, "");

  /**
   * The path of the page that is shown.
   * @returns {string} From the root of the server.
   */
  const path = () => state.main?.dataset.path || location.pathname;

  /** Write into the address what the page shows, where nothing was asked for that. */
  function readdress() {
    explorer.travel.replace(path() + held() + location.hash);
    if (state.main) state.main.dataset.link = location.href;
  }

  /**
   * Take over what the server laid out: it is what the controls and the address say.
   * @returns {boolean} Whether there is a page.
   */
  function settled() {
    const page = main();
    if (!page || page === state.main) return Boolean(page);
    if ((page.dataset.programme ?? explorer.programme()) !== explorer.programme()) location.reload();
    state.main = page;
    state.controls = JSON.parse(page.dataset.controls || "{}");
    state.grammar = JSON.parse(page.dataset.grammar || "{}");
    state.shown = state.controls;
    state.touched = "";
    explorer.asking.untold.clear();
    const asked = page.dataset.asked ?? "";
    state.query = without(asked, "mark");
    state.mark = new URLSearchParams(asked).get("mark") ?? "";
    state.kept = kept(location.search);
    if (page.dataset.path && samePath(location.pathname, page.dataset.path)) {
      const address = page.dataset.path + joined(page.dataset.query ?? "", state.kept);
      if (address !== location.pathname + location.search) explorer.travel.replace(address + location.hash);
    }
    explorer.travel.arrived();
    page.dataset.link = location.href;
    follow();
    return true;
  }

  /**
   * An address with the selection: what it says itself stays, in its path, query and place.
   * @param {string} address From the root of the server.
   * @returns {string} With a query.
   */
  function withSelection(address) {
    const [whole, place] = address.split("#");
    const [base, own] = whole.split("?");
    const [, name] = NAMED.find(([folder]) => base.startsWith(explorer.at(`/${folder}/`))) ?? ["", ""];
    const said = (own ?? "").split("&").map((one) => one.split("=")[0]);
    const query = [name, ...said].reduce(without, state.query);
    const asked = own ? `${query || "?"}${query ? "&" : ""}${own}` : query;
    return base + withMark(asked) + (place ? `#${place}` : "");
  }

  /** Make links to other pages carry the selection with them. */
  function follow() {
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const links = document.querySelectorAll("a[data-follow]");
    for (const link of links) {
      const base = link.dataset.base || (link.getAttribute("href") ?? "").split("?")[0];
      link.dataset.base = base;
      link.setAttribute("href", explorer.withSelection(base));
    }
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const pages = document.querySelectorAll(".rail a[data-base]");
    for (const link of pages) {
      const base = link.dataset.base ?? "";
      const here =
        base === location.pathname || (base !== explorer.at("/") && location.pathname.startsWith(`${base}/`));
      if (here) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  /**
   * Spell the query that the controls say. A parameter that the page's grammar does not list has one
   * control, of its own name.
   * @param {ControlValues} values Of every control of the page.
   * @param {string} touched The control that the reader changed.
   * @returns {string} From the question mark.
   */
  function spelled(values, touched) {
    const asked = new URLSearchParams(state.query);
    const special = Object.values(state.grammar);
    const apart = new Set(special.filter((one) => one.controls.length > 1).flatMap((one) => one.controls));
    for (const [name, value] of Object.entries(values)) {
      // One that excludes another stays as the address has it until it is touched.
      if (apart.has(name) || (state.grammar[name]?.excludes && touched !== name)) continue;
      set(asked, name, Array.isArray(value) ? value.join(",") : String(value ?? ""));
    }
    // A list without a tick is asked as it is: the answer says why it is ticked again.
    if (state.grammar[touched]?.excludes && Array.isArray(values[touched]) && !values[touched].length) {
      asked.set(touched, "");
    }
    const excluded = state.grammar[touched]?.excludes;
    if (excluded) asked.delete(excluded);
    for (const [name, one] of Object.entries(state.grammar)) {
      if (one.controls.length > 1) setSpan(asked, name, one.controls, values, touched);
    }
    return "?" + asked.toString();
  }

  /**
   * Set a parameter, or leave it out where it says nothing.
   * @param {URLSearchParams} asked The query; changed in place.
   * @param {string} name Of the parameter.
   * @param {string} words Its value.
   */
  function set(asked, name, words) {
    if (words) asked.set(name, words);
    else asked.delete(name);
  }

  /**
   * Set both ends of a period; the end that was set last moves the other.
   * @param {URLSearchParams} asked The query; changed in place.
   * @param {string} name Of the parameter.
   * @param {string[]} controls Names of its two controls.
   * @param {ControlValues} values Of every control of the page.
   * @param {string} touched The control that the reader changed.
   */
  function setSpan(asked, name, [from, to], values, touched) {
    if (!values[from]) return; // a page without years keeps those it was given
    let [first, last] = [values[from], values[to]];
    if (Number(first) > Number(last)) [first, last] = touched === from ? [first, first] : [last, last];
    asked.set(name, `${first}-${last}`);
  }

  /**
   * Put a question. Cards in view are asked for first; the others once those are painted.
   * @param {string} query From the question mark; "" for the defaults.
   * @param {Step} step What becomes of the history once it is answered.
   * @returns {Asked} The question, for the store `asked`.
   */
  function question(query, step) {
    state.round += 1;
    state.step = `${step}:${state.round}`;
    const sections = explorer.cards.all();
    const keys = sections.map((section) => section.dataset.card ?? "");
    const near = new Set(keys.filter((_, at) => explorer.cards.inView(sections[at])));
    for (const one of explorer.cards.headlines()) near.add(one.dataset.headline ?? "");
    state.rest = keys.filter((key) => !near.has(key));
    explorer.cards.wait(sections);
    return { query, cards: [...near], page: pageKey(), step: state.step };
  }

  /**
   * Ask for the cards that were not in view.
   * @param {string} query That the others were answered for.
   */
  function askForTheRest(query) {
    if (!state.rest.length) return;
    state.step = `rest:${state.round}`;
    explorer.asking.put({ query, cards: state.rest, page: pageKey(), step: state.step });
  }

  /**
   * Ask for what a control shows, which Dash is not told of yet.
   * @param {string} name Of the control.
   * @param {ControlValue} value What it shows.
   * @returns {boolean} False where more than an answer follows from it, which Dash then starts.
   */
  function choose(name, value) {
    if (!settled() || [holds(), "evidence"].includes(name)) return false;
    if (alike(value, state.controls[name])) return true; // Dash was quicker
    state.controls = { ...state.controls, [name]: value };
    // The server says of more than this page has controls of.
    const here = Object.entries(state.controls).filter(([one]) => explorer.cards.control(one));
    explorer.asking.put(question(spelled(Object.fromEntries(here), name), "push"));
    return true;
  }

  /** Answer a change of a control: called by Dash. */
  function ask() {
    const context = window.dash_clientside.callback_context;
    const inputs = context.inputs_list[0] || [];
    if (!inputs.length || !settled()) return;
    /** @type {ControlValues} */
    const values = Object.fromEntries(inputs.map((one) => [one.id.name, one.value ?? ""]));
    for (const name of explorer.asking.untold) values[name] = state.controls[name];
    // What the path names is changed by its button alone, which leads to another page.
    if (holds()) values[holds()] = state.controls[holds()];
    const touched = Object.keys(values).find((name) => !alike(values[name], state.controls[name]));
    if (!touched) return;
    if (touched === "evidence") {
      state.touched = touched;
      relay(values);
      return;
    }
    state.controls = values;
    explorer.asking.put(question(spelled(values, touched), "push"));
  }

  /**
   * Hide simulated figures, or show them again: that lays the whole page out again.
   * @param {ControlValues} values Of every control of the page.
   */
  function relay(values) {
    if (!state.main?.dataset.path) return;
    const asked = new URLSearchParams(spelled(values, "evidence"));
    if (holds()) asked.delete(holds());
    const query = asked.toString();
    explorer.selection.go(path() + withMark(query && `?${query}`));
  }

  /**
   * Make controls show what the address says, and tell Dash.
   * @param {ControlValues} values By name of the control.
   */
  function setControls(values) {
    const { untold } = explorer.asking;
    const shown = state.controls;
    state.controls = { ...shown, ...values };
    for (const [name, value] of Object.entries(values)) {
      const field = explorer.cards.control(name);
      if (!field || (alike(value, shown[name]) && !untold.has(name))) continue;
      window.dash_clientside.set_props({ name, type: "control" }, { value });
      explorer.asking.write(field, value);
    }
    untold.clear();
  }

  explorer.follow = follow;
  explorer.withSelection = withSelection;
  explorer.permalink = permalink;
  // 35-pages.js adds what leads to other pages.
  const shared = {
    state,
    holds,
    held,
    kept,
    readdress,
    withMark,
    unmarked: (/** @type {string} */ query) => without(query, "mark"),
    folder: (/** @type {string} */ parameter) => NAMED.find(([, name]) => name === parameter)?.[0] ?? "",
    main,
    path,
    samePath,
    settled,
    question,
    choose,
    send: (/** @type {Asked} */ data) => explorer.asking.put(data),
    askForTheRest,
    setControls,
  };
  explorer.selection = /** @type {Explorer["selection"]} */ (/** @type {unknown} */ (shared));
  window.dash_clientside ??= /** @type {Window["dash_clientside"]} */ ({});
  window.dash_clientside.explorer = { ...window.dash_clientside.explorer, ask };
})();
