"""One reader doing one task with pointer and keys: what it takes, and what is then in sight."""

import json
import math
import re
import time
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Locator, Page

#: Seconds that a practised reader needs for one of each: Card, Moran and Newell (1980), "The
#: keystroke-level model for user performance time with interactive systems".
THINK, POINT, CLICK, KEY = 1.35, 1.1, 0.2, 0.28
SCROLL = 1.5  # seconds to move by a screen and find the place again; ours, on the slow side
WORDS = 238 / 60  # words read in a second: Brysbaert (2019), silent reading of English non-fiction
FAR = 12  # screens after which a reader gives up
PATIENCE = 10  # seconds after which a reader takes what is not there for missing

#: Where words are: in sight, so many pixels below the middle of the window, or not there at all.
#: What another element covers is not in sight, nor what is written for ears alone.
IN_SIGHT = r"""([root, words]) => {
  const flat = (one) => (one.textContent ?? "").replace(/\s+/g, " ");
  let nearest = null;
  for (const scope of document.querySelectorAll(root)) {
    for (const one of [scope, ...scope.querySelectorAll("*")]) {
      const inner = [...one.children].some((child) => flat(child).includes(words));
      if (inner || !flat(one).includes(words)) continue;
      const box = one.getBoundingClientRect();
      if (!one.checkVisibility({ visibilityProperty: true })) continue;
      if (Math.min(box.width, box.height) < 6) continue;
      const [x, y] = [box.left + Math.min(box.width / 2, 24), box.top + box.height / 2];
      const top = document.elementFromPoint(x, y);
      const whole = box.top >= 0 && box.bottom <= innerHeight;
      const around = one.closest("section.card") ?? scope; // its own links may lie over it
      if (whole && top && (around.contains(top) || top.contains(one))) return 0;
      const away = y - innerHeight / 2;
      if (nearest === null || Math.abs(away) < Math.abs(nearest)) nearest = away;
    }
  }
  return nearest;
}"""


@dataclass
class Walk:
    """What a reader does in one page of a browser, counted.

    Attributes:
        page: Of the browser; it shows the overview.
        settle: Waits until the page has come to rest.
        actions: Presses, fields filled in and choices made.
        screens: Heights of the window scrolled by.
        seconds: What a reader needs to think, point, type, scroll and read.
        waited: Seconds that the explorer took.
    """

    page: Page
    settle: object
    actions: int = 0
    screens: float = 0.0
    seconds: float = 0.0
    waited: float = 0.0
    seen: list[str] = field(default_factory=list)

    def press(self, found: Locator):
        """Press what is found with the pointer, once it is in sight."""
        self._count(THINK + POINT + CLICK)
        self._reach(found)
        box = found.bounding_box()
        self.page.mouse.move(box["x"] + min(box["width"] / 2, 40), box["y"] + box["height"] / 2)
        self.page.mouse.down()
        self.page.mouse.up()
        self._wait()

    def key(self, *keys: str):
        """Press one key, or one after the other without a thought between."""
        self._count(THINK + KEY * len(keys))
        for one in keys:
            self.page.keyboard.press(one)
        self._wait()

    def type(self, words: str, *, into: Locator | None = None):
        """Type where the caret is, or into a field that is pressed first and left by Tab."""
        self._count(THINK + KEY * len(words) + (POINT + CLICK if into else 0))
        if into:
            self._reach(into)
            into.click(click_count=3)  # what was in it is replaced
        self.page.keyboard.type(words)
        if into:
            self.page.keyboard.press("Tab")
        self._wait()

    def choose(self, found: Locator, option: str):
        """Choose from a list by the value of its option."""
        self._count(THINK + 2 * (POINT + CLICK))
        self._reach(found)
        found.select_option(option)
        self._wait()

    def published(self, finding: str, **held: str) -> dict:
        """What the data address gives of a finding for the selection that the address now holds.

        Args:
            finding: Its key.
            held: What the page's path names, by parameter.
        """
        chosen = {key: one[0] for key, one in parse_qs(urlsplit(self.page.url).query).items()}
        query = urlencode({**chosen, **held})
        reply = self.page.request.get(f"/api/v1/findings/{finding}.json?{query}")
        assert reply.ok, reply.text()
        return json.loads(reply.text())

    def sees(self, root: str, words: str, *, patience: float = PATIENCE):
        """Scroll until words are in sight inside an element, and read them.

        Args:
            root: Selector of the element.
            words: As published.
            patience: Seconds to wait for them to be drawn.

        Raises:
            AssertionError: They are nowhere, or too far away, or something lies over them.
        """
        words = re.sub(r"\s+", " ", words).strip()
        assert words, f"nothing is expected of {root}"
        for _ in range(FAR):
            away = self._away(root, words, patience)
            if away == 0:
                break
            self._scroll(away)
        else:
            message = f"covered or too far away in {root} at {self.page.url}: {words}"
            raise AssertionError(message)
        self.seen.append(words)
        self.seconds += len(words.split()) / WORDS

    def _away(self, root: str, words: str, patience: float) -> float:
        """How far words are from the middle of the window, once they are drawn; 0 in sight."""
        began = time.monotonic()
        away = self.page.evaluate(IN_SIGHT, [root, words])
        while away is None:
            spent = time.monotonic() - began
            assert spent < patience, f"not shown in {root} at {self.page.url}: {words}"
            self.page.wait_for_timeout(100)
            away = self.page.evaluate(IN_SIGHT, [root, words])
        self.waited += time.monotonic() - began
        return away

    def _count(self, seconds: float):
        self.actions += 1
        self.seconds += seconds

    def _wait(self):
        began = time.monotonic()
        self.settle()
        self.waited += time.monotonic() - began

    def _reach(self, found: Locator):
        """Scroll until what is to be pressed is in sight."""
        found.wait_for(state="visible")
        height = self.page.viewport_size["height"]
        for _ in range(FAR):
            box = found.bounding_box()
            if box["y"] >= 0 and box["y"] + box["height"] <= height:
                return
            self._scroll(box["y"] + box["height"] / 2 - height / 2)
        message = f"cannot be reached by scrolling: {found}"
        raise AssertionError(message)

    def _scroll(self, pixels: float):
        height = self.page.viewport_size["height"]
        step = math.copysign(min(abs(pixels), 0.9 * height), pixels)
        self.page.mouse.wheel(0, step)
        self.page.wait_for_timeout(60)
        self.screens += abs(step) / height
        self.seconds += SCROLL * abs(step) / height
