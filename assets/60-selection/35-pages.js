/* An answer is shown in place, a page in place of another; the address and the history of the
   window say which. */
(() => {
  "use strict";
  const { explorer } = window;
  const { selection } = explorer;
  const {
    state,
    holds,
    held,
    kept,
    withMark,
    unmarked,
    main,
    path,
    samePath,
    settled,
    question,
    send,
    setControls,
  } = selection;
  const ROUTER = ".._pages_content.children..._pages_store.data.."; // what Dash calls its own callback

  /**
   * Whether a query hides simulated figures.
   * @param {string} search From the question mark.
   * @returns {string | null} What it says of them.
   */
  const evidence = (search) => new URLSearchParams(search).get("evidence");

  /**
   * Which programme a query is about, as far as it names one.
   * @param {string} search From the question mark.
   * @returns {string} The same for two queries about one programme.
   */
  const programme = (search) => {
    const asked = new URLSearchParams(search);
    return ["programme", "group", "start", "named"].map((name) => asked.get(name) ?? "").join("\n");
  };

  /** @type {(() => void) | null} writes what is shown into the address, once it is painted */
  let untold = null;

  /** Write what is shown into the address: for that the browser takes as long as for a small chart. */
  function tellAddress() {
    const tell = untold;
    untold = null;
    tell?.();
  }

  /**
   * Show an answer.
   * @param {Answered} answer Of the server; one that was overtaken is left.
   */
  function show(answer) {
    if (answer.step !== state.step || !settled()) return;
    const [step, round] = answer.step.split(":");
    explorer.accepted();
    const news = explorer.cards.news(answer.cards);
    explorer.cards.drawAll(answer.cards, () => Number(round) === state.round);
    if (step === "rest") {
      setTimeout(explorer.panels.fillOpen, 60);
      return;
    }
    state.query = answer.query;
    if (state.main) state.main.dataset.permalink = answer.permalink;
    state.shown = { ...state.shown, ...answer.controls };
    const address = path() + held();
    tellAddress(); // of the answer before
    untold = () => {
      if (step === "push" && address !== location.pathname + location.search) explorer.travel.push(address);
      else if (step === "pop") explorer.travel.replace(address + location.hash);
      explorer.travel.arrived();
    };
    requestAnimationFrame(() => setTimeout(tellAddress));
    const changed = explorer.bar.changes(answer);
    explorer.cards.setHead(answer);
    explorer.bar.show(answer);
    explorer.showPair(answer.query);
    explorer.afterPaint(() => {
      if (answer.step !== state.step) return;
      selection.askForTheRest(answer.query);
      setTimeout(() => afterPaint(answer, changed, news), 40);
    });
  }

  /**
   * What may wait until an answer is painted.
   * @param {Answered} answer Of the server.
   * @param {string} changed What it changes of the selection.
   * @param {Piece | undefined} news The first card that says something else.
   */
  function afterPaint(answer, changed, news) {
    setControls(answer.controls);
    const isFaulty = explorer.cards.setFaults(answer.faults);
    document.getElementById("link-by-hand")?.remove(); // it held the link of the view before
    if (state.main) state.main.dataset.link = location.href;
    explorer.follow();
    explorer.listCards();
    explorer.panels.fillOpen();
    const first = news ?? Object.values(answer.cards)[0];
    const refused = document.querySelector("#refused:not([hidden])"); // its words are not talked over
    const same = first ? first.withheld || first.headline : answer.words;
    const said = isFaulty && !news ? "" : same; // what has not changed is not read out after a fault
    if (!refused) explorer.announce([...answer.notices, changed, said].join(" ").trim());
  }

  /** @type {HTMLElement | null} the page that was taken over last: a question may know the next one first */
  let taken = null;

  /** Wait for a page that the router has changed, then take it over: called by Dash. */
  function arrived() {
    const before = taken;
    const settle = (/** @type {number} */ tries) => {
      const page = main();
      if ((!page || page === before) && tries > 0) {
        setTimeout(() => settle(tries - 1), 16);
        return;
      }
      settled();
      taken = page;
      explorer.mark.show();
      explorer.nameTheme();
      explorer.placeSearch();
      explorer.listCards();
      explorer.panels.fillOpen();
      if (page) explorer.cards.setFaults(JSON.parse(page.dataset.faults || "{}"));
      explorer.cards.tieForm();
      explorer.panels.fillPage();
      const title = document.getElementById("page-title");
      const other = before && page && page !== before;
      const back = other && explorer.toKept(explorer.travel.kept());
      if (other && !back && title) {
        scrollTo(0, 0);
        title.focus({ preventScroll: true }); // which reads it out
      }
      if (page) explorer.accepted();
      if (!back) explorer.toPlace();
    };
    settle(60);
  }

  /**
   * Go to a page.
   * @param {string} address From the root of the server.
   */
  function go(address) {
    tellAddress();
    explorer.travel.push(address);
    route();
  }

  /** Tell Dash's router the address outright: it would not ask twice for one it knows. */
  function route() {
    state.step = ""; // an answer for the page that is being left comes too late
    const { pathname, search, hash, href } = location;
    window.dash_clientside.set_props("_pages_location", { pathname, search, hash, href });
  }

  /**
   * The whole selection that an address of this page asks for: its path names a part.
   * @param {string} search Of the address, from the question mark.
   * @returns {string} A query.
   */
  const whole = (search) =>
    (search || "?") + (holds() ? `&${holds()}=${encodeURIComponent(String(state.shown[holds()]))}` : "");

  explorer.open = (address) => {
    const { pathname, search, hash } = new URL(address, location.href);
    if (!state.main || !samePath(pathname, state.main.dataset.path ?? ""))
      go(pathname + withMark(unmarked(search)) + hash);
    else send(question(whole(unmarked(search)), "push"));
  };

  explorer.again = () => {
    explorer.panels.forget();
    send(question(state.query, "again"));
  };

  /** Ask for cards whose question was left for another page that did not come. */
  function askForWhatIsBusy() {
    if (document.querySelector("section.card[aria-busy]")) send(question(state.query, "again"));
  }

  /* Back and Forward between selections of one page change it in place; Dash's router, which
     would lay the page out again, hears only of a change of page. */
  window.addEventListener(
    "popstate",
    (event) => {
      event.stopImmediatePropagation();
      untold = null; // the address is of another step already
      if (!explorer.travel.moved(event.state)) return; // a step taken back
      const here = state.main?.isConnected && state.main.dataset.path;
      if (
        !here ||
        !samePath(location.pathname, here) ||
        kept(location.search) !== state.kept ||
        programme(location.search) !== programme(state.query) ||
        evidence(location.search) !== evidence(state.query)
      ) {
        route();
        return;
      }
      explorer.abandon(ROUTER);
      state.mark = new URLSearchParams(location.search).get("mark") ?? "";
      explorer.mark.show();
      if (location.search === held()) {
        explorer.travel.arrived(); // a place in this page
        state.step = "";
        setControls(state.shown);
        askForWhatIsBusy();
        if (location.hash || !explorer.toKept(explorer.travel.kept())) explorer.toPlace();
        return;
      }
      send(question(whole(unmarked(location.search)), "pop"));
    },
    true,
  );

  document.addEventListener("click", (event) => {
    const link = explorer.closest(event, "a[data-follow]:not([download])");
    if (link && explorer.isPlain(event)) {
      event.preventDefault();
      go(link.getAttribute("href") ?? "");
    } else if (explorer.closest(event, "#reset")) {
      const named = holds() ? `${holds()}=${state.controls[holds()]}` : "";
      const kept = explorer.programme();
      send(question(kept && named ? `${kept}&${named}` : kept || (named && `?${named}`), "push"));
    }
  });

  Object.assign(selection, { ROUTER, show, go, route, askForWhatIsBusy });
  window.dash_clientside.explorer = { ...window.dash_clientside.explorer, arrived };
})();
