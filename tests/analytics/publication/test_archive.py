import io
import zipfile

import pytest

from analytics.publication import archive as archives
from analytics.publication.archive import ArchiveTooLargeError, archive, archive_size, member

FILES = {
    "read me.txt": b"",
    "inputs/häuser.csv": b"code,value\r\n" * 500,
    "noise": bytes((at * 7919 + at // 3) % 256 for at in range(64)),
}


def test_what_is_packed_comes_out_as_it_was():
    content = archive([member(path, held) for path, held in FILES.items()])
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == FILES
        packed = opened.getinfo("inputs/häuser.csv")
        assert packed.compress_size < packed.file_size / 10


def test_bytes_do_not_depend_on_the_hour():
    content = archive([member(path, held) for path, held in FILES.items()])
    assert content == archive([member(path, held) for path, held in FILES.items()])
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert {one.date_time for one in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_gains_nothing_or_must_not_be_compressed_stays_as_it_is():
    told = member("mimetype", b"application/" * 20, compressed=False)
    assert told.content == b"application/" * 20
    assert member("short", b"abc").content == b"abc"


@pytest.mark.parametrize("paths", [[], ["read me.txt"], list(FILES)])
def test_the_size_is_known_without_making_it(paths):
    members = [member(path, FILES[path]) for path in paths]
    assert archive_size(members) == len(archive(members))


def test_one_too_large_for_this_form_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "_LARGEST", 200)
    with pytest.raises(ArchiveTooLargeError, match="expected at most 200"):
        archive([member("a", bytes(range(256)))])
