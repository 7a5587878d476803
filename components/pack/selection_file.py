"""What a reader chose, spelled out in full for scripts that know nothing of this project."""

from typing import Final

import orjson

from analytics.claims.claim import Claim
from analytics.claims.registry import claims_of
from analytics.evaluation.comparison import CLOSENESS
from analytics.evaluation.measure_families import FAMILIES, family_of
from analytics.evaluation.placebo_pool import DRAWS, KINDS, TINY, seed_of
from analytics.evaluation.reasons import FEWEST_PILOTS
from analytics.evaluation.staffing import RESOURCES
from analytics.findings.robustness.placebo_many import BATCH, LONG_DRAWS
from analytics.measures.indicators.registry import INDICATORS
from analytics.measures.ratios.ratio import Ratio
from analytics.measures.ratios.registry import RATIOS
from analytics.publication.clear_names import same_columns
from analytics.publication.published import Published
from analytics.selection.parameter import Kind, Parameter
from analytics.selection.parameters import PARAMETERS
from analytics.selection.places import ENGLAND, pilots
from analytics.selection.selection import Selection
from data.neighbour_lists import NEIGHBOUR_LISTS
from data.symbols import NOT_COMPARED

NAME: Final = "selection.json"

Plain = dict[str, object]


def selection_json(published: Published) -> bytes:
    """Write the choices behind a finding, and what follows from them that no table holds.

    Args:
        published: The finding.

    Returns:
        JSON with ``finding``, ``release``, ``query``, ``parameters``, ``resolved`` and
        ``same_columns``, as ``components/pack/scripts/README.md`` describes them.
    """
    selection = published.selection
    told = {
        "finding": published.key,
        "release": published.release.id,
        "query": selection.to_query(),
        "parameters": {one.name: _value(one, selection) for one in PARAMETERS.values()},
        "resolved": _resolved(selection),
        "same_columns": same_columns(published.key, published.columns),
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _value(one: Parameter, selection: Selection) -> object:
    """Return the value in use of a parameter: its default where the reader chose nothing."""
    if one.kind is Kind.AMOUNT:
        return selection.costs.value(one.name)
    spelled = one.spell(one.values_of(selection))
    match one.kind:
        case Kind.CHOICES:
            return [part for part in spelled.split(",") if part]
        case Kind.YEARS:
            return [int(year) for year in spelled.split("-")]
        case Kind.NUMBER:
            return int(spelled)
        case Kind.FLAG:
            return bool(spelled)
        case Kind.CHOICE | Kind.NAME:
            return spelled


def _resolved(selection: Selection) -> Plain:
    family = family_of(selection)
    measure = family.measure(selection)
    of, judged = selection.programme, Selection.of(selection.programme)
    return {
        "programme": {
            "key": of.key,
            "name": of.name,
            "start": of.start.isoformat(),
            "first_year_after": of.first_after,
            "last_year_before": of.last_before,
            "window": of.window,
            "bands": [{"key": band.key, "label": band.label} for band in of.bands],
            "pilots": [
                {"code": code, "name": pilot.name, "band": pilot.band.key}
                for code, pilot in pilots(of).items()
            ],
        },
        **_compared(selection),
        "england": ENGLAND,
        "neighbour_lists": [one.key for one in NEIGHBOUR_LISTS],
        "closeness_weights": CLOSENESS,
        "symbols_not_compared": [symbol.value for symbol in NOT_COMPARED],
        "fewest_pilots": FEWEST_PILOTS,
        "measure": {"family": family.subject.value, "key": measure.key, "unit": measure.unit},
        "compared": {
            subject.value: [one.key for one in each.core()] for subject, each in FAMILIES.items()
        },
        "named": list(of.evaluation.named),
        "indicators": {
            one.key: {
                "name": one.name, "unit": one.unit, "count": one.count, "base": one.base,
                "compared": one.core,
            }
            for one in INDICATORS.values()
        },
        "ratios": {one.key: _ratio(one) for one in RATIOS.values()},
        "resources": {one.key: {"name": one.name, "unit": one.unit} for one in RESOURCES},
        "placebo": {
            "draws": DRAWS, "many_draws": LONG_DRAWS, "batch": BATCH, "seed": seed_of(of),
            "never_drawn": list(TINY), "kinds": list(KINDS),
        },
        "costs": {name: selection.costs.value(name) for name in _amounts()},
        "claims": {one.id: _claim(one) for one in claims_of(of).values()},
        "judged_on": {"adjust": judged.adjust.value, **_compared(judged)},
    }  # fmt: skip


def _compared(selection: Selection) -> Plain:
    """Say which pilots, years and figures are compared, and with what."""
    chosen = [pilot.code for pilot in selection.chosen]
    of = selection.programme
    return {
        "pilots": chosen,
        "other_pilots": [code for code in pilots(of) if code not in chosen],
        "years": selection.years,
        "years_before": [year for year in selection.years if year <= of.last_before],
        "years_after": [year for year in selection.years if year > of.last_before],
        "base_years": selection.base.years,
        "comparator": selection.compare.value,
        "neighbour_list": {
            "key": selection.model.key,
            "label": selection.model.label,
            "edition": selection.model.edition,
            "first": selection.k,
            "pilots_kept": selection.with_pilots,
        },
        "aggregator": selection.average.value,
        "weights": selection.weights.value,
        "figures": _figures(selection),
        "margin_share": selection.margin.share,
    }


def _claim(one: Claim) -> Plain:
    """Say how a claim is checked, and which row of the sizes holds the people behind it."""
    return {
        "check": one.check.value,
        "readings": [{"indicator": part.key, "lower": part.lower} for part in one.readings],
        "people": one.base,
    }


def _figures(selection: Selection) -> Plain:
    """Say which rows of the table of indicators count: those with true in one column."""
    first = selection.vintage.value == "first"
    return {
        "vintage": selection.vintage.value,
        "column": "first_published" if first else "preferred",
    }


def _ratio(one: Ratio) -> Plain:
    return {
        "name": one.name,
        "unit": one.unit,
        "numerator_lines": one.numerator,
        "denominator_lines": one.denominator,
        "per": {"indicator": one.per.series, "years_earlier": one.per.lag} if one.per else None,
        "prices_of_2018_19": one.real,
        "last_year": one.last_year,
        "compared": one.core,
    }


def _amounts() -> tuple[str, ...]:
    return tuple(one.name for one in PARAMETERS.values() if one.kind is Kind.AMOUNT)
