"""Mail: one letter to one person over SMTP, and an exact word on how it ended."""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from webapp.enums import LetterState
from webapp.models import Letter, utc_now

TIMEOUT_SECONDS = 30
# Seven-bit: old servers at small labs do not all know 8BITMIME.
WIRE = policy.SMTP.clone(cte_type="7bit")


class Outcome(NamedTuple):
    """How sending ended: the letter's next state, and a code with the server's words."""

    state: LetterState
    error: str = ""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Where letters go out, and in whose name. Without a host there is no mail."""

    host: str
    port: int
    user: str
    security: str
    sender: str
    password: str = field(repr=False, default="")

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Self:
        """Read them from the application's settings."""
        return cls(
            host=config["SMTP_HOST"],
            port=config["SMTP_PORT"],
            user=config["SMTP_USER"],
            password=config["SMTP_PASSWORD"],
            security=config["SMTP_SECURITY"],
            sender=config["MAIL_FROM"],
        )

    @property
    def address(self) -> str:
        """The bare address letters come from."""
        return parseaddr(self.sender)[1]

    @property
    def domain(self) -> str:
        """The sender's domain: names our letters and greets the server, not this machine."""
        return self.address.partition("@")[2] or "localhost"


def compose(letter: Letter, settings: MailSettings) -> EmailMessage:
    """Give the message: plain text, the same identity at every try, nothing said about us.

    Raises
    ------
    ValueError
        When a header would break out of its line.
    """
    message = EmailMessage(policy=WIRE)
    message["Message-ID"] = f"<{letter.message_id}@{settings.domain}>"
    message["Date"] = format_datetime(utc_now())
    message["From"] = settings.sender
    message["To"] = letter.address
    message["Subject"] = letter.subject
    # First the text: setting it drops every Content-… header.
    message.set_content(letter.body, charset="utf-8")
    if letter.language:
        message["Content-Language"] = letter.language
    return message


def write_file(letter: Letter, settings: MailSettings, folder: Path) -> Path:
    """Keep a letter as an ``.eml`` file that only this account may read."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"letter-{letter.id}.eml"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(compose(letter, settings).as_bytes())
    return path


class Post:
    """A round to the mail server: connects when first needed, quits at the end."""

    def __init__(self, settings: MailSettings) -> None:
        self.settings = settings
        self._server: smtplib.SMTP | None = None
        # Once the server is out of reach, the rest of this round waits too.
        self._out_of_reach = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._hang_up()

    def send(self, letter: Letter) -> Outcome:
        """Send one letter and tell how it ended; never raises for what a server does."""
        try:
            content = compose(letter, self.settings).as_bytes()
            letter.address.encode("ascii")
        except (ValueError, UnicodeError):
            return Outcome(LetterState.FAILED, "refused The address or the subject is not valid.")
        if not self._out_of_reach:
            self._connect()
        if self._server is None:
            return Outcome(LetterState.QUEUED, f"try_later {self._out_of_reach}")
        return self._speak(self._server, letter.address, content)

    def _connect(self) -> None:
        if self._server is not None:
            return
        settings = self.settings
        try:
            if settings.security == "tls":
                server: smtplib.SMTP = smtplib.SMTP_SSL(
                    settings.host,
                    settings.port,
                    local_hostname=settings.domain,
                    timeout=TIMEOUT_SECONDS,
                    context=ssl.create_default_context(),
                )
            else:
                server = smtplib.SMTP(
                    settings.host,
                    settings.port,
                    local_hostname=settings.domain,
                    timeout=TIMEOUT_SECONDS,
                )
            self._server = server
            if settings.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if settings.user:
                server.login(settings.user, settings.password)
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            self._out_of_reach = _words(error)

    def _speak(self, server: smtplib.SMTP, address: str, content: bytes) -> Outcome:
        """Hold the dialogue by hand: it matters on which side of DATA it breaks."""
        try:
            server.ehlo_or_helo_if_needed()
            for say in (
                partial(server.mail, self.settings.address),
                partial(server.rcpt, address),
                partial(server.docmd, "DATA"),
            ):
                code, reply = say()
                if code >= 400:
                    server.rset()
                    return _refusal(code, reply)
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            return Outcome(LetterState.QUEUED, f"try_later {_words(error)}")
        try:
            server.send(re.sub(rb"(?m)^\.", b"..", content) + b".\r\n")
            code, reply = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            return Outcome(LetterState.UNSURE, f"fate_unknown {_words(error)}")
        return Outcome(LetterState.SENT) if code < 400 else _refusal(code, reply)

    def _hang_up(self) -> None:
        if self._server is None:
            return
        try:
            self._server.quit()
        except (OSError, smtplib.SMTPException):
            self._server.close()
        self._server = None


def _refusal(code: int, reply: bytes) -> Outcome:
    words = f"{code} {reply.decode('utf-8', 'replace')}".replace("\n", " ")
    if code >= 500:
        return Outcome(LetterState.FAILED, f"refused {words}")
    return Outcome(LetterState.QUEUED, f"try_later {words}")


def _words(error: Exception) -> str:
    """Give what went wrong in a line, without a password or a body in it."""
    if isinstance(error, smtplib.SMTPResponseException):
        reply = error.smtp_error
        text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
        return f"{error.smtp_code} {text}".replace("\n", " ")
    return (str(error) or type(error).__name__).replace("\n", " ")
