"""The tables, indicators, methods and findings, printed from their registries."""

from dash import html
from dash.development.base_component import Component

from analytics.measures.indicators.indicator import Indicator
from analytics.measures.indicators.registry import INDICATORS, core, indicator_of
from analytics.measures.ratios.lines import QUALITY
from analytics.measures.ratios.registry import RATIOS
from analytics.selection.choices import Evidence
from analytics.selection.selection import Selection
from components.card.numbers import bytes_words
from components.frame.asked import programme_query
from components.frame.shell import link, prose
from components.glossary import terms
from components.html_attrs import marked
from components.pack.pack import EVERYTHING
from components.prefix import at
from components.reference import exactness
from components.reference.releases import citing
from data.load import load
from data.microdata.tables import RECORD_TABLES
from data.programmes.programme import Programme
from data.sources.registry import sources_of
from data.sources.source import Kind, Source


def tables(selection: Selection) -> html.Section:
    """Print every table with its dictionary, licence, checksum and file.

    Args:
        selection: Says whether simulated tables may be listed.
    """
    asked = programme_query(selection.programme)
    real = selection.evidence is Evidence.REAL
    loaded = [load(source).source for source in sources_of(selection.programme).values()]
    shown = [one for one in loaded if not (real and one.kind is Kind.SIMULATED)]
    link = html.A("Every table in one pack (ZIP)", href=at(f"{EVERYTHING}{asked}"), download="")
    return prose("Tables", html.P(link), *(_table(source, asked) for source in shown))


def _table(source: Source, asked: str) -> Component:
    return html.Details(
        [
            html.Summary(source.title),
            html.P(_files(source, asked)),
            marked(html.Div(), {"data-fill": at(f"/sheets/dictionary/{source.key}{asked}")}),
        ],
        className="fold",
    )


def _files(source: Source, asked: str) -> list[Component | str]:
    if source.kind is Kind.OWN:
        return ["Your own records are not given out."]
    path = f"/api/v1/tables/{source.key}.{source.path.suffix.removeprefix('.')}{asked}"
    size = bytes_words(source.size)
    own: list[Component | str] = [_link(f"Download {source.path.name}, {size}", path)]
    if source.path.suffix != ".csv":
        own += [" · ", _link("The same as CSV", f"/api/v1/tables/{source.key}.csv{asked}")]
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


def _region(caption: str, sheet: str, of: Programme) -> html.Div:
    """Reserve a region for a table that is written when the page has arrived."""
    region = html.Div(id=f"sheet-{sheet}", className="table-scroll", tabIndex=0, role="region")
    return marked(
        region, {"aria-label": caption, "data-fill": at(f"/sheets/{sheet}{programme_query(of)}")}
    )


def _folded(caption: str, sheet: str, of: Programme) -> html.Details:
    """Fold such a region to its name."""
    return html.Details([html.Summary(caption), _region(caption, sheet, of)], className="fold")


def indicators(of: Programme) -> html.Section:
    """Print every indicator of the registry, with what a programme says of the choice."""
    return prose(
        f"Indicators: {len(core())} compared and tested together, "
        f"{len(INDICATORS) - len(core())} of context",
        of.sentences.indicators,
        _region("Indicators", "indicators", of),
    )


def definition(indicator: Indicator, of: Programme) -> html.Section:
    """Print an indicator's definition, direction, publication and breaks, as wide as a card.

    Args:
        indicator: From the registry.
        of: The programme.
    """
    argument = indicator_of(indicator.key, of).argument
    facts = [
        ("Definition", indicator.definition),
        ("Unit", indicator.unit),
        ("Direction", f"{indicator.polarity.label}. {argument}".strip()),
        ("Published in", indicator.publication),
        ("Breaks", indicator.breaks or "None known."),
    ]
    if of.evaluation.named:
        named = "Yes" if indicator.key in of.evaluation.named else "No"
        facts.append(("Named in the evaluation's summary", named))
    heading = html.H2("What it measures", className="card-title")
    return html.Section([heading, _facts(facts)], className="beside-cards")


def ratios(of: Programme) -> html.Section:
    """Print every expenditure ratio of the registry."""
    return prose(
        f"Expenditure ratios: {sum(one.core for one in RATIOS.values())} compared and tested "
        "together",
        of.sentences.ratios,
        QUALITY,
        _region("Expenditure ratios", "ratios", of),
    )


def methods(of: Programme) -> html.Section:
    """Print every method, with its source, and the publishers' symbols."""
    return prose(
        "Methods",
        _region("Methods", "methods", of),
        "Each row is a family: its tests are counted together, by max-T unless you choose another "
        "adjustment. Families are not adjusted for each other. A row without figures is not "
        "tested, and pages on one measure add none.",
        _folded(exactness.CAPTION, exactness.SHEET, of),
        _folded("Tests that are adjusted together", "families", of),
        _folded("Symbols for missing or qualified figures", "symbols", of),
        of.sentences.bands,
    )


def addresses(of: Programme) -> html.Section:
    """Print the data address of every finding."""
    return prose(
        "Data addresses",
        "Every finding can be read by a script, with the same query as its page: "
        f"{at('/api/v1/findings.json')} lists them. They do not change meaning once released. "
        f"{at('/api/v1/tables.json')} describes the tables, column by column.",
        "Every finding follows the same rules: columns are added at the end, and none is renamed "
        "without its old name beside it for one major version. CSV files are UTF-8 and begin with"
        " a byte order mark, which Excel needs. Tables in the "
        "form they were built have none, so that their checksums fit. An apostrophe stands before"
        " text that a spreadsheet would run or turn into a date. Days "
        "are written as 2016-03-31, and year_end is the year in which a financial year ends.",
        _region("Findings", "findings", of),
        "The cost card keeps every field in the address, and leaves out those at their start. A "
        "page shows what is wrong with a value beside its field; a data address refuses it (400).",
        _folded("Fields of the cost card in an address", "cost-fields", of),
    )


def _terms(of: Programme) -> html.Dl:
    """Print every term, in the order of the alphabet, where a link to it leads."""
    pairs = [(html.Dt(one.name, id=one.place), html.Dd(one.words)) for one in terms(of).values()]
    return html.Dl([part for pair in pairs for part in pair], className="facts")


def closing(of: Programme) -> list[html.Section]:
    """Print the glossary, how to cite, and the accessibility statement."""
    many = len(terms(of))
    return [
        prose(
            "Glossary",
            html.Details(
                [html.Summary(f"{many} terms in plain words"), _terms(of)],
                className="fold",
            ),
        ),
        citing(html.P(link("Releases, and what each one changed", "/data/releases"))),
        prose(
            "Accessibility",
            "Made to meet WCAG 2.2 AA: checked with axe-core on every page in both themes, and by "
            "keyboard alone. Each chart has its sentence, its table and a point browser (focus "
            "the chart, then the arrow keys). Not yet tried with every screen reader.",
        ),
    ]
