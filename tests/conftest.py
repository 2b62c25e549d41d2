"""What holds for every test: no network but loopback, no credentials, no files of the person who runs it."""

import os
import signal
import sys
from collections.abc import Iterator
from ipaddress import ip_address

import pytest
from hypothesis import settings

# Two busy cores make single examples slow at random, which says nothing about the code.
settings.register_profile("hexward", deadline=None)
settings.load_profile("hexward")

# What a script starts in the background ignores Ctrl-C, and so would all that the tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _is_local(host: str) -> bool:
    if host in {"", "localhost"} or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _refuse_other_hosts(event: str, arguments: tuple[object, ...]) -> None:
    """Fail the test that looks up or connects to another machine.

    pytest's own exception derives from BaseException, so code that turns connection errors into gaps cannot swallow it.
    """
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    name = host.decode() if isinstance(host, bytes) else host
    if isinstance(name, str) and not _is_local(name):
        pytest.fail(f"a test may talk to loopback alone, not to {name}")


sys.addaudithook(_refuse_other_hosts)


@pytest.fixture(autouse=True, scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Stand in for the environment of the person who runs the tests: test credentials, and state in a temporary folder."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS"):
            patch.delenv(name, raising=False)
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        patch.setenv("AWS_CONFIG_FILE", os.devnull)
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield
