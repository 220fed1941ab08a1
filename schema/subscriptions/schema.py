"""What subscriptions hand over to the API."""

from __future__ import annotations

from schema.graphql.subject import SubjectSchema
from schema.subscriptions.enums import ENUMS
from schema.subscriptions.mutations import WebhookMutation
from schema.subscriptions.queries import WebhookQuery
from schema.subscriptions.stream import StreamQuery, StreamSubscription
from schema.subscriptions.types import ATTEMPTS, WEBHOOKS

SCHEMA = SubjectSchema(
    queries=(WebhookQuery, StreamQuery),
    mutations=(WebhookMutation,),
    subscriptions=(StreamSubscription,),
    loaders=(ATTEMPTS, WEBHOOKS),
    enums=ENUMS,
)
