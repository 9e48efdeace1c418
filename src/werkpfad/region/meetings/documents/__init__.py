"""What meetings put on paper."""

from werkpfad.region.meetings.documents.attendance import (
    AttendanceCertificate,
    AttendanceRow,
    AttendanceSheet,
    attendance_certificate,
    attendance_sheet,
)

__all__ = [
    "AttendanceCertificate",
    "AttendanceRow",
    "AttendanceSheet",
    "attendance_certificate",
    "attendance_sheet",
]
