"""A conversation with the relay (RFC 5321, RFC 3461), read only where letters are sent.

Everything up to DATA can be repeated; what happens after it is said exactly or said to be unknown.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from aiosmtplib import SMTP
from aiosmtplib.errors import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPHeloError,
    SMTPResponseException,
    SMTPSenderRefused,
)

from core.appeals.delivery.status import CODE
from core.appeals.mail.trouble import Refused, RelayTrouble, Unknown
from core.kernel.settings import RegionSettings

TIMEOUT_SECONDS = 60.0
CLOSING = 421
"""The relay is going away: no letter's fault."""

NOT_XTEXT = re.compile(r"[^!-*,-<>-~]")


class Relay:
    """The conversation; one letter after the other."""

    def __init__(self, smtp: SMTP) -> None:
        self._smtp = smtp

    @property
    def tells_fates(self) -> bool:
        """Whether it was asked to report what becomes of letters (DSN)."""
        return self._smtp.supports_extension("dsn")

    async def begin(self, returns: str, to: str, token: str) -> None:
        """Say from where and to whom. Raises Refused or RelayTrouble; the letter has not left."""
        sender, recipient = [], []
        if self.tells_fates:
            sender = ["RET=HDRS", f"ENVID={token}"]
            recipient = ["NOTIFY=SUCCESS,FAILURE,DELAY", f"ORCPT=rfc822;{xtext(to)}"]
        try:
            await self._smtp.mail(returns, options=sender)
            await self._smtp.rcpt(to, options=recipient)
        except SMTPSenderRefused as error:
            text = (
                f"отправителя не принимает ({error.code}): проверьте MAIL_FROM, SMTP_USER и права"
            )
            raise RelayTrouble(text) from None
        except SMTPResponseException as error:
            if error.code == CLOSING:
                raise RelayTrouble("закрывает соединение (421)") from None
            raise _refused(error) from None
        except (SMTPException, OSError) as error:
            raise RelayTrouble(f"замолчал ({type(error).__name__})") from None

    async def finish(self, letter: bytes) -> None:
        """Hand the letter over. Raises Refused or Unknown."""
        try:
            await self._smtp.data(letter)
        except SMTPResponseException as error:
            raise _refused(error) from None
        except (SMTPException, OSError):
            raise Unknown from None

    async def abandon(self) -> None:
        """Forget the letter that was begun; what fails here shows at the next one."""
        with suppress(SMTPException, OSError):
            await self._smtp.rset()


@asynccontextmanager
async def conversation(own: RegionSettings) -> AsyncIterator[Relay]:
    """Talk with the region's relay; RelayTrouble where it cannot be reached or does not let in."""
    secret = own.smtp_password
    smtp = SMTP(
        hostname=own.smtp_host,
        port=own.smtp_port,
        username=own.smtp_user,
        password=secret.get_secret_value() if secret and own.smtp_user else None,
        use_tls=own.smtp_tls == "implicit",
        start_tls=own.smtp_tls == "starttls",
        local_hostname=(own.mail_from or "").rpartition("@")[2],
        timeout=TIMEOUT_SECONDS,
    )
    try:
        await smtp.connect()
        await smtp.ehlo()
    except SMTPAuthenticationError as error:
        text = f"не пускает ({error.code}): проверьте SMTP_USER и SMTP_PASSWORD"
        raise RelayTrouble(text) from None
    except SMTPHeloError as error:
        raise RelayTrouble(f"не принимает приветствие ({error.code})") from None
    except (SMTPException, OSError, ValueError) as error:
        text = f"не отвечает ({type(error).__name__}): проверьте SMTP_HOST, SMTP_PORT и SMTP_TLS"
        raise RelayTrouble(text) from None
    try:
        yield Relay(smtp)
    finally:
        with suppress(SMTPException, OSError):
            await smtp.quit()
        smtp.close()


def xtext(text: str) -> str:
    """The text as a parameter of ESMTP may carry it (RFC 3461, 4)."""
    return NOT_XTEXT.sub(lambda found: f"+{ord(found[0]):02X}", text)


def _refused(error: SMTPResponseException) -> Refused:
    found = CODE.match(error.message.strip())
    kind = error.code // 100
    return Refused(found[0] if found else f"{kind}.0.0", temporary=kind != 5)
