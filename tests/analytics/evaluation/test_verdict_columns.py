from analytics.evaluation.verdict_columns import COLUMNS, interval_columns


def test_the_ends_of_an_interval_are_named_and_described_alike():
    low, high = interval_columns("beyond", label="Its interval", about="How.", decimals=2)
    assert (low.name, high.name) == ("beyond_low", "beyond_high")
    assert (low.label, high.label) == ("Its interval, lower", "Its interval, upper")
    assert low.about == high.about == "How."
    assert low.decimals == high.decimals == 2
    assert low.in_table
    hidden = interval_columns(in_table=False)
    assert [one.name for one in hidden] == ["low", "high"]
    assert not any(one.in_table for one in hidden)


def test_every_column_of_a_verdict_has_a_name_of_its_own():
    names = [column.name for column in COLUMNS]
    assert len(set(names)) == len(names)
    lows = {name.removesuffix("low") for name in names if name.endswith("low")} - {"joint_be"}
    assert lows == {name.removesuffix("high") for name in names if name.endswith("high")}
