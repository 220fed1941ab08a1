"""Pages out of templates: everything in them is escaped, nothing is fetched from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


class Templates(Environment):
    """Templates that are mostly given answers of the API: of a mapping a name is its key first.

    An attribute that is not there costs an exception, and a key that is one of its methods' names
    (`values`) is a key.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        """See Environment."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def environment(*folders: Path) -> Environment:
    """The templates of these folders, each as it stands when it is first read."""
    return Templates(
        auto_reload=False,
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
