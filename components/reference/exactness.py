"""What is exact and what is drawn, by how many pilots, and what needs how many years."""

from typing import Final

from markupsafe import Markup

from analytics.evaluation.placebo_pool import DRAWS, seed_of
from analytics.evaluation.years_before import FOR_SYNTHETIC, FOR_TREND
from analytics.findings.measures.weighted import DRAWS as SYNTHETIC_DRAWS
from analytics.findings.measures.weighted import SEED as SYNTHETIC_SEED
from analytics.methods.drawn_flips import FLIPS
from analytics.methods.drawn_flips import SEED as FLIP_SEED
from analytics.methods.permutation import MOST_ARRANGEMENTS
from analytics.methods.permutation import SEED as DEALT_SEED
from analytics.methods.signflip import MOST_ENUMERATED
from components.templates.render import render
from data.programmes.programme import Programme
from data.wording import count_words

SHEET: Final = "exactness"
CAPTION: Final = "What is exact, what is drawn by chance, and what needs how many years"


def written(of: Programme) -> Markup:
    """Say what is exact and what is drawn, by how many pilots, and what needs how many years.

    Args:
        of: The programme.
    """
    drawn = f"{FLIPS:,} flips drawn, seed {FLIP_SEED}; at p = 0.05 ± 0.0007"
    every = f"every flip to {MOST_ENUMERATED} pilots"
    dealt = f"{MOST_ARRANGEMENTS:,}"
    rows = [
        ("Sign-flip p, one-sided p, equivalence", every, drawn, "none"),
        ("Sign-flip interval, what is ruled out", every, f"the same flips: {drawn}", "none"),
        ("Max-T, as many small p", every, f"the same flips: {drawn}", "none"),
        ("Wilcoxon's signed ranks", "any number", "never", "none"),
        (
            "Bands: each pair, all together",
            f"every arrangement to {dealt}",
            f"{dealt} drawn, seed {DEALT_SEED}; at p = 0.05 ± 0.0007",
            "none",
        ),
        ("Bands in order", f"every arrangement to {dealt}", "normal approximation", "none"),
        (
            "Placebo pilots",
            "never",
            f"{DRAWS:,} groups, seed {seed_of(of)}; at p = 0.05 ± 0.002",
            "none",
        ),
        ("Change of the gap, event study", every, drawn, "one"),
        ("Drift (relative magnitudes)", every, drawn, "two"),
        ("Pre-trend", every, drawn, f"{count_words(FOR_TREND)}"),
        ("Bend (smoothness)", "normal", "never", f"{count_words(FOR_TREND)}"),
        (
            "Synthetic difference-in-differences and control",
            "weights exact",
            f"{SYNTHETIC_DRAWS} groups, seed {SYNTHETIC_SEED}; at p = 0.05 ± 0.01",
            f"{count_words(FOR_SYNTHETIC)}",
        ),
    ]
    heads = ("Method", "Exact", "By chance draws", "Years before the start")
    return render("listing.html", caption=CAPTION, heads=heads, rows=rows)
