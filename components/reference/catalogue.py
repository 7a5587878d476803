"""The tables, indicators, methods and findings, printed from their registries."""

from collections.abc import Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component
from flask import Blueprint, Response, abort, request
from markupsafe import Markup

from analytics.disclosure.rules import WORDS as RECORDS_RULE
from analytics.evaluation.placebo_pool import SEED
from analytics.measures.indicators.registry import INDICATORS, core
from analytics.measures.ratios.lines import QUALITY
from analytics.measures.ratios.ratio import FIRST_YEAR
from analytics.measures.ratios.registry import RATIOS
from analytics.programme import PROGRAMME, after, before, earlier_briefly
from analytics.publication.finding import FINDINGS
from analytics.selection.choices import Evidence
from analytics.selection.cost_inputs import INPUTS, exact
from analytics.selection.selection import Selection
from analytics.text.wording import years_label
from components.card.numbers import bytes_words
from components.frame.shell import NAME, prose
from components.html_attrs import marked
from components.prefix import at
from components.reference import fraction
from components.templates.render import render
from data.load import load
from data.microdata.fields import ONE_PLACE
from data.microdata.tables import RECORD_TABLES
from data.neighbour_lists import WITH_CLOSENESS, keys_words, many
from data.sources.registry import SOURCES
from data.sources.source import Kind, Source
from data.symbols import MEANINGS

SIMULATION: Final = "Simulated records"  # no method of a reader who has only records of their own
METHODS: Final = (
    ("Gap", ("A pilot's figure minus its comparator in each year both exist, averaged over the "
     "years of the period; the group's gap is the mean over pilots."), "This project"),
    ("Interval", "Student's t over pilots, n − 1 degrees of freedom, 95 %.", "Student (1908)"),
    ("Sign-flip test", ("Share of all 2ⁿ assignments of signs whose mean gap is at least as wide; "
     "exact, two-sided, no smaller than 2/2ⁿ."), "Fisher (1935), The Design of Experiments, § 21"),
    ("Wilcoxon and t", "Signed-rank test, exact, and one-sample t on the gaps, beside it.",
     "Wilcoxon (1945)"),
    ("Holm", "Step-down over the indicators tested.", "Holm (1979)"),
    ("Benjamini–Hochberg", "False discovery rate over the indicators tested.",
     "Benjamini and Hochberg (1995)"),
    ("Max-T", ("Step-down over joint sign flips of pilots, so that correlated indicators are "
     "allowed for."), "Westfall and Young (1993)"),
    ("Standardised gap", ("Mean of the pilots' gaps over their standard deviation, with Hedges' "
     "correction."), "Hedges (1981)"),
    ("Change of the gap", (f"Mean gap from {after()} minus mean gap up to {before()}: difference "
     f"in differences. The project started in {PROGRAMME.start_words}."), "This project"),
    ("Smallest detectable difference", ("The true gap, or change of it, that a two-sided t-test at "
     "0.05 would find with power 0.8, given n and the spread between the pilots."),
     "Cohen (1988)"),
    ("Expenditure ratio", ("Gross spend on some lines of the Section 251 return over other lines, "
     "or over children; a missing line, a zero below the stroke or negative spend gives no ratio, "
     "with the reason. Real terms: GDP deflator, 2018/19 = 100."), "This project"),
    ("Jump", "A line of spend that moved by more than half from the year before.",
     "This project"),
    ("Event study", ("Mean over pilots of the gap of a year minus the pilot's own mean gap in "
     f"the base; Student's t each year. {earlier_briefly()}"),
     "Jacobson, LaLonde and Sullivan (1993)"),
    ("Placebo pilots", ("Groups of authorities that were no pilots, drawn by kind as the "
     "pilots are made up, each against its own comparator: 10,000 draws, "
     f"seed {SEED}; "
     "p = (groups at least as far + 1) / (groups + 1)."),
     "Davison and Hinkley (1997); Phipson and Smyth (2010)"),
    ("Specification curve", (f"The same estimate under {many()} lists, 10 and 5 neighbours, pilots "
     "left out and kept, mean and median, three outcomes, two windows."),
     "Simonsohn, Simmons and Nelson (2020)"),
    ("Leave one out", "The estimate without each pilot, and without each neighbour, not replaced.",
     "Quenouille (1956)"),
    ("Differences between bands", ("Every arrangement of the band labels over the pilots, "
     "two-sided; Welch's t for the interval; the widest pair of each arrangement for all pairs."),
     "Fisher (1935); Pitman (1937); Westfall and Young (1993)"),
    ("Closeness weights", (f"Neighbours of the lists of {keys_words(WITH_CLOSENESS)} count 5 "
     "(extremely close) to 1 (not close): the order is the Department's, the numbers are ours."),
     "This project"),
    ("Limits of one authority", ("Rates: exact Poisson below a count of 10, else Byar; shares: "
     "Wilson."), "Breslow and Day (1987); Wilson (1927)"),
    ("Cost of implementing", ("People leading × cost a year × (1 + on-costs) × years, and people "
     "trained × days × cost of a day: the reader's assumptions, added up and divided by official "
     "counts, or by the reader's number of social workers. Not a finding."), "This project"),
    ("Tornado", ("Each assumption lowered and raised by one share with the others held; widest "
     "effect on the total first."), "Howard (1988), Decision analysis, Management Science 34"),
    ("Differences of shares", "Newcombe's hybrid score interval for two separate groups, 95 %.",
     "Newcombe (1998), Statistics in Medicine 17, method 10"),
    ("Ordered answers", ("Cliff's delta over answers in three groups; its interval draws whole "
     "pilots."), "Cliff (1993); Davison and Hinkley (1997)"),
    ("Trend of shares", "Cochran–Armitage over ordered groups, two-sided.", "Armitage (1955)"),
    ("Hedges' g", ("From printed means, deviations and numbers, beside the range that their "
     "rounding allows; in records, mean change over the average deviation of two interviews."),
     "Hedges (1981); Lakens (2013) for g_av"),
    (SIMULATION, ("Drawn once with seed 20170706 so that every printed aggregate comes "
     "back to its printed precision; pilots are lettered, and nothing else in them is evidence."),
     "This project"),
    ("Records of people", RECORDS_RULE, "This project"),
    ("Your own records", (f"{ONE_PLACE} Parts must make their total, days follow the points they "
     "are of, and a week has 168 hours. “N/A”, “-”, “Prefer not to say” and their like are no "
     "answer. A day is read where it can be read in one way only."), "This project"),
    ("Disclosure", ("Cells suppressed by the publisher stay suppressed and are never worked out "
     "from others."), "Publishers' own control"),
)  # fmt: skip

