"""What the marks of a chart are about, by key, so that the browser can mark it in every chart.

A trace carries its keys in ``meta``: one text for the whole trace, or one for each point. A text
holds the key of the thing itself, then those of what it belongs to, with spaces: of a pilot its GSS
code and the key of its band. The first is empty where a mark is of several things alike.
"""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from components.charts.chart import Figure, cells


def keys_of(frame: pd.DataFrame, *columns: str) -> list[str]:
    """Return the keys of each row: of the thing itself, then of what it belongs to.

    Args:
        frame: Rows.
        columns: Hold keys, in this order; an empty cell is left out, but not the first.
    """
    return _joined(zip(*(cells(frame, name) for name in columns), strict=True))


def keys_of_rows(rows: Iterable[Mapping[str, object]], *columns: str) -> list[str]:
    """Return the same as ``keys_of`` of rows in hand.

    Args:
        rows: By the names of their columns.
        columns: Hold keys, in this order; an empty cell is left out, but not the first.
    """
    return _joined([row[name] for name in columns] for row in rows)


def _joined(rows: Iterable[Iterable[object]]) -> list[str]:
    held = ([str(one or "") for one in row] for row in rows)
    return [" ".join(dict.fromkeys([own, *filter(None, others)])).rstrip() for own, *others in held]


def keyed(trace: Mapping[str, object], keys: str | Sequence[str]) -> Figure:
    """Return a trace that says what it is about.

    Args:
        trace: Of Plotly.
        keys: Of the whole trace, or of each of its points in their order.
    """
    held = trace.get("meta")
    more = dict(held) if isinstance(held, dict) else {}
    return {**trace, "meta": {"keys": keys if isinstance(keys, str) else list(keys), **more}}


def keys_in(figure: Figure) -> list[str]:
    """Return every key that a figure carries, each once, in the order of its traces.

    Args:
        figure: From a chart.
    """
    traces = figure["data"]
    found = dict.fromkeys(key for one in _mappings(traces) for key in _keys(one.get("meta")))
    return list(found)


def _mappings(traces: object) -> list[Mapping[str, object]]:
    return [one for one in traces if isinstance(one, dict)] if isinstance(traces, list) else []


def _keys(meta: object) -> list[str]:
    keys = meta.get("keys", "") if isinstance(meta, dict) else ""
    texts = keys if isinstance(keys, list) else [keys]
    return [key for text in texts for key in str(text).split()]
