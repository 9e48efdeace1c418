"""Meetings in plain values: people, days, seats, agenda."""

from werkpfad.region.meetings.rules.people import MOST_LINES, PersonLine, ReadPeople, people_from

__all__ = ["MOST_LINES", "PersonLine", "ReadPeople", "people_from"]
