"""An offer as schema.org data, so that search engines show it as a place to work at for a while."""

from typing import Any

from werkpfad.base.core.addresses import absolute
from werkpfad.journey.internships.models import Offer, Slot


def job_posting(offer: Offer) -> dict[str, Any]:
    """JobPosting without any person: what, where, from when and by whom. `offer` comes from `with_cards`."""
    slots: list[Slot] = offer.coming_slots  # type: ignore[attr-defined]
    posting: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": offer.title,
        "description": offer.description,
        "employmentType": "INTERN",
        "datePosted": f"{offer.published_at:%Y-%m-%d}" if offer.published_at else None,
        "hiringOrganization": {"@type": "Organization", "name": offer.organisation.name},
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": offer.site.street,
                "postalCode": offer.site.postal_code,
                "addressLocality": offer.site.place_name,
                "addressCountry": "DE",
            },
        },
        "url": absolute(f"/angebote/{offer.public_id}/"),
    }
    if slots:
        posting["validThrough"] = f"{max(slot.first_day for slot in slots):%Y-%m-%d}"
    return posting
