"""What attachments hand over to the API."""

from __future__ import annotations

from core.kernel.codes import Permission
from schema.attachments.enums import ENUMS
from schema.attachments.loaders import ATTACHMENTS, LOADERS
from schema.attachments.mutations import AttachmentMutation
from schema.graphql.subject import NodeKind, SubjectSchema

SCHEMA = SubjectSchema(
    mutations=(AttachmentMutation,),
    nodes=(NodeKind("Attachment", ATTACHMENTS, Permission.READ_CONTENT),),
    loaders=LOADERS,
    enums=ENUMS,
)
