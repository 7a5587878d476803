// What our scripts share, and what they know of Dash and Plotly. docs/browser-contract.md says what
// of it Python knows too.

/** A trace or a layout is JSON of Plotly; what is read of it is said where it is read. */
type Trace = Record<string, any>;
interface Annotation extends Record<string, any> {
  /** A list holds the entries of a key. */
  text: string | string[];
}
interface Figure {
  data: Trace[];
  layout: Record<string, any>;
  config?: Record<string, any>;
}

/** What a card shows for a selection: `Card.pieces` in components/card/card.py. */
interface Piece {
  figure: Figure | null;
  title: string;
  own: string;
  subtitle: string;
  topic: string;
  summary: string;
  technical: string;
  headline: string;
  brief: string;
  withheld: string;
  /** Where a part says terms of the glossary, as `data-terms`. */
  terms: Partial<Record<"title" | "own" | "subtitle" | "topic" | "summary" | "technical", string>>;
  notes: string[];
  waiting: boolean;
}

type ControlValue = string | string[];
type ControlValues = Record<string, ControlValue>;
/** What an answer does to the history: "rest" is asked for by no reader. */
type Step = "push" | "pop" | "again";
interface Asked {
  query: string;
  cards: string[];
  /** Key of the page; "" where it follows no selection. */
  page: string;
  /** A `Step` or "rest", a colon, the number of the round. */
  step: string;
}
/** What Dash asks for first, as components/server/first_look.py writes it into the page. */
interface FirstLook {
  layout: unknown;
  dependencies: unknown;
  /** Of the page that is here, with the prefix. */
  pathname: string;
  search: string;
  /** The answer of Dash's router. */
  page: { response: { _pages_content: { children: unknown } } };
}
/** What the bar says of a part of the selection. */
interface BarWords {
  short: string;
  full: string;
  changed: boolean;
}
interface Answered {
  query: string;
  /** Every parameter that the page follows, and the release. */
  permalink: string;
  words: string;
  /** By key of the part. */
  bar: Record<string, BarWords>;
  notices: string[];
  faults: Record<string, string>;
  controls: ControlValues;
  cards: Record<string, Piece>;
  step: string;
}
interface Grammar {
  [parameter: string]: { controls: string[]; excludes: string };
}

interface SelectionState {
  /** The page that is shown. */
  main: HTMLElement | null;
  /** What the controls say, and what the page shows: they differ while an answer is awaited. */
  controls: ControlValues;
  shown: ControlValues;
  grammar: Grammar;
  /** The selection, with what the path names. */
  query: string;
  /** The question under way, as `Asked.step`; "" for none. */
  step: string;
  round: number;
  /** Keys of the cards that are asked for once the others are painted. */
  rest: string[];
  /** The control whose change leads to another page; "" for none. */
  touched: string;
  /** Key of what is marked and kept; "" for nothing. */
  mark: string;
  /** What a form of the page keeps in the address, as it is spelled there; "" for nothing. */
  kept: string;
}

type RefusalKind =
  | "offline"
  | "unreachable"
  | "silent"
  | "signedOut"
  | "busy"
  | "outdated"
  | "failed"
  | "unreadable";
interface RefusalError extends Error {
  kind: RefusalKind;
}

/** A series of a chart: its trace, and the numbers of its points. */
interface Series {
  trace: Trace;
  points: number[];
}
/** How a point stands to what is marked: the same, a part of it, another; "" is about nothing. */
type Standing = "own" | "part" | "other" | "";
/** A press on something that can be marked. */
interface Press {
  /** ms since the page was opened. */
  at: number;
  key: string;
  /** Plotly's name for the trace, and the number of the point, where it was one. */
  trace: string;
  point: number;
}
interface PlotEvent {
  event: MouseEvent;
  points: { fullData: Trace; pointNumber: number }[];
}
/** Where a reader was in a page. */
interface Kept {
  /** Pixels that the page was scrolled by. */
  y: number;
  /** What had the focus: an element by its id, or by its place and words in one that has an id. */
  focus?: { id: string; nth: number; words: string };
}
interface Place {
  curve: number;
  point: number;
  /** How many charts show what the point is about, or the last that was about something. */
  charts?: number;
}

/** Writes a picture of a card from its top down; all lengths are pixels. */
interface Picture {
  height(): number;
  gap(space: number): void;
  rule(): void;
  text(
    text: string,
    style: { size: number; weight: number; line: number; width: number; colour: string },
    part: string,
    indent?: number,
  ): void;
  label(text: string, simulated: boolean): void;
  chart(chart: { svg: Element; width: number; height: number }): void;
}

