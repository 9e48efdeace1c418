"""Audit events of a placement in words for its history."""

from collections.abc import Mapping

HISTORY: Mapping[str, str] = {
    "placement.proposed": "Platz vorgeschlagen",
    "placement.company_yes": "Betrieb hat zugesagt",
    "placement.company_no": "Betrieb hat abgesagt",
    "placement.company_open": "Betrieb hat die Zusage zurückgenommen",
    "placement.pupil_yes": "Schüler:in hat zugesagt",
    "placement.pupil_no": "Schüler:in hat abgesagt",
    "placement.pupil_open": "Schüler:in hat die Zusage zurückgenommen",
    "placement.school_yes": "Schule hat genehmigt",
    "placement.school_no": "Schule hat abgelehnt",
    "placement.school_open": "Schule hat die Genehmigung zurückgenommen",
    "placement.supervisor": "Betreuung im Betrieb benannt",
    "placement.confirmed": "Platz bestätigt",
    "placement.declined": "Vorschlag geschlossen",
    "placement.expired": "Frist abgelaufen",
    "placement.cancelled": "Praktikum abgesagt",
    "placement.completed": "Praktikum beendet",
    "placement.attendance": "Anwesenheit eingetragen",
    "placement.attendance_taken_back": "Anwesenheit zurückgenommen",
    "placement.feedback": "Rückmeldung gegeben",
    "placement.certificate": "Bescheinigung ausgestellt",
    "placement.certificate_revoked": "Bescheinigung zurückgezogen",
}
