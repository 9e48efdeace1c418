"""What a placement needs on paper: agreement, attendance sheet, class overview, certificate, sum sheet of days."""

from werkpfad.journey.placements.documents.agreement import (
    AgreementDocument,
    DailyHours,
    HoursLimit,
    Party,
    SignatureLine,
    agreements,
)
from werkpfad.journey.placements.documents.attendance import (
    AttendanceRow,
    AttendanceSheet,
    attendance_sheet,
)
from werkpfad.journey.placements.documents.certificate import (
    CertificateDocument,
    DayEntry,
    DaysDocument,
    Verification,
    certificates,
    days_certificates,
)
from werkpfad.journey.placements.documents.placement_list import (
    PlacementList,
    PlacementRow,
    placement_list,
)

__all__ = [
    "AgreementDocument",
    "AttendanceRow",
    "AttendanceSheet",
    "CertificateDocument",
    "DailyHours",
    "DayEntry",
    "DaysDocument",
    "HoursLimit",
    "Party",
    "PlacementList",
    "PlacementRow",
    "SignatureLine",
    "Verification",
    "agreements",
    "attendance_sheet",
    "certificates",
    "days_certificates",
    "placement_list",
]
