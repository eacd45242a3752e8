"""A mail server on loopback that does as it is told: accepts, refuses, hangs up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class PostOffice:
    """What arrived, and what the server answers to whom."""

    def __init__(self) -> None:
        self.arrived: list[EmailMessage] = []
        self.envelopes: list[tuple[str | None, list[str]]] = []
        self.to_recipient: dict[str, str] = {}
        self.to_content: list[str] = []
        self.hangs_up = False
        self.port = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        answer = self.to_recipient.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.hangs_up:
            assert server.transport is not None
            server.transport.abort()
            return "421 never heard"
        answer = self.to_content.pop(0) if self.to_content else "250 OK"
        if answer.startswith("250"):
            content = envelope.original_content
            assert content is not None
            self.arrived.append(message_from_bytes(content, policy=policy.default))  # type: ignore[arg-type]
            self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos)))
        return answer


class OnAnyPort(Controller):
    """A controller that lets the system choose its port."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Open one for a while, on a free port."""
    office = PostOffice()
    controller = OnAnyPort(office, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        office.port = controller.port
        yield office
    finally:
        controller.stop()
