"""What the centre does by itself: surveys after closings, duplicates, the sweep, figures."""

from dataclasses import replace
from datetime import timedelta

from core.api import (
    AnyJob,
    ApartJob,
    Job,
    Listener,
    answer_repeats,
    close_repeats,
    follow_appeal,
    follow_document,
    follow_stamps,
    hookimpl,
    issue_survey,
    release_repeats,
    run_batch,
    run_copy,
    run_destroy,
    run_draw,
    run_files,
    run_fill,
    run_fold,
    run_forget,
    run_law_watch,
    run_letters,
    run_mail,
    run_mark,
    run_obligations,
    run_problems,
    run_propose,
    run_recompute,
    run_renew_stamps,
    run_requests,
    run_scan,
    run_seal,
    run_stamp,
    run_sweep,
    run_sweep_files,
    run_tabulation,
    run_unfinished,
    run_watch,
    run_webhooks,
    run_witnesses,
    unfollow_document,
)

DONE = ("submitted", "restarted", "agreed", "issued", "approved")
UNDONE = ("withdrawn", "returned", "voided")
"""What of a document does the obligation of its period, and what takes that back."""


MOVED = ("registered", "prolonged", "receipt_told")
"""What begins the term of an appeal's own answer or moves it."""

TITLES = {
    "escalation.sweep": "надзор за сроками обращений",
    "journal.seal": "запечатывание журнала",
    "journal.witness": "подписи свидетелей журнала",
    "journal.stamp": "метки времени журнала",
    "erasures.resume": "окончание начатых удалений",
    "rollups.fold": "свод показателей",
    "mail.send": "отправка писем",
    "webhooks.deliver": "сообщения другим системам",
    "appeals.batch": "шаг для многих обращений",
    "tabulations.make": "заказанные таблицы",
    "tabulations.forget": "уничтожение старых таблиц",
    "appeals.copy": "копии обращений другим органам",
    "appeals.fill": "дозаполнение обращений",
    "applicants.mark": "указатель заявителей",
    "clusters.propose": "поиск сходных обращений",
    "attachments.scan": "проверка вложений антивирусом",
    "attachments.copy": "изображения вложений",
    "attachments.destroy": "уничтожение вложений",
    "attachments.sweep": "уборка вложений",
    "mailbox.files": "вложения входящих писем",
    "mailbox.letters": "надзор за входящими письмами",
    "structure.replacements": "надзор за замещениями",
    "documents.law": "надзор за маршрутами документов",
    "documents.stamps": "обновление меток документов",
    "obligations.sweep": "надзор за обязательствами",
    "problems.sweep": "надзор за проблемами",
    "requests.sweep": "надзор за запросами",
    "indicators.recompute": "пересчёт показателей",
}
"""What people call each job."""


@hookimpl
def listeners() -> tuple[Listener, ...]:
    """Closings are followed by one survey, repeats go with the case; reports do what is owed."""
    return (
        Listener("appeal.answered", answer_repeats),
        Listener("appeal.closed", issue_survey),
        Listener("appeal.closed", close_repeats),
        Listener("appeal.withdrawn", release_repeats),
        *(Listener(f"appeal.{one}", follow_appeal) for one in MOVED),
        *(Listener(f"document.{one}", follow_document) for one in DONE),
        *(Listener(f"document.{one}", unfollow_document) for one in UNDONE),
        Listener("document.stamp_renewed", follow_stamps),
    )


@hookimpl
def jobs() -> tuple[AnyJob, ...]:
    """The sweep is the truth about deadlines; messages are only hints.

    Figures over the system's own data are computed once their period has closed.
    """
    known: tuple[AnyJob, ...] = (
        Job("escalation.sweep", run_sweep, every=timedelta(minutes=10), leaves=True),
        ApartJob("journal.seal", run_seal, every=timedelta(seconds=20)),
        ApartJob("journal.witness", run_witnesses, every=timedelta(minutes=10), leaves=True),
        ApartJob("journal.stamp", run_stamp, every=timedelta(hours=1), leaves=True),
        ApartJob("erasures.resume", run_unfinished, every=timedelta(minutes=10)),
        Job("rollups.fold", run_fold, every=timedelta(minutes=1)),
        ApartJob("mail.send", run_mail, every=timedelta(minutes=1), leaves=True),
        ApartJob("webhooks.deliver", run_webhooks, every=timedelta(minutes=1), leaves=True),
        ApartJob("appeals.batch", run_batch, leaves=True),
        ApartJob("tabulations.make", run_tabulation),
        ApartJob("tabulations.forget", run_forget, every=timedelta(hours=1)),
        Job("appeals.copy", run_copy),
        Job("appeals.fill", run_fill, every=timedelta(minutes=5)),
        Job("applicants.mark", run_mark, every=timedelta(minutes=5)),
        ApartJob("clusters.propose", run_propose, every=timedelta(minutes=1)),
        ApartJob("attachments.scan", run_scan, every=timedelta(minutes=1)),
        ApartJob("attachments.copy", run_draw, every=timedelta(minutes=1)),
        ApartJob("attachments.destroy", run_destroy),
        ApartJob("attachments.sweep", run_sweep_files, every=timedelta(hours=6)),
        ApartJob("mailbox.files", run_files),
        Job("mailbox.letters", run_letters, every=timedelta(minutes=10)),
        Job("structure.replacements", run_watch, every=timedelta(hours=1), leaves=True),
        Job("documents.law", run_law_watch, every=timedelta(hours=6)),
        ApartJob("documents.stamps", run_renew_stamps, every=timedelta(minutes=10), leaves=True),
        Job("obligations.sweep", run_obligations, every=timedelta(hours=1), leaves=True),
        Job("problems.sweep", run_problems, every=timedelta(hours=6)),
        Job("requests.sweep", run_requests, every=timedelta(hours=1), leaves=True),
        Job("indicators.recompute", run_recompute, every=timedelta(hours=6)),
    )
    return tuple(replace(job, title=TITLES[job.name]) for job in known)
