"""The database side of each kind: what is there already, and how a checked row is written."""

from werkpfad.surface.exchange.enums import Kind
from werkpfad.surface.exchange.stores.companies import CompanyStore
from werkpfad.surface.exchange.stores.ledger import Ledger
from werkpfad.surface.exchange.stores.offers import OfferStore
from werkpfad.surface.exchange.stores.pupils import PupilStore
from werkpfad.surface.exchange.stores.reference import OccupationStore, PlaceStore
from werkpfad.surface.exchange.stores.schools import SchoolStore
from werkpfad.surface.exchange.stores.scope import ImportScope, MissingReference, Store, Work

STORES: dict[Kind, Store] = {
    Kind.SCHOOLS: SchoolStore(),
    Kind.POSTAL_CODES: PlaceStore(),
    Kind.OCCUPATIONS: OccupationStore(),
    Kind.PUPILS: PupilStore(),
    Kind.COMPANIES: CompanyStore(),
    Kind.OFFERS: OfferStore(),
}

__all__ = ["STORES", "ImportScope", "Ledger", "MissingReference", "Store", "Work"]
