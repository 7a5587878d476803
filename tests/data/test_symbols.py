import pytest

from data.symbols import MEANINGS, Symbol, meaning


@pytest.mark.parametrize("symbol", Symbol)
def test_every_symbol_has_a_meaning(symbol):
    assert meaning(symbol.value) == MEANINGS[symbol]
    assert MEANINGS[symbol]


def test_no_meaning_is_a_nought():
    assert not any(words.strip() in {"0", "zero", "nought"} for words in MEANINGS.values())


def test_an_unknown_symbol_is_repeated():
    assert "'q'" in meaning("q")


@pytest.mark.parametrize(
    "printed", ["c", "x", "..", ".", "z", "-", "u", "low", "partial-2014", "no-pop"]
)
def test_every_symbol_the_publishers_print_is_known(printed):
    assert printed in set(Symbol)
