"""What readers come for: each task from the overview, and the answer that must then be in sight."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.browser.tasks.another_group import another_group
from tests.browser.tasks.walk import Walk

MOST_ACTIONS, MOST_SECONDS = 4, 120
LEEDS, CUMBRIA, NORTH_NORTHAMPTONSHIRE = "E08000035", "E10000006", "E06000061"
BRIEFING_PAGES, BRIEFING_BYTES = 2, 2_000_000


@dataclass(frozen=True)
class Task:
    """One thing a reader wants to know or to have.

    Attributes:
        key: Name in reports.
        question: In the reader's words.
        do: Does it with a walk and asserts that the answer is in sight.
        most_actions: What it may take.
        most_seconds: Likewise.
    """

    key: str
    question: str
    do: Callable[[Walk], None]
    most_actions: int = MOST_ACTIONS
    most_seconds: float = MOST_SECONDS


@dataclass(frozen=True)
class Taken:
    """What a task took."""

    task: Task
    walk: Walk

    @property
    def seconds(self) -> float:
        """Of the reader and of the explorer together."""
        return self.walk.seconds + self.walk.waited

    @property
    def holds(self) -> bool:
        """Whether it took no more than it may."""
        few = self.walk.actions <= self.task.most_actions
        return few and self.seconds <= self.task.most_seconds


def go_through(reader, tasks) -> Iterator[Taken]:
    """Do tasks, each from the overview with nothing chosen.

    Args:
        reader: As tests/browser/conftest.py has it.
        tasks: In their order.
    """
    for task in tasks:
        if reader.page.url != f"{reader.address}/" or reader.page.evaluate("scrollY"):
            reader.open("/")
        walk = Walk(page=reader.page, settle=reader.settle)
        task.do(walk)
        assert walk.seen, f"{task.key} looks at nothing"
        yield Taken(task, walk)


def step(published: dict, named: str) -> dict:
    """The first row of a step of the answer, which is its surest."""
    return next(row for row in published["rows"] if row["step"] == named)


def row_of(published: dict, column: str, value: str) -> dict:
    """The row of a finding that has a value in a column."""
    return next(row for row in published["rows"] if row[column] == value)


def figure(value: float) -> str:
    """A figure as tables and tiles write it."""
    return f"{value:,.1f}".replace("-", "−")


def in_short(value: float) -> str:
    """A difference as rows of the overview write it: two digits that count."""
    return f"{value:.{0 if abs(value) >= 10 else 1}f}".replace("-", "−")


def _rail(walk: Walk, name: str):
    walk.press(walk.page.locator(".rail-pages").get_by_role("link", name=name, exact=True))


def _found(walk: Walk):
    answer = walk.published("answer")
    walk.sees("main .headline", answer["verdict"])
    walk.sees("#card-answer", step(answer, "differed")["says"])


def _changed_and_lasted(walk: Walk):
    answer = walk.published("answer")
    changed = step(answer, "changed")
    later = [
        row for row in answer["rows"] if row["step"] == "lasted" and row["key"] == changed["key"]
    ]
    walk.sees("#card-answer .tile-large", figure(changed["gap"]))
    walk.sees("#card-answer", changed["says"])
    walk.sees("#card-answer", later[-1]["says"])


def _how_sure(walk: Walk):
    certainty = step(walk.published("answer"), "changed")["certainty"]
    walk.sees("#card-answer .tile-sure", certainty[0].upper() + certainty[1:])
    _rail(walk, "How sure?")
    walk.sees("#card-robustness-view", walk.published("robustness-view")["plain"])


def _there_before(walk: Walk):
    sentences = re.split(r"(?<=\.) ", walk.published("answer")["plain"])
    walk.sees("#card-answer", next(one for one in sentences if "before the project" in one))


def _council(walk: Walk, code: str):
    walk.choose(walk.page.locator("#council"), code)
    walk.press(walk.page.locator("#council-go"))


def _beside_the_pilots(walk: Walk, code: str):
    found = walk.published("council-indicators", area=code)
    row = next(row for row in found["rows"] if row["value"] is not None)
    cells = f"#card-council-indicators tr:has(a[href*='/indicators/{row['key']}'])"
    walk.sees(f"{cells} td.own", figure(row["value"]))
    walk.sees(f"{cells} td[data-label=Similar]", figure(row["similar"]))
    walk.sees(f"{cells} td[data-label=Pilots]", figure(row["pilots"]))


def _present(walk: Walk):
    _council(walk, LEEDS)
    _beside_the_pilots(walk, LEEDS)


def _abolished(walk: Walk):
    _council(walk, CUMBRIA)
    _beside_the_pilots(walk, CUMBRIA)


def _new(walk: Walk):
    _council(walk, NORTH_NORTHAMPTONSHIRE)
    walk.press(walk.page.get_by_role("link", name="Show up to").first)
    _beside_the_pilots(walk, NORTH_NORTHAMPTONSHIRE)


def _cost(walk: Walk):
    page = walk.page
    _rail(walk, "Costs")
    walk.type("2", into=page.get_by_label("People leading the work, each council"))
    walk.type("3", into=page.get_by_label("Years of the work"))
    walk.type("300", into=page.get_by_label("Social workers, each council"))
    _is_costed(walk)
    # The address is the link; whoever is sent it sees the same.
    other = page.context.new_page()
    try:
        other.set_viewport_size(page.viewport_size)
        other.goto(page.url)
        other.locator(".cost-first").wait_for()
        opened = Walk(page=other, settle=lambda: None)
        _is_costed(opened)
        assert opened.actions == 0
    finally:
        other.close()


def _is_costed(walk: Walk):
    cost = walk.published("costs-estimate")
    asked = {"fte": 2, "cost-years": 3, "social-workers": 300}
    assert {key: float(cost["parameters"][key]) for key in asked} == asked
    whole = cost["rows"][0]
    walk.sees("#card-costs-estimate .cost-first", f"£{whole['total'] / whole['places']:,.0f}")
    walk.sees("#card-costs-estimate .cost-result", f"£{whole['per_worker']:,.0f}")


def _briefing(walk: Walk):
    _council(walk, LEEDS)
    walk.sees(
        "#card-council-indicators", walk.published("council-indicators", area=LEEDS)["verdict"]
    )
    walk.actions += 1  # the browser's own command to print
    paper = walk.page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) in range(1, BRIEFING_PAGES + 1)
    assert len(paper) <= BRIEFING_BYTES


def _families(walk: Walk):
    _rail(walk, "Families")
    said = walk.published("families-published")
    walk.sees("#card-families-published", said["verdict"])
    walk.sees("#card-families-published .printed-number", re.search(r"\d+%", said["plain"]).group())


def _later(walk: Walk):
    walk.press(walk.page.get_by_role("link", name="What happened later?"))
    for row in walk.published("later-studies")["rows"][:2]:
        walk.sees("#card-later-studies", row["says"])


def _beginners(walk: Walk):
    walk.press(walk.page.locator("[data-bar=who] > .bar-open > summary"))
    walk.press(walk.page.get_by_role("button", name=re.compile(r"^Only Beginner")))
    walk.key("Escape")
    walk.sees("main .headline", walk.published("answer")["verdict"])
    row = walk.published("overview-rows")["rows"][0]
    walk.sees("#card-overview-rows .rows-gap", in_short(row["gap"]))


def _two_pilots(walk: Walk):
    _rail(walk, "Pilots")
    walk.press(walk.page.locator("#tab-pilots-changes-table"))
    found = walk.published("pilots-changes")
    places = [row["place"] for row in found["rows"]]
    for name in ("Norfolk", "Wakefield"):
        at = places.index(name)
        line = f"#card-pilots-changes tbody tr:nth-child({at + 1})"
        walk.sees(f"{line} th", name)
        walk.sees(line, figure(found["rows"][at]["before"]))
        walk.sees(line, figure(found["rows"][at]["after"]))


def _bands(walk: Walk):
    _rail(walk, "Pilots")
    found = walk.published("pilots-bands")
    for band in ("beginner", "over-two"):
        walk.sees("#card-pilots-bands-gaps .chart", figure(row_of(found, "band", band)["gap"]))


def _lay_words(walk: Walk):
    walk.key("/")
    walk.type("how long do assessments take")
    walk.key("Enter")
    found = walk.published("indicator-years", indicator="assess_days_median")
    walk.sees("#card-indicator-years", found["verdict"])
    walk.sees("#card-indicator-years", found["plain"])


TASKS = (
    Task("found", "What was found?", _found),
    Task("lasted", "What changed, and did it last?", _changed_and_lasted),
    Task("before", "Was it there before?", _there_before),
    Task("sure", "How sure is it?", _how_sure),
    Task("council-present", "My authority beside the pilots", _present),
    Task("council-abolished", "An authority that was abolished", _abolished),
    Task("council-new", "An authority that is new", _new),
    Task("cost", "300 social workers, two people, three years; shared, reopened", _cost),
    Task("briefing", "A short briefing on paper", _briefing),
    Task("families", "What families said", _families),
    Task("later", "What happened later", _later),
    Task("beginners", "Beginners only against neighbours", _beginners),
    Task("two-pilots", "Norfolk beside Wakefield, before and after", _two_pilots),
    Task("two-bands", "Beginner beside over-two", _bands),
    Task("lay-words", "An indicator by lay words", _lay_words),
    Task(
        "another-group",
        "Another group from a list of names; shared, printed",
        another_group,
        most_actions=12,
        most_seconds=600,
    ),
)
