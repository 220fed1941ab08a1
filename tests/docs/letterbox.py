"""`python -m tests.docs.letterbox FOLDER`: the link of the letter that came to the citizen first.

Others follow by themselves, as that of the closed case, sooner or later than it is looked for.
"""

from __future__ import annotations

import mailbox
import re
import sys
from email import message_from_bytes, policy

LINK = re.compile(r"https://\S+/s/[\w-]+")


def link(folder: str) -> str:
    """The link of the oldest letter in this Maildir."""
    first = min(mailbox.Maildir(folder, create=False), key=mailbox.MaildirMessage.get_date)
    text = message_from_bytes(first.as_bytes(), policy=policy.default).get_body(("plain",))
    assert text is not None
    (found,) = LINK.findall(text.get_content())
    return str(found)


if __name__ == "__main__":
    sys.stdout.write(link(sys.argv[1]))
