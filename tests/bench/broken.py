"""Requests that no program means well by, each to be sent as it is."""

from typing import Final

from tests.bench.questions import ADDRESS

HEAD: Final = b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
POST: Final = HEAD % ADDRESS.encode()
GET: Final = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
CHUNKED: Final = POST + b"Transfer-Encoding: chunked\r\n\r\n"

BROKEN: Final = (
    *(
        CHUNKED + rest
        for rest in (
            b"ZZ\r\nhello\r\n0\r\n\r\n",
            b"5\r\nhelloXX0\r\n\r\n",
            b"-1\r\n\r\n",
            b"\r\n\r\n\r\n",
            b"5;a=\x00\r\nhello\r\n0\r\n\r\n",
            b"FFFFFFFFFFFFFFFFFF\r\n",
            b"1\n{\n0\n\n",
            b"5\r\nhello\r\n0\r\nX: y\r\nbad trailer\r\n\r\n",
            b"0x5\r\nhello\r\n0\r\n\r\n",
        )
    ),
    *(
        POST + rest
        for rest in (
            b"Content-Length: -1\r\n\r\n",
            b"Content-Length: 1e3\r\n\r\n{}",
            b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
            b"Content-Length: 70000\r\n\r\n",
            b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n",
            b"Content-Length: \xc2\xb2\r\n\r\n",
            b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            b"Transfer-Encoding: \x0bchunked\r\n\r\n",
            b"Content-Length: 4\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b{}",
            b"Content-Length: 2\r\nExpect: 200-maybe\r\n\r\n{}",
            b"Content-Length: 3\r\n\r\n\xff\xfe\x00",
        )
    ),
    *(
        GET + rest + b"\r\n\r\n"
        for rest in (
            b"SCRIPT_NAME: /x",
            b"Script-Name: /x",
            b"X-Forwarded-Prefix: //evil.example",
            b'X-Forwarded-Prefix: /\xff"<x>',
            b"X-Forwarded-Host: a, b, c",
            b"X-Forwarded-Proto: gopher",
            b"X-Forwarded-For: " + b"1.1.1.1, " * 900,
            b'Forwarded: for="[::1]";host=\x01',
            b"Cookie: " + b"a=b; " * 1_800,
            b"Authorization: Negotiate " + b"c" * 12_000,
            b"X: " + b"a" * 40_000,
            b"X\x00: y",
            b"X: \x00",
            b": y",
            b"no colon",
            b"Range: bytes=9-1",
            b'If-None-Match: "' + b"a" * 900,
            b"If-Modified-Since: yesterday",
            b"Host: evil.example",
            b"Accept-Encoding: br;q=x",
            b"Accept-Encoding: " + b"gzip," * 500,
            b"Upgrade: h2c",
            b"Connection: upgrade, close, keep-alive",
        )
    ),
    *(
        line + b"\r\nHost: localhost\r\n\r\n"
        for line in (
            b"GET",
            b"GET /",
            b"GET  / HTTP/1.1",
            b"GET / HTTP/9.9",
            b"GET / HTTP/0.9",
            b"get / http/1.1",
            b"G\xc3\x8bT / HTTP/1.1",
            b"GET /\x00 HTTP/1.1",
            b"GET /%00 HTTP/1.1",
            b"GET /%ff%fe HTTP/1.1",
            b"GET http://evil.example/ HTTP/1.1",
            b"GET //evil.example/%2e%2e HTTP/1.1",
            b"GET * HTTP/1.1",
            b"CONNECT localhost:22 HTTP/1.1",
            b"TRACE / HTTP/1.1",
            b"PRI * HTTP/2.0",
            b"OPTIONS * HTTP/1.1",
            b"GET /" + b"a" * 9_000 + b" HTTP/1.1",
            b"GET /?" + b"a=b&" * 1_500 + b" HTTP/1.1",
            b"GET /assets/../../etc/passwd HTTP/1.1",
            b"GET /assets/%2e%2e/app.py HTTP/1.1",
            b"GET http://[::1 HTTP/1.1",
            b"GET /\xe2\x80\xae HTTP/1.1",
        )
    ),
    b"\r\n" * 50 + GET + b"\r\n",
    b"\n\n" + GET + b"\n",
    (GET + b"\r\n") * 5,
    b"\x16\x03\x01" + b"\x00" * 200,
    b"\x00" * 2_000,
    b"HELO localhost\r\n\r\n",
    GET,
    POST + b"Content-Length: 100\r\n\r\n{",
)
