"""The letter that asks the applicant what he thinks of the result, with his link."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.appeals.notices.letters.head import Head
from core.appeals.notices.letters.reference import written


def asked(head: Head, until: date, norm: str, link: str) -> str:
    """The link is open through this local day; nobody signs, and the link comes last."""
    return replace(head, signer=None).letter(
        f"Рассмотрение {head.of_yours} завершено {written(head.today)}. Просим оценить его"
        f" результат по ссылке, которая действует по {written(until)} ({norm}):",
        link,
    )
