"""What meetings put on paper."""

from werkpfad.region.meetings.documents.attendance import (
    AttendanceCertificate,
    AttendanceRow,
    AttendanceSheet,
    attendance_certificate,
    attendance_sheet,
)
from werkpfad.region.meetings.documents.minutes import (
    MinutesDocument,
    MinutesItem,
    MinutesTask,
    minutes_pdf,
)

__all__ = [
    "AttendanceCertificate",
    "AttendanceRow",
    "AttendanceSheet",
    "MinutesDocument",
    "MinutesItem",
    "MinutesTask",
    "attendance_certificate",
    "attendance_sheet",
    "minutes_pdf",
]
