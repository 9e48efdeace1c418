"""From rows to documents: what the agreement, the attendance sheet and the certificate say."""

from collections.abc import Mapping
from datetime import date, datetime

from django.urls import reverse

from werkpfad.base.core.addresses import absolute
from werkpfad.base.core.days import BERLIN, in_figures
from werkpfad.base.core.pdf import Letterhead
from werkpfad.base.core.ui.parts import Fact, Link
from werkpfad.journey.applications.law import break_minutes, check
from werkpfad.journey.applications.queries import case_of
from werkpfad.journey.internships.enums import ProgrammeKind
from werkpfad.journey.placements import documents
from werkpfad.journey.placements.attested import tasks_of
from werkpfad.journey.placements.enums import SEATED, Answer, Side
from werkpfad.journey.placements.models import Certificate, DaysCertificate, Placement
from werkpfad.journey.placements.queries import days_of
from werkpfad.journey.placements.questions import QUESTIONS, SCALE
from werkpfad.journey.placements.visibility import Viewer
from werkpfad.region.network.models import Region

INSURANCE = (
    "Das Praktikum ist eine Schulveranstaltung. Schüler:innen sind dabei und auf dem direkten Weg "
    "gesetzlich unfallversichert (§ 2 Abs. 1 Nr. 8 Buchst. b SGB VII)."
)
INSURANCE_VOLUNTARY = (
    "Das Praktikum ist keine Schulveranstaltung. Die Unfallversicherung trägt die Berufsgenossenschaft "
    "des Betriebs (§ 2 Abs. 1 SGB VII)."
)
PRIVACY = (
    "Die Angaben dienen nur diesem Praktikum. Betrieb und Schule löschen sie, sobald keine gesetzliche "
    "Pflicht zur Aufbewahrung mehr besteht."
)


def letterhead(region: Region) -> Letterhead:
    parts = (region.contact_name, region.contact_phone, region.contact_email)
    return Letterhead(region=region.name, contact=" · ".join(p for p in parts if p))


def papers_of(placement: Placement, viewer: Viewer) -> list[Link]:
    """The documents a viewer may download now. Expects `queries.with_papers`."""
    if placement.state not in SEATED or viewer is Viewer.COORDINATOR:
        return []
    key = placement.public_id
    links = [Link("Vereinbarung (PDF)", reverse("placements:agreement_pdf", args=[key]), "file")]
    if viewer in (Viewer.SCHOOL, Viewer.COMPANY):
        url = reverse("placements:attendance_pdf", args=[key])
        links.append(Link("Anwesenheitsliste (PDF)", url, "list"))
    certificate = getattr(placement, "certificate", None)
    if certificate is not None and certificate.revoked_at is None:
        url = reverse("placements:certificate_pdf", args=[key])
        links.append(Link("Bescheinigung (PDF)", url, "medal"))
    return links


def days_sheet_link(placement: Placement, viewer: Viewer) -> Link | None:
    """The way to the sum sheet of a week; for those who may make it, once the day is certified."""
    certificate = getattr(placement, "certificate", None)
    is_day = placement.slot.programme.kind == ProgrammeKind.WEEK
    if certificate is None or certificate.revoked_at is not None or not is_day:
        return None
    if viewer not in (Viewer.PUPIL, Viewer.SCHOOL):
        return None
    url = reverse("placements:days_sheet", args=[placement.public_id])
    return Link("Alle Tage auf einem Blatt", url, "list")


def scores_of(side: Side, scores: Mapping[str, int], text: str) -> list[Fact]:
    """A side's answers in words; answers to questions that no longer exist are left out."""
    facts = [Fact(q.short, SCALE[scores[q.code]]) for q in QUESTIONS[side] if q.code in scores]
    return [*facts, Fact("In eigenen Worten", text)] if text else facts


def agreement_of(placement: Placement, *, today: date) -> documents.AgreementDocument:
    """Expects `queries.with_details`."""
    slot, pupil = placement.slot, placement.pupil
    offer, programme = slot.offer, slot.programme
    school = pupil.school_class.school.organisation
    region = programme.region
    insurance = INSURANCE if programme.is_school_event else INSURANCE_VOLUNTARY
    return documents.AgreementDocument(
        letterhead=letterhead(region),
        reference=placement.public_id[:8].upper(),
        version=1,
        programme=programme.title,
        pupil=documents.Party(name=pupil.full_name, lines=_home(placement)),
        born_on=pupil.birth_date,
        class_name=pupil.school_class.name,
        company=documents.Party(
            name=offer.organisation.name, lines=(str(offer.site),), contact=offer.contact_name
        ),
        school=documents.Party(name=school.name, lines=_address(placement)),
        first_day=slot.first_day,
        last_day=slot.last_day,
        place=str(offer.site),
        hours=_hours(placement),
        limit=_limit(placement),
        activities=tasks_of(offer) or (offer.title,),
        supervisor=placement.supervisor_name or offer.contact_name,
        absence_contacts=_absence(placement),
        insurance=(region.insurance_text if programme.is_school_event else "") or insurance,
        data_protection=PRIVACY,
        signatures=_signatures(placement),
        dated=today,
        is_school_event=programme.is_school_event,
    )


def _home(placement: Placement) -> tuple[str, ...]:
    pupil = placement.pupil
    home = f"{pupil.home_postal_code} {pupil.home_place}".strip()
    return (home,) if home else ()


