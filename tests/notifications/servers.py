"""Mail servers of every temper, each real and on a free port."""

import asyncio
import socket
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from django.test import override_settings


class Server:
    """Takes mails, or answers what `temper` says for an address."""

    def __init__(self, temper: Callable[[str], str]) -> None:
        self.temper = temper
        self.received: list[tuple[str, str]] = []

    async def handle_RCPT(  # noqa: N802 -- the library's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        answer = self.temper(address)
        if answer == "hang":
            await asyncio.sleep(30)
        if not answer.startswith("250"):
            return answer
        envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 -- the library's name
        text = (envelope.content or b"").decode()
        self.received += [(address, text) for address in envelope.rcpt_tos]
        return "250 OK"


def settings_for(port: int) -> Any:
    return override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
        EMAIL_USE_TLS=False,
        EMAIL_USE_SSL=False,
        EMAIL_TIMEOUT=1,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(temper: Callable[[str], str] = lambda address: "250 OK") -> Any:
    """A server; Django sends to it."""
    handler = Server(temper)
    port = _free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with settings_for(port):
            yield handler
    finally:
        controller.stop()


def nobody_there() -> Any:
    """No server: port 1 refuses every connection."""
    return settings_for(1)
