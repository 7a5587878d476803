"""The long tables of the page of data, written by themselves when the page has arrived."""

from collections.abc import Callable, Sequence
from string import Template
from typing import Final

from flask import Blueprint, Response, abort, request
from markupsafe import Markup

from analytics.disclosure.rules import WORDS as RECORDS_RULE
from analytics.evaluation.measure_families import INDICATOR_FAMILY, RATIO_FAMILY
from analytics.evaluation.method_card import SYMMETRY
from analytics.evaluation.placebo_pool import DRAWS, seed_of
from analytics.evaluation.staffing import RESOURCES
from analytics.findings.measures.weighted import DRAWS as SYNTHETIC_DRAWS
from analytics.measures.indicators.registry import INDICATORS
from analytics.measures.ratios.ratio import FIRST_YEAR
from analytics.measures.ratios.registry import RATIOS
from analytics.methods.drawn_flips import FLIPS
from analytics.methods.signflip import MOST_ENUMERATED
from analytics.programme import after, before, earlier_briefly
from analytics.publication.registry import offered
from analytics.selection.cost_input import exact
from analytics.selection.cost_inputs import INPUTS
from analytics.text.wording import years_label
from components.frame.asked import programme_asked
from components.prefix import at
from components.reference import councils, exactness, fraction
from components.templates.render import render
from data.load import load
from data.microdata.fields import ONE_PLACE
from data.neighbour_lists import WITH_CLOSENESS, keys_words, many
from data.programmes.programme import Programme
from data.sources.registry import sources_of
from data.sources.source import Kind, Source
from data.symbols import MEANINGS

SIMULATION: Final = "Simulated records"  # no method of a reader who has only records of their own


#: Every method: its name, what it does, and its source; what a programme decides has a name with $.
METHODS: Final = (
    ("Gap", ("A pilot's figure minus its comparator in each year both exist, averaged over the "
     "years of the period; the group's gap is the mean over pilots."), "This project"),
    ("Interval", ("Every value that the sign-flip test does not reject at 5%: the same test "
     "inverted, so that interval and p never disagree. Fewer than six pilots cannot bound it. "
     "Student's t interval, n − 1 degrees of freedom, is beside it in tables and files."),
     "Canay, Romano and Shaikh (2017), Econometrica 85(3); Student (1908)"),
    ("Sign-flip test", ("Share of all 2ⁿ assignments of signs whose mean gap is at least as wide; "
     f"exact, two-sided, no smaller than 2/2ⁿ; above {MOST_ENUMERATED} pilots, the share of "
     f"{FLIPS:,} drawn. {SYMMETRY}"),
     "Fisher (1935), The Design of Experiments, § 21"),
    ("Wilcoxon and t", "Signed-rank test, exact, and one-sample t on the gaps, beside it.",
     "Wilcoxon (1945)"),
    ("Reach", ("The smallest p, and the smallest adjusted p, that so many pilots and tests can "
     "give. Where it is not below 0.05 the verdict is “cannot be tested with this choice”, never "
     "“not found”."), "Holm (1979); Westfall and Young (1993)"),
    ("As many small p", ("The share of joint sign flips of pilots in which at least as many tests "
     "of the family have p below 0.05."), "Westfall and Young (1993)"),
    ("Equivalence", ("Two one-sided sign-flip tests at the margin that the reader chooses, a share "
     "of the comparator's level. Larger differences than the outer end of the 90% interval are "
     "ruled out. “No change” needs this, not a failure to find one."),
     "Schuirmann (1987); Lakens (2017)"),
    ("Holm", "Step-down over the indicators tested.", "Holm (1979)"),
    ("Benjamini–Hochberg", "False discovery rate over the indicators tested.",
     "Benjamini and Hochberg (1995)"),
    ("Max-T", ("The adjustment by default: step-down over joint sign flips of pilots, so that "
     "correlated ones are allowed for."), "Westfall and Young (1993); Romano and Wolf (2005)"),
    ("Standardised gap", ("Mean of the pilots' gaps over their standard deviation, with Hedges' "
     "correction; its interval is that of the noncentral t. It ranks how alike pilots are, not "
     "how large the gap is."), "Hedges (1981); Cumming and Finch (2001)"),
    ("Change of the gap", ("Mean gap from $after minus mean gap up to $before: difference "
     "in differences. The project started in $start."), "This project"),
    ("Smallest detectable difference", ("The true gap, or change of it, that a two-sided t-test at "
     "0.05 would find with power 0.8, given n and the spread between the pilots. For planning: "
     "it says nothing of what was found."),
     "Cohen (1988)"),
    ("Smallest change that would be seen", (f"For planning: {DRAWS:,} programmes of real councils "
     "that were no pilots are drawn without any effect. Each has a critical change, the same in "
     "all of its councils, from which on the sign-flip test gives a p below 0.05. Their 80% point "
     "is the answer, with the interval that so many draws leave."),
     "This project; Cohen (1988); Hahn and Meeker (1991)"),
    ("Expenditure ratio", ("Gross spend on some lines of the Section 251 return over other lines, "
     "or over children; a missing line, a zero to divide by or negative spend gives no ratio, "
     "with the reason. Real terms: GDP deflator, 2018/19 = 100."), "This project"),
    ("Jump", "A line of spend that moved by more than half from the year before.", "This project"),
    ("Event study", ("Mean over pilots of the gap of a year minus the pilot's own mean gap in "
     "the base; the inverted sign-flip interval in each year. $earlier"),
     "Jacobson, LaLonde and Sullivan (1993)"),
    ("Pre-trend", ("Where three years of figures or more are before the start: the largest |t| of "
     "any of them against the last, over joint sign flips, and the mean slope. A trend it does not "
     "find may be there."), "Westfall and Young (1993); Roth (2022)"),
    ("Synthetic difference-in-differences", ("Where five years or more are before the start: "
     "councils that were no pilots, weighted to run alongside the pilots before, and years "
     f"weighted; p and interval from {SYNTHETIC_DRAWS} placebo groups. Beside it synthetic "
     "control."), "Arkhangelsky and others (2021); Abadie (2021)"),
    ("Placebo pilots", ("Groups of authorities that were no pilots, drawn by kind as the "
     "pilots are made up, each against its own comparator: 10,000 draws, "
     "seed $seed; "
     "p = (groups at least as far + 1) / (groups + 1). The placebo interval is the estimate less "
     "the quantiles of the groups' means."),
     "Phipson and Smyth (2010); Conley and Taber (2011)"),
    ("Specification curve", (f"The same estimate under {many()} lists, 10 and 5 neighbours, pilots "
     "left out and kept, mean and median, three outcomes, two windows."),
     "Simonsohn, Simmons and Nelson (2020)"),
    ("Parallel trends", ("How many times the largest yearly drift of the gap before the start, "
     "each year, the interval of the change would survive. With three years or more before, also "
     "how far trends may bend from one year to the next (smoothness)."),
     "Rambachan and Roth (2023); Armstrong and Kolesár (2020)"),
    ("Regression to the mean", ("The change that councils that were no pilots, as far out before "
     "the start, lead to expect; the pilots' mean change beyond it, with its interval."),
     "Barnett, van der Pols and Dobson (2005); Daw and Hatfield (2018)"),
    ("Hidden figures", ("Each figure that the publisher hid is taken to be of 0 to 5 children, of "
     "the published count it is part of: smallest and largest possible estimate, beside the one "
     "that leaves them out."), "Horowitz and Manski (2000)"),
    ("There before the project", ("A clear difference counts as there before the project if the "
     "years before show one in the same direction that is clear of chance alone. The number of "
     "tests is not counted there: a caveat that waits for it would make what was there look "
     "new."), "This project"),
    ("Leave one out", "The estimate without each pilot, and without each neighbour, not replaced.",
     "Quenouille (1956)"),
    ("Differences between bands", ("Every arrangement of the band labels over the pilots, "
     "two-sided; Welch's t for the interval; the widest pair of each arrangement for all pairs."),
     "Fisher (1935); Pitman (1937); Westfall and Young (1993)"),
    ("Partial pooling", ("Means of bands, and of pilots, drawn towards their common mean by how "
     "uncertain each is: empirical Bayes with normal means, the variance between them by "
     "restricted maximum likelihood. An extra beside the separate means, never the headline."),
     "Efron and Morris (1975); Raudenbush and Bryk (1985)"),
    ("Closeness weights", (f"Neighbours of the lists of {keys_words(WITH_CLOSENESS)} count 5 "
     "(extremely close) to 1 (not close): the order is the Department's, the numbers are ours."),
     "This project"),
    ("Limits of one authority", ("Rates: exact Poisson below a count of 10, else Byar; shares: "
     "Wilson."), "Breslow and Day (1987); Wilson (1927)"),
    ("Range of similar councils", ("Lowest to highest figure of a council's own neighbours in a "
     "year; of m figures of one more council like n others, the sum of 2 / (n + 1) is expected "
     "outside. No test: one council has no spread."), "Wilks (1941)"),
    ("Cost of implementing", ("People leading × cost a year × (1 + on-costs) × years, and people "
     "trained × days × cost of a day: the reader's assumptions, added up and divided by official "
     "counts, or by the reader's number of social workers. Not a finding."), "This project"),
    ("Tornado", ("Each assumption lowered and raised by one share with the others held; widest "
     "effect on the total first."), "Howard (1988), Decision analysis, Management Science 34"),
    ("Differences of shares", "Newcombe's hybrid score interval for two separate groups, 95%.",
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


def listings() -> Blueprint:
    """Return the addresses of the tables of this page: one piece of HTML each."""
    blueprint = Blueprint("sheets", __name__)

    @blueprint.get("/sheets/<path:sheet>")
    def written(sheet: str) -> Response:
        folder, _, key = sheet.partition("/")
        of = programme_asked()
        tables = sources_of(of)
        if folder == "dictionary" and key in tables:
            words = _dictionary(load(tables[key]).source)
        elif sheet in _LISTINGS:
            words = _LISTINGS[sheet](of)
        else:
            abort(404)
        response = Response(words, content_type="text/html; charset=utf-8")
        response.add_etag()
        response.make_conditional(request)
        return response

    return blueprint


def _dictionary(source: Source) -> Markup:
    rows = [(one.name, one.label, one.unit, one.kind.value, one.about) for one in source.dictionary]
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


def _indicator_listing(_of: Programme) -> Markup:
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


def _ratio_listing(_of: Programme) -> Markup:
    rows = [
        (
            one.name,
            one.key,
            "yes" if one.core else "no",
            one.above,
            one.below,
            one.unit,
            years_label(FIRST_YEAR, one.last_year),
        )
        for one in RATIOS.values()
    ]
    heads = ("Ratio", "Key", "Compared", "Divided", "By", "Unit", "Years")
    return _written("Expenditure ratios", heads, rows)


def _methods(of: Programme) -> list[tuple[str, str, str]]:
    """Return every method, as it is under a programme."""
    decided = {
        "after": after(of), "before": before(of), "start": of.start_words,
        "earlier": earlier_briefly(of), "seed": f"{seed_of(of)}",
    }  # fmt: skip
    return [(name, Template(words).substitute(decided), source) for name, words, source in METHODS]


def _method_listing(of: Programme) -> Markup:
    kinds = {load(source).source.kind for source in sources_of(of).values()}
    rows = [row for row in _methods(of) if row[0] != SIMULATION or Kind.SIMULATED in kinds]
    return _written("Methods", ("Method", "What it does", "Source"), rows)


def _family_listing(of: Programme) -> Markup:
    """List the tests that are adjusted together, over the whole explorer."""
    pairs = len(of.bands) * (len(of.bands) - 1) // 2
    indicators, ratios = (len(one.core()) for one in (INDICATOR_FAMILY, RATIO_FAMILY))
    rows = [
        ("Gaps of the indicators", indicators, "Overview, indicators, claims"),
        ("Changes of the indicators", indicators, "Overview, indicators, claims"),
        ("Changes of the indicators, in each longer window", indicators, "Overview, over time"),
        ("Gaps of the expenditure ratios", ratios, "Expenditure"),
        ("Changes of the expenditure ratios", ratios, "Expenditure"),
        ("Changes of the ratios, in each longer window", ratios, "Over time"),
        ("Gaps of resources and outputs", len(RESOURCES), "Costs"),
        ("Pairs of experience bands, one measure", pairs, "How sure?"),
    ]
    heads = ("Family", "Tests at most", "Pages")
    counted = [(family, str(tests), pages) for family, tests, pages in rows]
    return _written("Tests that are adjusted together", heads, counted)


def _symbol_listing(_of: Programme) -> Markup:
    rows = [(symbol.value, words) for symbol, words in MEANINGS.items()]
    return _written("Symbols for missing or qualified figures", ("Symbol", "Meaning"), rows)


def _finding_listing(of: Programme) -> Markup:
    rows = [
        (
            one.key,
            one.about_under(of),
            one.kind_loaded(of).label,
            f"{at(f'/api/v1/findings/{one.key}')}.json, .csv, .xlsx, .ods, .parquet, .zip",
        )
        for one in offered(of).values()
    ]
    return _written("Findings", ("Finding", "What it holds", "Kind", "Address"), rows)


def _field_listing(of: Programme) -> Markup:
    rows = [
        (
            one.key,
            one.field,
            one.unit,
            one.expected,
            one.blank if one.start is None else exact(one.start),
            one.source_under(of),
        )
        for one in INPUTS.values()
    ]
    heads = ("Parameter", "Field", "Unit", "Takes", "Start value", "Where that is from")
    return _written("Fields of the cost card in an address", heads, rows)


_LISTINGS: Final[dict[str, Callable[[Programme], Markup]]] = {
    "indicators": _indicator_listing,
    "ratios": _ratio_listing,
    fraction.SHEET: lambda _: fraction.written(),
    councils.SHEET: lambda _: councils.written(),
    "methods": _method_listing,
    exactness.SHEET: exactness.written,
    "families": _family_listing,
    "symbols": _symbol_listing,
    "findings": _finding_listing,
    "cost-fields": _field_listing,
}
