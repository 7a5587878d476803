/* Finding what a reader means among everything the explorer has: by words, their beginnings, and
   words that mean much the same. Pure: no page, no server. */
(() => {
  "use strict";
  const { explorer } = window;
  const MOST = 8; // results that are shown
  const SHORTEST = 4; // letters of a word whose plural is told from it
  const STOP = new Set(
    (
      "a about an and are at be been by can did do does for from get has have here how i in is it many " +
      "me more most much my of on or our show take taken takes than that the their them there they this " +
      "to us was we were what when where which who why will with would you your"
    ).split(" "),
  );
  /* How much a word counts that is the same, begins alike, or means much the same. */
  const SAME = 1;
  const BEGINS = 0.75;
  const ALIKE = 0.7;
  /* Of several that fit as well, what most readers look for comes first. */
  const WEIGHTS = {
    indicator: 0.06,
    page: 0.05,
    council: 0.05,
    ratio: 0.04,
    term: 0.03,
    claim: 0.01,
    card: 0,
  };

  /**
   * A word without the ending of its plural.
   * @param {string} word In small letters.
   * @returns {string} Its stem, good enough to be compared.
   */
  function stem(word) {
    if (word.length < SHORTEST || /(ss|us|is)$/.test(word)) return word;
    return word.replace(/ies$/, "y").replace(/s$/, "");
  }

  /**
   * The words of a text that say something, as stems; all of them where none does.
   * @param {string} text Any.
   * @returns {string[]} In their order.
   */
  function words(text) {
    const all = explorer.plainWords(text);
    const telling = all.filter((word) => !STOP.has(word));
    return (telling.length ? telling : all).map(stem);
  }

  /**
   * A text as one that was typed is compared with it.
   * @param {string} text Any.
   * @returns {string} All its words.
   */
  const whole = (text) => explorer.plainWords(text).join(" ");

  /**
   * Make the list of the server ready to be searched.
   * @param {SearchIndex} index As it was fetched.
   * @returns {SearchReady} The same with its words taken apart, once.
   */
  function prepare({ kinds, alike, entries }) {
    /** @type {Map<string, Set<string>>} */
    const same = new Map();
    for (const group of alike.map((some) => some.map(stem))) {
      for (const word of group) same.set(word, new Set([...(same.get(word) ?? []), ...group]));
    }
    const ready = entries.map(([kind, name, note, address, also]) => ({
      found: { kind, label: kinds[kind], name, note, address },
      whole: whole(name),
      names: [name, ...also].map(words),
      note: words(note),
    }));
    return { alike: same, entries: ready };
  }

  /**
   * How well a word of an entry is what was typed.
   * @param {string} typed A stem.
   * @param {string} word A stem.
   * @param {Set<string> | undefined} alike What means much the same as what was typed.
   * @returns {number} 0 to 1.
   */
  function likeness(typed, word, alike) {
    if (word === typed) return SAME;
    if (word.startsWith(typed)) return BEGINS;
    return alike?.has(word) ? ALIKE : 0;
  }

  /**
   * How well some words hold each of those that were typed.
   * @param {string[]} typed Stems.
   * @param {string[]} among Stems.
   * @param {SearchReady["alike"]} alike Words that mean much the same.
   * @returns {number[]} 0 to 1 for each of those typed.
   */
  const held = (typed, among, alike) =>
    typed.map((one) => Math.max(0, ...among.map((word) => likeness(one, word, alike.get(one)))));

  /**
   * How well an entry is what was typed.
   * @param {string[]} typed Stems.
   * @param {SearchReady["entries"][number]} entry Of the list.
   * @param {SearchReady["alike"]} alike Words that mean much the same.
   * @returns {number} 0 where it is not.
   */
  function score(typed, entry, alike) {
    const names = entry.names.map((name) => held(typed, name, alike));
    const note = held(typed, entry.note, alike);
    const anywhere = typed.map((_, at) => Math.max(note[at] / 2, ...names.map((name) => name[at])));
    const missing = anywhere.filter((one) => !one).length;
    if (missing > (typed.length > 2 ? 1 : 0)) return 0;
    const sum = (/** @type {number[]} */ some) => some.reduce((total, one) => total + one, 0);
    // Best is a name that holds all that was typed, and little else.
    const best = Math.max(
      ...names.map((name, at) => {
        const hits = name.filter(Boolean).length;
        const whole = sum(name) / typed.length;
        return whole + (0.5 * hits) / Math.max(entry.names[at].length, typed.length);
      }),
    );
    return best + (0.3 * sum(anywhere)) / typed.length - 0.5 * missing + WEIGHTS[entry.found.kind];
  }

  /**
   * Find what was meant.
   * @param {SearchReady} ready The list.
   * @param {string} text As it was typed.
   * @returns {SearchFound[]} The best few, the best first; none where nothing was typed.
   */
  function find({ alike, entries }, text) {
    const all = words(text);
    const isKnown = (/** @type {string} */ one) =>
      entries.some(({ names, note }) => held([one], [...names.flat(), ...note], alike)[0] > 0);
    // A word that nothing holds says nothing, unless there is no other.
    const typed = all.length > 1 ? all.filter(isKnown) : all;
    if (!typed.length) return [];
    const exact = whole(text);
    const scored = (/** @type {SearchReady["entries"][number]} */ entry) =>
      score(typed, entry, alike) + (entry.whole === exact ? SAME : 0);
    return entries
      .map((entry) => ({ found: entry.found, score: scored(entry) }))
      .filter((one) => one.score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, MOST)
      .map((one) => one.found);
  }

  explorer.search = { prepare, find };
})();
