"""Why graphql-core answers something: known when a plan is made, or found out when it runs."""

from __future__ import annotations

from core.law.russian import Code


class Reason(Code):
    """What keeps a root field, or a whole document, from being answered by a plan."""

    MUTATION = "mutation", "это изменение: их всегда выполняет graphql-core"
    OPERATION = "operation", "операция с таким именем в документе не названа"
    INTROSPECTION = "introspection", "служебное поле GraphQL"
    RESOLVER = "resolver", "поле отвечает кодом, который ждёт базу"
    EXTENSION = "extension", "на поле стоит расширение, которого план не знает"
    ABSTRACT = "abstract", "тип становится известен только вместе со строкой"
    VARIABLE = "variable", "аргумент вложенного поля приходит в переменной"
    COLUMN = "column", "поле строки не столбец таблицы"
    PROMISED = "promised", "строка обещана, а её может не быть"
    DOUBT = "doubt", "есть ли названное, знает только база: она скажет об этом один раз"
    ARGUMENTS = "arguments", "аргументы или переменные не подходят"
    JOURNALLED = "journalled", "чтение остаётся в журнале: документ выполняется один раз и целиком"
    PERMISSION = "permission", "спрашивающему не хватает права"
    NULL = "null", "нет значения там, где схема его обещает"
    REFUSED = "refused", "отказ по правилам"
    STOPPED = "stopped", "рядом уже не удалось, читать дальше незачем"
    ERRORS = "errors", "поле без плана ответило ошибкой"
    FAILED = "failed", "план сломался: подробности в журнале программы"


class Unplanned(Exception):
    """The ordinary executor must answer: for this reason, found at this field of this type."""

    def __init__(self, reason: Reason, at: str = "") -> None:
        self.reason, self.at = reason, at
        super().__init__(f"{reason}: {at}" if at else str(reason))
