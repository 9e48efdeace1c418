"""One module per kind of file; `SPECS` is the list of all."""

from werkpfad.surface.exchange.enums import Kind
from werkpfad.surface.exchange.formats import (
    companies,
    occupations,
    offers,
    postal_codes,
    pupils,
    schools,
)
from werkpfad.surface.exchange.formats.spec import Lookup, Spec

SPECS: dict[Kind, Spec] = {
    module.SPEC.kind: module.SPEC
    for module in (schools, postal_codes, occupations, pupils, companies, offers)
}

__all__ = ["SPECS", "Lookup", "Spec"]
