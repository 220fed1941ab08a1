"""What subscriptions hand over to the API."""

from __future__ import annotations

from schema.graphql.subject import SubjectSchema
from schema.subscriptions.enums import ENUMS
from schema.subscriptions.mutations import WebhookMutation
from schema.subscriptions.queries import WebhookQuery
from schema.subscriptions.types import ATTEMPTS, WEBHOOKS

SCHEMA = SubjectSchema(
    queries=(WebhookQuery,),
    mutations=(WebhookMutation,),
    loaders=(ATTEMPTS, WEBHOOKS),
    enums=ENUMS,
)
