"""The row that every write of a round locks first, so that two of them never cross."""

from werkpfad.journey.matching.models import Round


def locked_round(round_id: int) -> Round:
    """The stored round (by primary key), locked until the transaction ends, with programme and region."""
    rows = Round.objects.select_for_update(of=("self",)).select_related("programme__region")
    return rows.get(pk=round_id)