def _address(placement: Placement) -> tuple[str, ...]:
    sites = placement.pupil.school_class.school.organisation.sites.filter(is_main=True)
    return tuple(str(site) for site in sites[:1])


def _hours(placement: Placement) -> tuple[documents.DailyHours, ...]:
    """The company's usual times with the break of § 11; empty if the company has not said."""
    offer, slot = placement.slot.offer, placement.slot
    if offer.starts_at is None or offer.ends_at is None:
        return ()
    pause = break_minutes(offer.starts_at, offer.ends_at)
    days = in_figures(slot.first_day) if slot.first_day == slot.last_day else "Montag bis Freitag"
    return (
        documents.DailyHours(
            days=days, starts=offer.starts_at, ends=offer.ends_at, break_minutes=pause
        ),
    )


def _limit(placement: Placement) -> documents.HoursLimit | None:
    limits = check(case_of(placement.pupil, placement.slot)).limits
    if limits.hours_a_day is None or limits.hours_a_week is None:
        return None
    return documents.HoursLimit(
        hours_per_day=limits.hours_a_day,
        hours_per_week=limits.hours_a_week,
        source=limits.paragraph,
    )


def _absence(placement: Placement) -> str:
    offer = placement.slot.offer
    reach = offer.contact_phone or offer.contact_email or "siehe oben"
    school = placement.pupil.school_class.school.organisation.name
    return f"Betrieb ({offer.contact_name}): {reach}. Schule: Sekretariat {school}."


def _signatures(placement: Placement) -> tuple[documents.SignatureLine, ...]:
    """Who has agreed on line stands with date and time; guardians sign on paper."""
    at = {c.side: c.answered_at for c in placement.consents.all() if c.answer == Answer.YES}
    offer = placement.slot.offer

    def local(side: Side) -> datetime | None:
        answered = at.get(side)
        return answered.astimezone(BERLIN) if answered else None

    return (
        documents.SignatureLine(
            role="Schüler:in", name=placement.pupil.full_name, confirmed_at=local(Side.PUPIL)
        ),
        documents.SignatureLine(role="Erziehungsberechtigte Person"),
        documents.SignatureLine(
            role="Betrieb", name=offer.contact_name, confirmed_at=local(Side.COMPANY)
        ),
        documents.SignatureLine(role="Schule", confirmed_at=local(Side.SCHOOL)),
    )


def attendance_sheet_of(placement: Placement, *, today: date) -> documents.AttendanceSheet:
    slot, pupil = placement.slot, placement.pupil
    offer = slot.offer
    expected = ""
    if offer.starts_at and offer.ends_at:
        expected = f"{offer.starts_at:%H:%M} bis {offer.ends_at:%H:%M}"
    school = pupil.school_class.school.organisation.name
    return documents.AttendanceSheet(
        letterhead=letterhead(slot.programme.region),
        programme=slot.programme.title,
        company=offer.organisation.name,
        supervisor=placement.supervisor_name or offer.contact_name,
        school=school,
        rows=tuple(
            documents.AttendanceRow(day=day, pupil=pupil.full_name, expected=expected)
            for day in days_of(placement)
        ),
        address=absolute(reverse("placements:today")),
        return_to=f"{school}, Klasse {pupil.school_class.name}",
        dated=today,
    )


def certificate_of(certificate: Certificate) -> documents.CertificateDocument:
    """Only what was frozen when it was issued; the letterhead is today's."""
    content = certificate.content
    region = certificate.placement.slot.programme.region
    return documents.CertificateDocument(
        letterhead=letterhead(region),
        programme=content["programme"],
        pupil=f"{content['given_name']} {content['family_name']}",
        school=content["school"],
        company=content["company"],
        company_place=content["company_place"],
        first_day=date.fromisoformat(content["first_day"]),
        last_day=date.fromisoformat(content["last_day"]),
        days_present=content["days_present"],
        days_planned=content["days_planned"],
        field=content["field"],
        tasks=tuple(content["tasks"]),
        verification=documents.Verification(
            code=printed_code(certificate.code),
            page=absolute(reverse("placements:check_form")),
            link=absolute(reverse("placements:check", args=[certificate.code])),
        ),
        dated=date.fromisoformat(content["issued_on"]),
    )


def days_certificate_of(sheet: DaysCertificate) -> documents.DaysDocument:
    """Only what was frozen when it was made; the letterhead is today's. Expects the programme's region."""
    content = sheet.content
    return documents.DaysDocument(
        letterhead=letterhead(sheet.programme.region),
        programme=content["programme"],
        pupil=f"{content['given_name']} {content['family_name']}",
        school=content["school"],
        days=tuple(
            documents.DayEntry(
                day=date.fromisoformat(row["day"]),
                company=row["company"],
                place=row["place"],
                field=row["field"],
                hours=row["hours"],
            )
            for row in content["days"]
        ),
        verification=documents.Verification(
            code=printed_code(sheet.code),
            page=absolute(reverse("placements:check_form")),
            link=absolute(reverse("placements:check", args=[sheet.code])),
        ),
        dated=date.fromisoformat(content["issued_on"]),
    )


def printed_code(code: str) -> str:
    """'abcd-efgh-jkmn': in groups of four, easier to type."""
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))
