"""What fields of ratings are called wherever they stand."""

METHOD, PERIOD = "Ключ методики", "Квартал, как 2026-Q1"
SUBJECT, THEME = (
    "Ключ органа или подразделения; блока — block: и ключ",
    "Ключ тематики, если оценивают по каждой",
)
CRITERION, SOURCE = "Ключ критерия", "Кем и по чему проверено"
HITS, TOTAL = "Сколько из проверенного отвечает методике", "Сколько проверено"
