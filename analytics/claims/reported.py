"""Claims on families, records, self-profiles and social workers: their data were never published.

An authority can load data of its own kind on the record pages; nothing simulated feeds a claim.
"""

from functools import partial
from typing import Final

from analytics.claims.claim import Claim, Later, Leaning, Question, Strand

_FAMILY = partial(
    Claim, strand=Strand.FAMILIES, base="families interviewed", base_words="families interviewed"
)
_RECORD = partial(
    Claim, strand=Strand.RECORDS, base_words="number of records not reported in the sources held"
)
_PROFILE = partial(Claim, strand=Strand.PROGRESS, base_words="10 pilots")
_WORKER = partial(
    Claim,
    strand=Strand.SOCIAL_WORKERS,
    base="social workers in interviews, focus groups, surveys and time diaries (total)",
    base_words="social workers, over interviews, focus groups, surveys and diaries together",
)
_INTERVIEWS: Final = "The interviews' answers, family by family, at both points."
_SURVEYS: Final = "The survey's answers, worker by worker, at both waves, with its scales."
_READINGS: Final = "The grades, record by record, with recruitment date and reading point."

REPORTED: Final = (
    _FAMILY(
        id="FAM-1",
        words="Families were more involved, and goals were clearer.",
        short="More involved, clearer goals",
        question=Question.INVOLVED,
        leaning=Leaning.YES,
        printed="In words.",
        needed=_INTERVIEWS,
        later=(Later(topic="Observation"),),
    ),
    _FAMILY(
        id="FAM-2",
        words="Families who had joined in planning goals said more often that goals were achieved; "
        "numbers were too small to be firm.",
        short="Goals achieved more where planned together",
        question=Question.CHILDREN,
        leaning=Leaning.OPEN,
        printed="In words, with the warning that numbers were too small for firm conclusions.",
        needed=_INTERVIEWS,
    ),
    _FAMILY(
        id="FAM-3",
        words="Just over half of families had not been told the criteria for judging progress.",
        short="Just over half not told the criteria",
        question=Question.INVOLVED,
        leaning=Leaning.NO,
        printed="“Just over half” in words; the exact share is not reported in the sources held.",
        fact="families told the criteria for judging progress",
        needed=_INTERVIEWS,
    ),
    _FAMILY(
        id="FAM-4",
        words="Families reported work with their strengths more at the first interview than at "
        "the second.",
        short="Work with strengths reported less later",
        question=Question.INVOLVED,
        leaning=Leaning.NO,
        printed="Direction in words; shares not reported in the sources held.",
        needed=_INTERVIEWS,
    ),
    _FAMILY(
        id="FAM-5",
        words="There was little evidence of outcomes on children's standardised measures; it may "
        "have been too early.",
        short="Little evidence on children's measures",
        question=Question.CHILDREN,
        leaning=Leaning.OPEN,
        printed="In words; the children's scores are not reported in the sources held.",
        base="",
        base_words="number of children measured not reported in the sources held",
        needed="Children's scores at both points, with the number completing each measure.",
        later=(
            Later(topic="DiD outcome 2"),
            Later(topic="DiD outcome 3"),
            Later(topic="DiD outcome 4"),
        ),
    ),
    _RECORD(
        id="REC-1",
        words="Signs of Safety tools were widely used in case records.",
        short="Tools widely used",
        question=Question.PRACTICE,
        leaning=Leaning.YES,
        printed="In words; tool by tool not reported in the sources held.",
        needed=_READINGS,
    ),
    _RECORD(
        id="REC-2",
        words="About 60 % of recording of Signs of Safety practice was graded reasonable or good, "
        "and more among families recruited later.",
        short="60 % graded reasonable or good",
        question=Question.PRACTICE,
        leaning=Leaning.YES,
        printed="60 %, and the direction by recruitment in words; the rest of the scale and the "
        "shares by cohort are not reported in the sources held.",
        fact="case-record recordings of SoS practice graded reasonable or good",
        needed=_READINGS,
        later=(Later(topic="Case files"),),
    ),
    _RECORD(
        id="REC-3",
        words="Too many assessments were not good enough.",
        short="Too many assessments not good enough",
        question=Question.PRACTICE,
        leaning=Leaning.NO,
        printed="In words; share not reported in the sources held.",
        needed=_READINGS,
        later=(Later(topic="Case files"),),
    ),
    _PROFILE(
        id="PRO-1",
        words="Nine areas of the self-profile showed the greatest progress.",
        short="Nine areas of most progress",
        question=Question.EMBEDDED,
        leaning=Leaning.YES,
        printed="Nine items by name; scores not reported in the sources held.",
        needed="Each pilot's score on each item at both points.",
    ),
    _PROFILE(
        id="PRO-2",
        words="Six areas of the self-profile changed least.",
        short="Six areas of least change",
        question=Question.EMBEDDED,
        leaning=Leaning.OPEN,
        printed="Six items by name; scores not reported in the sources held.",
        needed="Each pilot's score on each item at both points.",
    ),
    _WORKER(
        id="SW-1",
        words="Social workers had reasonably high confidence in Signs of Safety and its tools.",
        short="Reasonably high confidence",
        question=Question.EMBEDDED,
        leaning=Leaning.YES,
        printed="In words; scale and shares not reported in the sources held.",
        needed=_SURVEYS,
    ),
    _WORKER(
        id="SW-2",
        words="Social workers reported more mapping and safety planning as time went on.",
        short="More mapping and safety planning",
        question=Question.PRACTICE,
        leaning=Leaning.YES,
        printed="Direction in words; shares not reported in the sources held.",
        needed=_SURVEYS,
    ),
    _WORKER(
        id="SW-3",
        words="Social workers believed that their assessments had improved.",
        short="Believe assessments improved",
        question=Question.PRACTICE,
        leaning=Leaning.YES,
        printed="In words; share not reported in the sources held.",
        needed=f"{_SURVEYS} And assessments graded blind, before and after.",
        later=(Later(topic="Case files"), Later(topic="Observation")),
    ),
    _WORKER(
        id="SW-4",
        words="Social workers agreed that safety planning helped them identify and manage risk, "
        "and that communication with families, children included, had gained.",
        short="Helps with risk and communication",
        question=Question.INVOLVED,
        leaning=Leaning.YES,
        printed="In words; shares not reported in the sources held.",
        needed=_SURVEYS,
        later=(Later(topic="Observation"),),
    ),
    _WORKER(
        id="SW-5",
        words="Social workers said they had too little time to apply Signs of Safety as thoroughly "
        "as they wished.",
        short="Too little time to apply it fully",
        question=Question.COST,
        leaning=Leaning.OPEN,
        printed="Comments in words.",
        needed="Time diaries before and after, with the cases each worker held.",
        later=(Later(topic="Prescription"),),
    ),
    Claim(
        id="REC-0",
        words="Signs of Safety is workable where authorities give it trust, resources and time; "
        "other tools may be needed for assessment.",
        short="Workable with trust, resources and time",
        strand=Strand.ADVICE,
        question=Question.ADVICE,
        leaning=Leaning.OPEN,
        printed="A recommendation, in words.",
        base_words="all strands together",
        needed="A recommendation is not a measurement; it rests on the claims above.",
        later=(Later(topic="Prescription"), Later(topic="Case files")),
    ),
)