/** The list that is searched, as components/reference/search.py makes it. */
type SearchKind = "page" | "indicator" | "ratio" | "council" | "claim" | "term" | "card";
interface SearchIndex {
  kinds: Record<SearchKind, string>;
  /** Words that mean much the same. */
  alike: string[][];
  /** Kind, name, note, address, other names. */
  entries: [SearchKind, string, string, string, string[]][];
}
interface SearchFound {
  kind: SearchKind;
  /** What it is, in words. */
  label: string;
  name: string;
  note: string;
  /** From the first slash, without the path that the explorer is served below. */
  address: string;
}
/** The list with its words taken apart. */
interface SearchReady {
  alike: Map<string, Set<string>>;
  entries: { found: SearchFound; whole: string; names: string[][]; note: string[] }[];
}

/** Pixels of a chart, and of words without tags in one line. */
interface PlotRoom {
  width: number;
  /** Whether names are above their rows. */
  stacked: boolean;
  measure(words: string, size: number): number;
}

interface Explorer {
  /** The element around the target of an event that a selector finds. */
  closest(event: Event, selector: string): HTMLElement | null;
  /** Whether a click is for this page. */
  isPlain(event: MouseEvent): boolean;

  figures: {
    /** The fonts of words in charts, first the one that is meant. */
    font: string;
    dressed(figure: Figure, read: (token: string) => string): Figure;
    narrowed(figure: Figure): Figure;
    /** Arrange what is around the plot of a dressed figure for a width in pixels. */
    arranged(
      figure: Figure,
      room: { width: number; stacked: boolean; measure(words: string, size: number): number },
    ): Figure;
    lined(entries: string[], gap: string, fits: (line: string) => boolean): string[];
    broken(words: string, fits: (line: string) => boolean): string[];
    resolved(value: any, read: (token: string) => string): any;
  };
  /** Each takes the layout of a chart and the room that it has; the last two change the layout. */
  ticks: {
    rightOf(layout: Record<string, any>, room: PlotRoom, least: number): number;
    thin(layout: Record<string, any>, room: PlotRoom): void;
    number(
      layout: Record<string, any>,
      room: PlotRoom,
      widen: (range: [number, number]) => [number, number],
    ): void;
  };
  values: {
    /** What makes a level axis long enough for the values of its rows. */
    room(layout: Record<string, any>, room: PlotRoom): (range: [number, number]) => [number, number];
    /** Set values in a column at the right edge; changes the layout. */
    column(layout: Record<string, any>, room: PlotRoom): void;
  };
  names: {
    /** Pixels of a chart below which its words are smaller, and pixels of their font. */
    TIGHT: number;
    SMALL: number;
    /** Name the rows of a chart in the room that it has; changes the layout. */
    rows(layout: Record<string, any>, room: PlotRoom): void;
    /** Break names so that each fits in a row of a height, in the first of some widths and sizes that do. */
    inRows(
      names: string[],
      ways: [number, number][],
      pitch: number,
      measure: PlotRoom["measure"],
    ): { lines: string[][]; size: number };
  };
  /** "light" or "dark". */
  theme(): string;
  /** Put the colours of a theme into a figure, and arrange it for a width in pixels. */
  dressed(figure: Figure, theme: string, width: number, stacked?: boolean): Figure;
  /** The figure of a plot as it came from the server. */
  raw(plot: Element): Figure | undefined;
  /** Do something once the page is painted and there is time. */
  afterPaint(task: () => void): void;
  /** Draw every chart for a sheet as wide as this, in pixels; null for the screen. */
  toPaper(width: number | null): void;
  redraw(): [Element, Promise<unknown>][];
  /** Elements for what the server laid out, with `page` where Dash puts the page. */
  build(given: unknown, page: unknown): Node[];
  /** Places of charts in a part of the page. */
  chartsIn(part: ParentNode): HTMLElement[];
  /** Draw a chart in its place, as soon as Plotly is there. */
  draw(place: HTMLElement, figure: Figure): void;
  /** Draw the chart that a place was laid out with. */
  drawHere(place: HTMLElement): void;
  /** Move a chart that is drawn to another place that was laid out with the same. */
  moveChart(from: HTMLElement, to: HTMLElement): void;
  nameTheme(): void;

  /** Set the two selections of the page side by side again, for a query of the one that the bar changes. */
  showPair(query: string): void;
  /** Nobody waits any longer for what is under way for an output of Dash. */
  abandon(output: string): void;
  /** A piece of a page from the server; throws a `RefusalError`, whose message is a sentence. */
  load(address: string): Promise<string>;

  /** Break words into lines that fit. */
  wrap(text: string, fits: (line: string) => boolean): string[];

