"""Rows of attachments that fields ask for: those of cases whose content is open to the actor."""

from __future__ import annotations

from core.appeals.attachments import readable
from core.attachments.model import Attachment
from schema.graphql.loaders import Rows

OF_APPEALS = Rows(Attachment.owner_id, Attachment.id, visible=readable)
ATTACHMENTS = Rows(Attachment.id, visible=readable)
LOADERS = (OF_APPEALS, ATTACHMENTS)