GLOSSARY: Final = (
    ("Pilot", f"One of the {PROGRAMME.many} authorities of the evaluation."),
    ("Statistical neighbours", "Authorities the Department's model finds most alike."),
    ("Experience band", PROGRAMME.experience.asks),
    ("ICPC", "Initial child protection conference."),
    ("Section 47 enquiry", ("Enquiry whether a child is suffering, or likely to suffer, "
     "significant harm.")),
    ("Vintage", "Whether a figure is as first published or as revised since."),
)  # fmt: skip


def tables(selection: Selection) -> html.Section:
    """Print every table with its dictionary, licence, checksum and file.

    Args:
        selection: Says whether simulated tables may be listed.
    """
    real = selection.evidence is Evidence.REAL
    loaded = [load(source).source for source in SOURCES.values()]
    shown = [one for one in loaded if not (real and one.kind is Kind.SIMULATED)]
    return prose("Tables", *(_table(source) for source in shown))


def _table(source: Source) -> Component:
    return html.Details(
        [
            html.Summary(source.title),
            html.P(_files(source)),
            marked(html.Div(), {"data-fill": at(f"/sheets/dictionary/{source.key}")}),
        ],
        className="fold",
    )


def _files(source: Source) -> list[Component | str]:
    if source.kind is Kind.OWN:
        return ["Your own records are not given out."]
    path = f"/api/v1/tables/{source.key}.{source.path.suffix.removeprefix('.')}"
    size = bytes_words(source.size)
    own: list[Component | str] = [_link(f"Download {source.path.name}, {size}", path)]
    if source.key in RECORD_TABLES:
        for paper in ("template", "example"):
            words = f"{paper.capitalize()} for your own data"
            own += [" · ", _link(words, f"/api/v1/records/{source.key}/{paper}.csv")]
    return own


def _link(words: str, path: str) -> html.A:
    return html.A(words, href=at(path), className="file")


def _facts(facts: list[tuple[str, str]]) -> html.Dl:
    return html.Dl(
        [part for term, words in facts for part in (html.Dt(term), html.Dd(words))],
        className="facts",
    )


def _region(caption: str, sheet: str) -> html.Div:
    """Reserve a region for a table that is written when the page has arrived."""
    region = html.Div(className="table-scroll", tabIndex=0, role="region")
    return marked(region, {"aria-label": caption, "data-fill": at(f"/sheets/{sheet}")})


def sheets() -> Blueprint:
    """Return the addresses of the tables of this page: one piece of HTML each."""
    blueprint = Blueprint("sheets", __name__)

    @blueprint.get("/sheets/<path:sheet>")
    def written(sheet: str) -> Response:
        folder, _, key = sheet.partition("/")
        if folder == "dictionary" and key in SOURCES:
            words = _dictionary(load(SOURCES[key]).source)
        elif sheet in _SHEETS:
            words = _SHEETS[sheet]()
        else:
            abort(404)
        response = Response(words, content_type="text/html; charset=utf-8")
        response.add_etag()
        response.make_conditional(request)
        return response

    return blueprint


def _dictionary(source: Source) -> Markup:
    rows = [(one.name, one.label, one.unit, one.kind.value, one.about) for one in source.columns]
    heads = ("Column", "Label", "Unit", "Kind", "About")
    return render(
        "dictionary.html",
        caption=f"Dictionary of: {source.title}",
        about=_about(source),
        heads=heads,
        rows=rows,
    )


