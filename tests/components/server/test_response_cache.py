import gzip

import brotli
import pytest
from flask import Flask

from components.server.response_cache import (
    Encoding,
    Packed,
    ResponseCache,
    best_encoding,
    pack,
    respond,
)

BODY = b"one body, " * 100


@pytest.fixture
def server() -> Flask:
    return Flask(__name__)


def body(size: int) -> Packed:
    return Packed(content=b"x" * size, encoding=Encoding.IDENTITY, digest="")


def test_bodies_are_made_once():
    made = []
    responses = ResponseCache(10_000)
    for _ in range(3):
        responses.kept("a", Encoding.GZIP, lambda: made.append(1) or BODY)
    assert made == [1]


def test_the_body_wanted_longest_ago_goes_first():
    responses = ResponseCache(100)
    for name in "abc":
        responses.put(name, Encoding.IDENTITY, body(30))
    responses.get("a", Encoding.IDENTITY)
    responses.put("d", Encoding.IDENTITY, body(40))
    assert [name for name in "abcd" if responses.get(name, Encoding.IDENTITY)] == ["a", "c", "d"]
    assert responses.size == 100


def test_a_body_put_again_is_counted_once():
    responses = ResponseCache(100)
    for size in (30, 40):
        responses.put("a", Encoding.IDENTITY, body(size))
    assert responses.size == 40


def test_a_body_larger_than_half_the_cache_is_not_kept():
    responses = ResponseCache(100)
    responses.put("a", Encoding.IDENTITY, body(51))
    assert responses.get("a", Encoding.IDENTITY) is None


def test_packing_keeps_the_body():
    assert gzip.decompress(pack(BODY, Encoding.GZIP).content) == BODY
    assert brotli.decompress(pack(BODY, Encoding.BROTLI).content) == BODY
    assert pack(BODY, Encoding.GZIP) == pack(BODY, Encoding.GZIP)


def test_small_bodies_are_not_packed():
    assert pack(b"small", Encoding.BROTLI).encoding is Encoding.IDENTITY


@pytest.mark.parametrize(
    ("accepts", "mimetype", "encoding"),
    [
        ("gzip, deflate, br, zstd", "text/csv", Encoding.BROTLI),
        ("gzip", "application/json", Encoding.GZIP),
        ("br;q=0, gzip;q=0.5", "application/json", Encoding.GZIP),
        ("zstd", "application/json", Encoding.IDENTITY),
        ("", "application/json", Encoding.IDENTITY),
        ("br", "image/png", Encoding.IDENTITY),
    ],
)
def test_the_best_encoding_that_is_accepted(server, accepts, mimetype, encoding):
    with server.test_request_context(headers={"Accept-Encoding": accepts}):
        assert best_encoding(mimetype) is encoding


def test_the_tag_is_weak_when_packed(server):
    with server.test_request_context():
        plain = respond(pack(BODY, Encoding.IDENTITY), "text/plain")
        packed = respond(pack(BODY, Encoding.GZIP), "text/plain")
    assert packed.headers["ETag"] == f"W/{plain.headers['ETag']}"