  points: {
    seriesOf(traces: Trace[]): Series[];
    wordsOf(trace: Trace, point: number): string;
    moved(series: Series[], place: Place | undefined, key: string): { row: number; at: number };
    spoken(series: Series[], to: { row: number; at: number }, before: Place | undefined): string;
    isDrawn(trace: Trace, point: number): boolean;
    leadsTo(custom: unknown): string;
  };
  plotPoints: {
    /** Say a point in the line below its chart, which is read out. */
    say(inside: Element, words: string): void;
    /** Show the words of the point below the pointer there, which are not. */
    pass(plot: PlotElement, words: string): void;
    /** Draw the ring around the point that Plotly has found last. */
    ring(plot: PlotElement): void;
    /** Take away the words of the point below the pointer, and its ring. */
    leave(plot: PlotElement): void;
    /** Take away every sign of a point, and have Plotly forget it. */
    unmark(plot: PlotElement): void;
    bringIntoView(plot: PlotElement, trace: Trace, point: number): void;
  };

  keys: {
    keysOf(trace: Trace, point: number): string[];
    standing(keys: string[], marked: string[]): Standing;
    carried(traces: Trace[], keys: string[]): string[];
    sentence(name: string, charts: number, inTable?: boolean): string;
    also(charts: number, before: number | undefined): string;
  };
  /** What is marked, as every chart that is drawn shows it. */
  marks: {
    show(keys: string[]): void;
    /** A chart was drawn, or drawn again. */
    drawn(plot: PlotElement): void;
    /** How many charts show what a key names. */
    charts(key: string): number;
    /** Its name, and the parameter that names it; nothing where no chart knows it. */
    told(key: string): { name: string; parameter: string } | undefined;
    /** The key, or "" where no chart knows it. */
    known(key: string): string;
  };
  /** What is passed over, and what is kept. */
  mark: {
    pass(key: string): void;
    /** Show what the address says. */
    show(): void;
    /** Answer a press on a point; returns the view that it leads to, or "". */
    press(plot: PlotElement, trace: Trace, point: number, touch: boolean): string;
  };
  travel: {
    push(address: string): void;
    replace(address: string): void;
    /** The page shows what its address says. */
    arrived(): void;
    /** Back, Forward or a place in the page; says whether there is anything to do about it. */
    moved(state: any): boolean;
    /** Where the reader was in the page of this entry, where Back or Forward led to it. */
    kept(): Kept | undefined;
    /** Back to the entry of the page that is shown. Returns what tries the same step again. */
    undo(goTo: (address: string) => void): () => void;
  };

  announce(words: string): void;
  element(name: string, words: string | (string | Node)[], marks?: Record<string, string>): HTMLElement;
  cards: {
    all(): HTMLElement[];
    headlines(): HTMLElement[];
    inView(section: Element): boolean;
    wait(sections: Iterable<Element>): void;
    free(section: Element): void;
    /** The first card that says something else from now on. */
    news(pieces: Record<string, Piece>): Piece | undefined;
    drawAll(pieces: Record<string, Piece>, isNewest: () => boolean): void;
    setHead(answer: Answered): void;
    /** Whether anything else is wrong now. */
    setFaults(faults: Record<string, string>): boolean;
    /** Tie the fields of a form to what is said of them. */
    tieForm(): void;
    control(name: string): HTMLElement | null;
  };
  bar: {
    /** Say on the buttons of the bar what an answer says of the selection. */
    show(answer: Answered): void;
    /** What an answer changes of the selection, before it is shown. */
    changes(answer: Answered): string;
  };
  /** List the cards of the page in the rail. */
  listCards(): void;
  panels: {
    fillOpen(): void;
    fillPage(): void;
    forget(): void;
  };

  /** The selection as a query, from the question mark. */
  query(): string;
  /** The programme of the frame as a query, from the question mark; "" for that of the server. */
  programme(): string;
  /** An address of the explorer, as it is asked for where the explorer is served below a path. */
  at(path: string): string;
  /** An address of the explorer with the selection; what it says itself stays. */
  withSelection(address: string): string;
  /** The link to the view, or to a card by itself, that others can be sent to. */
  permalink(card?: string): string;
  /** Make links to other pages carry the selection with them. */
  follow(): void;
  /** Put rows in the order that the reader chose, after they were written again. */
  reorder(): void;
  /** Widths of columns of which as many whole ones fill a room as fit; empty where all do. */
  fittedColumns(widths: number[], room: number): number[];
  /** Fit the tables of a place to the room that they have, now and when it changes. */
  watchTables(place: Element): void;
  /** Open a view by its address: in place where it is of this page. */
  open(address: string): void;
  /** Ask again for what is shown: something slow may be ready by now. */
  again(): void;
  /** Asks the server, and knows the controls that show something else than Dash knows. */
  asking: {
    put(data: Asked): Promise<void>;
    /** Tick a list, and ask for what it then shows. */
    set(name: string, value: string[]): void;
    /** Make a control show a value. */
    write(control: HTMLElement, value: ControlValue): void;
    untold: Set<string>;
  };
  /** For the files of 60-selection alone. */
  selection: {
    state: SelectionState;
    /** The parameter that the path of the page names; "" for none. */
    holds(): string;
    /** The query that belongs in the address of the page. */
    held(): string;
    /** What a form of the page keeps in a query. */
    kept(search: string): string;
    /** Write into the address what the page shows, where nothing was asked for that. */
    readdress(): void;
    /** A query with what is marked. */
    withMark(query: string): string;
    /** A query without what is marked. */
    unmarked(query: string): string;
    /** The folder of pages whose path names a parameter; "" where there is none. */
    folder(parameter: string): string;
    main(): HTMLElement | null;
    path(): string;
    samePath(a: string, b: string): boolean;
    settled(): boolean;
    ROUTER: string;
    question(query: string, step: Step): Asked;
    /** Ask for what a control shows; false where Dash must hear of it first. */
    choose(name: string, value: ControlValue): boolean;
    send(data: Asked): void;
    show(answer: Answered): void;
    askForTheRest(query: string): void;
    askForWhatIsBusy(): void;
    setControls(values: ControlValues): void;
    go(address: string): void;
    route(): void;
  };

