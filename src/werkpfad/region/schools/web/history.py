"""The history of one pupil in words, from the audit log. The log holds no names, so none can leak from it."""

from werkpfad.base.core.days import day_of
from werkpfad.base.core.models import AuditEvent
from werkpfad.base.core.ui.parts import Event
from werkpfad.region.schools.models import Pupil

LONGEST = 60
WORDS = {
    "pupil.added": "In die Klasse aufgenommen",
    "pupil.updated": "Angaben geändert",
    "pupil.moved": "Klasse gewechselt",
    "pupil.left": "Abgemeldet",
    "pupil.brought_back": "Abmeldung zurückgenommen",
    "code.created": "Code angelegt",
    "code.renewed": "Neuer Code",
    "profile.saved": "Profil ergänzt",
    "application.submitted": "Bewerbung abgeschickt",
    "application.withdrawn": "Bewerbung zurückgezogen",
    "application.declined": "Absage vom Betrieb",
    "application.accepted": "Zusage vom Betrieb",
    "application.expired": "Antwortfrist einer Bewerbung abgelaufen",
    "application.superseded": "Bewerbung erledigt: anderer Platz",
    "placement.proposed": "Platz vorgeschlagen",
    "placement.company_yes": "Betrieb sagt ja",
    "placement.company_no": "Betrieb sagt nein",
    "placement.pupil_yes": "Schüler:in sagt ja",
    "placement.pupil_no": "Schüler:in sagt nein",
    "placement.school_yes": "Schule genehmigt",
    "placement.school_no": "Schule lehnt ab",
    "placement.company_open": "Antwort des Betriebs zurückgenommen",
    "placement.pupil_open": "Antwort der Schüler:in zurückgenommen",
    "placement.school_open": "Antwort der Schule zurückgenommen",
    "placement.confirmed": "Platz bestätigt",
    "placement.declined": "Platz nicht zustande gekommen",
    "placement.expired": "Frist für einen Platz abgelaufen",
    "placement.cancelled": "Platz abgesagt",
    "placement.completed": "Praktikum abgeschlossen",
    "placement.certificate": "Bescheinigung ausgestellt",
    "placement.certificate_revoked": "Bescheinigung zurückgezogen",
    "placement.feedback": "Rückmeldung gegeben",
}


def history_of(pupil: Pupil) -> list[Event]:
    """What happened around the pupil, the newest first; repeated savings of a profile on one day count once."""
    ids = [pupil.public_id]
    ids += pupil.placements.values_list("public_id", flat=True)
    ids += pupil.applications.values_list("public_id", flat=True)
    if hasattr(pupil, "profile"):
        ids.append(pupil.profile.public_id)
    if pupil.user is not None and hasattr(pupil.user, "access_code"):
        ids.append(pupil.user.access_code.public_id)
    rows = AuditEvent.objects.filter(object_id__in=ids, event__in=WORDS)
    events: list[Event] = []
    for row in rows.order_by("-at", "-pk")[:LONGEST]:
        once_a_day = row.event == "profile.saved"
        event = Event(WORDS[row.event], at=day_of(row.at) if once_a_day else row.at)
        if event not in events:
            events.append(event)
    return events
