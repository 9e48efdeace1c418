"""How much of a file is read before it is refused."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """`max_bytes` counts the file as it is, `max_unpacked` what an Excel file holds once unpacked."""

    max_bytes: int = 25 * MEGABYTE
    max_unpacked: int = 250 * MEGABYTE
    max_rows: int = 100_000
    max_columns: int = 200
    max_cells: int = 3_000_000
    max_cell_chars: int = 32_767  # what one Excel cell can hold
