"""Files of acts that are wrong in one thing each, and the line that says so."""

from __future__ import annotations

from tests.contract.broken import Broken
from tests.contract.conftest import ACT

TOML = f"plugins/fifth/act.toml:{len(ACT.splitlines()) + 1}"
REST = 'number = "п. 3"\nquote = "Да."\nsays = "Yes."\narea = "sla"\nsoftware = "{}"\n'

BROKEN_ACTS = {
    "duplicate clause": Broken(
        "",
        f"{TOML}: норма «1» записана дважды",
        '[[clause]]\nid = "1"\n' + REST.format("none"),
    ),
    "clause without words": Broken("", f"{TOML}: нет ключа «number»", '[[clause]]\nid = "3"\n'),
    "clause with a misspelt key": Broken(
        "",
        f"{TOML}: лишний ключ «qoute»; похожий: «quote»",
        '[[clause]]\nid = "3"\nqoute = "x"\n',
    ),
    "clause of a wrong type": Broken(
        "",
        f"{TOML}: поле number: нужно str, дано 3 (int)",
        '[[clause]]\nid = "3"\n' + REST.format("none").replace('"п. 3"', "3"),
    ),
    "a clause without a quote": Broken(
        "",
        f"{TOML}: норма «3»: поле quote: пусто",
        '[[clause]]\nid = "3"\n' + REST.format("none").replace("Да.", " "),
    ),
    "a clause of no known use": Broken(
        "",
        f"{TOML}: поле software: нет значения «dat»; похожее: «data»",
        '[[clause]]\nid = "3"\n' + REST.format("dat"),
    ),
    "no TOML": Broken("", f"{TOML}: это не TOML, столбец 6: ", "id = \n"),
}
