"""Turns an uploaded CSV or Excel file into rows of text with the numbers a person sees in Excel.

Nothing here knows what the columns mean. A file that cannot be read is refused as a whole with `FileRejected`,
whose text says what to do next; a row that is odd keeps its place and says why.
"""

from werkpfad.surface.exchange.tabular.limits import Limits
from werkpfad.surface.exchange.tabular.reading import check_size, read_table
from werkpfad.surface.exchange.tabular.table import FileRejected, SourceRow, Table

__all__ = ["FileRejected", "Limits", "SourceRow", "Table", "check_size", "read_table"]
