"""What is told about a round before it is run."""

from django.template import Context
from django.template.loader import get_template
from django.urls import reverse

from werkpfad.base.core.addresses import absolute
from werkpfad.journey.internships.models import Offer
from werkpfad.journey.matching.models import Round
from werkpfad.region.notifications.enums import NoticeKind
from werkpfad.region.notifications.notice import Notice, from_template
from werkpfad.region.schools.models import SchoolClass


def asking_draft(offer: Offer, round_: Round) -> tuple[str, str]:
    """Subject and text with which a company is asked for one more seat, to be changed by the office."""
    context = {
        "offer": offer,
        "programme": round_.programme,
        "region": round_.programme.region,
        "address": absolute(reverse("internships:offer_list")),
    }
    template = get_template("matching/mail/ask_seat.txt").template  # type: ignore[attr-defined]
    text = template.render(Context(context, autoescape=False))
    subject, _, body = text.strip().partition("\n")
    return " ".join(subject.split()), body.strip() + "\n"


def asked_for_seat(offer: Offer, round_: Round, *, subject: str, body: str) -> Notice:
    """The office's own words; a company is asked once per offer and round."""
    return Notice(
        kind=NoticeKind.ROUND,
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        dedupe_key=f"ask-seat:{round_.public_id}:{offer.public_id}",
    )


def wishes_missing(school_class: SchoolClass, count: int, round_: Round, day: str) -> Notice:
    """To a class's teacher: how many lists are missing, without names. Once a day at most."""
    context = {
        "school_class": school_class,
        "count": count,
        "round": round_,
        "programme": round_.programme,
        "region": round_.programme.region,
        "address": absolute(reverse("schools:class_page", args=[school_class.public_id])),
    }
    return from_template(
        NoticeKind.ROUND,
        "matching/mail/wishes_missing.txt",
        context,
        dedupe_key=f"wishes:{round_.public_id}:{school_class.public_id}:{day}",
    )
