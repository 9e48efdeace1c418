"""Documents of the network on paper."""

from werkpfad.region.atlas.documents.charter import Charter, charter

__all__ = ["Charter", "charter"]