def _about(source: Source) -> list[tuple[str, str]]:
    return [
        ("Source", source.citation),
        ("Licence", source.licence),
        ("Kind", source.kind.label),
        *([("SHA-256", source.sha256)] if source.sha256 else []),
        *(("Note", note) for note in source.notes),
    ]


def _written(caption: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Markup:
    return render("listing.html", caption=caption, heads=heads, rows=rows)


def _indicator_sheet() -> Markup:
    rows = [
        (
            one.name,
            one.key,
            "yes" if one.core else "no",
            one.definition,
            one.polarity.label,
            one.publication,
            one.breaks or "none known",
        )
        for one in INDICATORS.values()
    ]
    heads = ("Indicator", "Key", "Compared", "Definition", "Direction", "Published in", "Breaks")
    return _written("Indicators", heads, rows)


def _ratio_sheet() -> Markup:
    rows = [
        (
            one.name,
            one.key,
            "yes" if one.core else "no",
            one.above,
            one.below,
            one.unit,
            f"{years_label(FIRST_YEAR, one.last_year)}",
        )
        for one in RATIOS.values()
    ]
    heads = ("Ratio", "Key", "Compared", "Above the stroke", "Below", "Unit", "Years")
    return _written("Expenditure ratios", heads, rows)


def _method_sheet() -> Markup:
    kinds = {load(source).source.kind for source in SOURCES.values()}
    rows = [row for row in METHODS if row[0] != SIMULATION or Kind.SIMULATED in kinds]
    return _written("Methods", ("Method", "What it does", "Source"), rows)


def _symbol_sheet() -> Markup:
    rows = [(symbol.value, words) for symbol, words in MEANINGS.items()]
    return _written("Symbols for missing or qualified figures", ("Symbol", "Meaning"), rows)


def _finding_sheet() -> Markup:
    rows = [
        (
            one.key,
            one.about,
            one.kind_loaded.label,
            f"{at(f'/api/v1/findings/{one.key}')}.json, .csv, .xlsx",
        )
        for one in FINDINGS.values()
    ]
    return _written("Findings", ("Finding", "What it holds", "Kind", "Address"), rows)


def _field_sheet() -> Markup:
    rows = [
        (
            one.key,
            one.field,
            one.unit,
            one.expected,
            one.blank if one.start is None else exact(one.start),
            one.source,
        )
        for one in INPUTS.values()
    ]
    heads = ("Parameter", "Field", "Unit", "Takes", "Start value", "Where that is from")
    return _written("Fields of the cost card in an address", heads, rows)


_SHEETS: Final = {
    "indicators": _indicator_sheet,
    "ratios": _ratio_sheet,
    fraction.SHEET: fraction.written,
    "methods": _method_sheet,
    "symbols": _symbol_sheet,
    "findings": _finding_sheet,
    "cost-fields": _field_sheet,
}


def indicators() -> html.Section:
    """Print every indicator of the registry."""
    return prose(
        f"Indicators: {len(core())} compared and tested together, "
        f"{len(INDICATORS) - len(core())} of context",
        PROGRAMME.sentences.indicators,
        _region("Indicators", "indicators"),
    )


def ratios() -> html.Section:
    """Print every expenditure ratio of the registry."""
    return prose(
        f"Expenditure ratios: {sum(one.core for one in RATIOS.values())} compared and tested "
        "together",
        PROGRAMME.sentences.ratios,
        QUALITY,
        _region("Expenditure ratios", "ratios"),
    )


def methods() -> html.Section:
    """Print every method, with its source, and the publishers' symbols."""
    return prose(
        "Methods",
        _region("Methods", "methods"),
        _region("Symbols for missing or qualified figures", "symbols"),
        PROGRAMME.sentences.bands,
    )


def addresses() -> html.Section:
    """Print the data address of every finding."""
    return prose(
        "Data addresses",
        "Every finding can be read by a script, with the same query as its page: "
        f"{at('/api/v1/findings.json')} lists them. They do not change meaning once released.",
        _region("Findings", "findings"),
        "The cost card keeps every field in the address, and leaves out those at their start. A "
        "page shows what is wrong with a value beside its field; a data address refuses it (400).",
        _region("Fields of the cost card in an address", "cost-fields"),
    )


def closing() -> list[html.Section]:
    """Print the glossary, how to cite, and the accessibility statement."""
    return [
        prose("Glossary", _facts(list(GLOSSARY))),
        prose(
            "How to cite",
            f"{NAME}, version and selection as printed in the file; "
            "with the source line of the card and the address in the bar, which reopens the view.",
        ),
        prose(
            "Accessibility",
            "Made to meet WCAG 2.2 AA: checked with axe-core on every page in both themes, and by "
            "keyboard alone. Each chart has its sentence, its table and a point browser (focus "
            "the chart, then the arrow keys). Not yet tried with every screen reader.",
        ),
    ]
