"""Progress is heard by whoever listens, and by nobody after."""

from analytics.publication.progress import heard_by, report


def test_reports_are_heard_inside_the_block_alone():
    heard = []
    report(0.1)
    with heard_by(heard.append):
        report(0.5)
        with heard_by(lambda _share: None):
            report(0.6)
        report(1.0)
    report(0.9)
    assert heard == [0.5, 1.0]
