import socket

import pytest
from flask import Flask

from components.server.serve import ListenError, bound, serve


def test_a_taken_port_is_said_with_what_to_do():
    with socket.create_server(("127.0.0.1", 0)) as one:
        port = one.getsockname()[1]
        with pytest.raises(ListenError, match=f"port {port}: another program .* --port"):
            bound("127.0.0.1", port)


def test_a_port_taken_while_the_explorer_loads_is_said_too():
    with bound("127.0.0.1", 0) as one, bound("127.0.0.1", one.getsockname()[1]) as other:
        other.listen()
        with pytest.raises(ListenError, match="another program"):
            serve(Flask("small"), one, workers=1)


@pytest.mark.parametrize("port", [-1, 65_536, 10**9])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(ListenError, match="from 1 to 65535"):
        bound("127.0.0.1", port)


@pytest.mark.parametrize("host", ["nowhere.invalid", "not a name", "x" * 300, "ü" * 70])
def test_a_name_that_is_none_is_refused(host):
    with pytest.raises(ListenError, match="no machine is known"):
        bound(host, 0)


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(ListenError, match="no such address"):
        bound("192.0.2.1", 0)


def works(family: socket.AddressFamily, host: str) -> bool:
    try:
        with socket.create_server((host, 0), family=family):
            return True
    except OSError:
        return False


@pytest.mark.skipif(not works(socket.AF_INET6, "::1"), reason="this machine has no IPv6")
@pytest.mark.parametrize("host", ["::1", "[::1]", "::"])
def test_addresses_of_version_6_are_understood(host):
    with bound(host, 0) as one:
        assert one.family == socket.AF_INET6
        one.listen()
        socket.create_connection(("::1", one.getsockname()[1]), timeout=5).close()


@pytest.mark.skipif(not works(socket.AF_INET6, "::"), reason="this machine has no IPv6")
def test_all_addresses_are_those_of_both_versions():
    with bound("::", 0) as one:
        one.listen()
        for version_4_or_6 in ("127.0.0.1", "::1"):
            with socket.create_connection((version_4_or_6, one.getsockname()[1]), timeout=5):
                accepted, (peer, *_) = one.accept()
                accepted.close()
                assert peer.removeprefix("::ffff:") == version_4_or_6


@pytest.mark.parametrize("host", ["0.0.0.0", "localhost", "127.0.0.1"])  # noqa: S104 (never asked)
def test_addresses_of_version_4_are_understood(host):
    with bound(host, 0) as one:
        assert one.getsockname()[1] > 0
