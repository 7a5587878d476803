"""Claims on indicators, expenditure and cost: five of them are tested on official figures."""

from typing import Final

from analytics.claims.claim import (
    Bearing,
    Check,
    Claim,
    Later,
    Leaning,
    Question,
    Reading,
    Strand,
)

_DIRECTION: Final = (
    "Direction only, called statistically significant; figure, p and years not reported in the "
    "sources held."
)
_REPORT: Final = (
    "Tested here. The report's own figures, test and neighbour lists would show whether the "
    "number itself is the same."
)

FIGURES: Final = (
    Claim(
        id="KPI-1",
        words="Pilots had a lower rate of assessments per 10,000 children than their neighbours.",
        short="Assessments",
        strand=Strand.INDICATORS,
        question=Question.PRACTICE,
        leaning=Leaning.OPEN,
        printed=_DIRECTION,
        check=Check.LEVELS,
        readings=(Reading(key="assessments_rate"),),
        needed=_REPORT,
        address="/indicators/assessments_rate",
    ),
    Claim(
        id="KPI-2",
        words="Pilots completed assessments faster than their neighbours.",
        short="Time to assess",
        strand=Strand.INDICATORS,
        question=Question.PRACTICE,
        leaning=Leaning.OPEN,
        printed=_DIRECTION,
        check=Check.LEVELS,
        readings=(
            Reading(key="assess_days_median"),
            Reading(key="assess_within45d_pct", lower=False),
        ),
        needed=_REPORT,
        later=(Later(topic="DiD outcome 1", bearing=Bearing.CONTRARY),),
        address="/indicators/assess_days_median",
    ),
    Claim(
        id="KPI-3",
        words="Pilots held fewer initial child protection conferences per 10,000 children than "
        "their neighbours.",
        short="Initial conferences",
        strand=Strand.INDICATORS,
        question=Question.CHILDREN,
        leaning=Leaning.OPEN,
        printed=_DIRECTION,
        check=Check.LEVELS,
        readings=(Reading(key="icpc_rate"),),
        needed=_REPORT,
        address="/indicators/icpc_rate",
    ),
    Claim(
        id="KPI-4",
        words="Fewer children per 10,000 became the subject of a child protection plan in pilots "
        "than in their neighbours.",
        short="New plans",
        strand=Strand.INDICATORS,
        question=Question.CHILDREN,
        leaning=Leaning.OPEN,
        printed=_DIRECTION,
        check=Check.LEVELS,
        readings=(Reading(key="cpp_start_rate"),),
        needed=_REPORT,
        later=(Later(topic="LA-level outcomes (App 9)", bearing=Bearing.LEVEL),),
        address="/indicators/cpp_start_rate",
    ),
    Claim(
        id="EXP-1",
        words="There was no sign that patterns of expenditure had changed.",
        short="Expenditure ratios",
        strand=Strand.EXPENDITURE,
        question=Question.SPENDING,
        leaning=Leaning.NO,
        printed="In words, on Section 251 returns of 2012/13 to 2015/16; the ratios and their "
        "figures are not reported in the sources held.",
        check=Check.SPEND,
        needed="Tested here on ratios of this project's own definition. The report's definitions "
        "would show whether the same ratios were meant.",
        address="/expenditure",
    ),
    Claim(
        id="COST-1",
        words="Implementing Signs of Safety took about one full-time person in each pilot.",
        short="About one person each",
        strand=Strand.COST,
        question=Question.COST,
        leaning=Leaning.OPEN,
        printed="An estimate of a full-time commitment of one person in each pilot; no interval, "
        "and no cost in pounds in the sources held.",
        fact="implementation effort",
        base_words="10 pilots",
        needed="Time and money spent on leading, training and coaching, pilot by pilot.",
        address="/costs",
    ),
    Claim(
        id="COST-2",
        words="There were signs that Signs of Safety was becoming embedded.",
        short="Signs of embedding",
        strand=Strand.COST,
        question=Question.EMBEDDED,
        leaning=Leaning.YES,
        printed="In words.",
        base_words="10 pilots",
        needed="A measure of implementation taken in the same way in every pilot at several dates.",
        later=(Later(topic="Prescription"),),
        address="/costs",
    ),
)
