"""`python -m tests.docs.letterbox FOLDER`: the link of the only letter that came to the citizen."""

from __future__ import annotations

import mailbox
import re
import sys
from email import message_from_bytes, policy

LINK = re.compile(r"https://\S+/s/[\w-]+")


def link(folder: str) -> str:
    """The link of the only letter in this Maildir."""
    (letter,) = (raw.as_bytes() for raw in mailbox.Maildir(folder, create=False))
    text = message_from_bytes(letter, policy=policy.default).get_body(("plain",))
    assert text is not None
    (found,) = LINK.findall(text.get_content())
    return str(found)


if __name__ == "__main__":
    sys.stdout.write(link(sys.argv[1]))
