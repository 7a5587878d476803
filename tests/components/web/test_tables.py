from components.web.tables import MIMETYPES, extensions
from data.sources import SOURCES


def test_every_table_is_offered_as_its_file_and_as_csv():
    for source in SOURCES.values():
        offered = extensions(source)
        assert f".{offered[0]}" == source.path.suffix
        assert "csv" in offered
        assert set(offered) <= MIMETYPES.keys()
