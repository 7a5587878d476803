"""What new tables are made of and what they change, in lines."""

from collections.abc import Iterator

from data.build.update import Update


def report(update: Update) -> Iterator[str]:
    """Say what was read, what no file gives, and which cells differ.

    Args:
        update: Tables that passed every check.
    """
    built = update.built
    yield f"Read: {sum(built.read.files.values()):,} figures of {len(built.read.files)} files."
    kept = built.kept
    yield f"No file gives {int(kept['cells'].sum()):,} rows, which stay as they are:"
    for edition, some in kept.groupby("edition"):
        years = f"{some['year_end'].min()} to {some['year_end'].max()}"
        keys = some["indicator"].nunique()
        yield f"  {edition}: {int(some['cells'].sum()):,} rows of {keys} keys, {years}"
    yield from update.differences.words()
