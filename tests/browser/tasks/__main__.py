"""``python -m tests.browser.tasks BASE``: what each task takes in a running explorer."""

import argparse

from playwright.sync_api import sync_playwright

from tests.browser.conftest import SWITCHES, Reader
from tests.browser.tasks.tasks import TASKS, go_through

SIZE = {"width": 1366, "height": 768}


def main():
    """Go through the tasks and print a table; end with a fault where one takes too much."""
    options = argparse.ArgumentParser(prog="python -m tests.browser.tasks", description=__doc__)
    options.add_argument("base", help="address of a running explorer, without a slash at its end")
    options.add_argument("--only", choices=[one.key for one in TASKS], action="append")
    chosen = options.parse_args()
    tasks = [one for one in TASKS if not chosen.only or one.key in chosen.only]
    print(f"{'task':<62} {'actions':>7} {'screens':>7} {'seconds':>7}")
    long = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        reader = Reader(browser, chosen.base)
        reader.page.set_viewport_size(SIZE)
        for taken in go_through(reader, tasks):
            walk, mark = taken.walk, "" if taken.holds else "  too much"
            print(
                f"{taken.task.question:<62} {walk.actions:>7} {walk.screens:>7.1f} "
                f"{taken.seconds:>7.1f}{mark}",
                flush=True,
            )
            long += [] if taken.holds else [taken.task.key]
        browser.close()
    if long:
        message = f"More actions or seconds than they may take: {long}"
        raise SystemExit(message)


if __name__ == "__main__":
    main()