  /** Say that something was refused: what became of it, why, and what does it once more. */
  refuse(said: { what: string; refusal: RefusalError; again: () => void }): void;
  /** The server has answered: nothing is left to be tried again. */
  accepted(): void;
  /** Bring the place that the address names to the top of the window. */
  toPlace(): void;
  /** Where the reader is in the page, which is scrolled by so many pixels. */
  kept(y: number): Kept;
  /** Go on from where the reader was in this page; says whether that was done. */
  toKept(kept: Kept | undefined): boolean;
  toLatePlace(): void;
  /** Open the folded card a place is in. */
  unfold(place: Element): void;
  /** Draw the charts of a card that was folded. */
  drawOpened(section: Element): void;

  search: {
    prepare(index: SearchIndex): SearchReady;
    find(ready: SearchReady, text: string): SearchFound[];
  };
  /** Put the field of the search in the header, once. */
  placeSearch(): void;

  /** What of some words no line may break, with the terms that it touches. */
  wholes(words: string, terms: Stretch[]): Stretch[];
  /** Write words into an element, with a button for each term of the glossary that they say. */
  writeTerms(node: HTMLElement, words: string, said: string): void;
  /** Make the terms buttons of everything that says some and has none yet. */
  markTerms(): void;

  /** The picture of a card, as PNG. */
  pictureOf(card: HTMLElement): Promise<Blob>;
  /** A file of comma-separated values as a spreadsheet pastes it. */
  pasted(text: string): string;

  plainNumber(words: string): string;
  /** Words as they are compared. */
  plainWords(text: string): string[];
  /** Whether every word that was typed begins a word of a text. */
  fits(text: string, typed: string): boolean;
}

/** Some of the letters of words: the first, and the one after the last. */
interface Stretch {
  start: number;
  end: number;
}

interface Mention extends Stretch {
  key: string;
}

type PlotEventName = "plotly_click" | "plotly_hover" | "plotly_unhover";
interface PlotElement extends HTMLElement {
  _fullData?: Trace[];
  /** The points that Plotly has found last, with the box of each in pixels of the drawing. */
  _hoverdata?: { bbox?: Record<"x0" | "x1" | "y0" | "y1", number> }[];
  _fullLayout?: { height: number; yaxis?: { type: string; ticktext?: string[] } } & Record<string, any>;
  on?(name: PlotEventName, listener: (event: any) => void): void;
  removeListener?(name: PlotEventName, listener: (event: any) => void): void;
}
type Draw = (plot: Element | string, figure: any, ...rest: any[]) => Promise<unknown>;
interface PlotlyLibrary {
  newPlot: Draw;
  react: Draw;
  /** Whether it dresses what it draws. */
  dresses?: boolean;
  toImage(figure: Figure, options: { format: string; width: number; height: number }): Promise<string>;
  Plots: { resize(plot: Element): void };
  Fx?: {
    hover?(plot: Element, points: { curveNumber: number; pointNumber: number }[], subplot: string): void;
    unhover?(plot: Element): void;
  };
}

interface Window {
  explorer: Explorer;
  Plotly?: PlotlyLibrary;
  dash_clientside: {
    no_update: unknown;
    set_props(id: string | Record<string, string>, props: Record<string, unknown>): void;
    callback_context: { inputs_list: { id: { name: string }; value?: ControlValue }[][] };
    explorer: Record<string, (...given: any[]) => unknown>;
  };
}

interface DocumentEventMap {
  "explorer:tab": CustomEvent<{ card: HTMLElement; tab: string }>;
  "explorer:refused": CustomEvent<{
    output: string;
    asked?: { inputs: { value: Asked }[] };
    refusal: RefusalError;
  }>;
}
