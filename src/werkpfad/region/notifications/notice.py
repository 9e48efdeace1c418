"""A notice: what to tell somebody, before it becomes a mail."""

from dataclasses import dataclass, field
from typing import Any

from django.template import Context
from django.template.loader import get_template

from werkpfad.region.notifications.enums import NoticeKind


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels with a mail; `mime` may carry parameters, as in `text/calendar; method=REQUEST`."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Notice:
    """Plain text in German. `dedupe_key` names the occasion: the same key is never told to the same address twice.

    A notice with attachments is never collected into a digest: a calendar has to receive it by itself.
    """

    kind: NoticeKind
    subject: str
    body: str
    dedupe_key: str
    urgent: bool = False
    attachments: tuple[Attachment, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)


def from_template(
    kind: NoticeKind,
    template: str,
    context: dict[str, Any],
    *,
    dedupe_key: str,
    urgent: bool = False,
    attachments: tuple[Attachment, ...] = (),
    headers: dict[str, str] | None = None,
) -> Notice:
    """Render a mail template: its first line is the subject, the rest the body. Text templates are not HTML-escaped."""
    text = get_template(template).template.render(Context(context, autoescape=False))  # type: ignore[attr-defined]
    subject, _, body = text.strip().partition("\n")
    return Notice(
        kind=kind,
        subject=" ".join(subject.split())[:200],
        body=body.strip() + "\n",
        dedupe_key=dedupe_key,
        urgent=urgent,
        attachments=attachments,
        headers=headers or {},
    )
