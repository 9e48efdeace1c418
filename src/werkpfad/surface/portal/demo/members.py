"""The demo's network: what its members offer and look for."""

from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from werkpfad.base.core.text import search_text
from werkpfad.base.occupations.models import Field
from werkpfad.region.atlas.actions import items_for
from werkpfad.region.atlas.enums import Direction, EntryStatus, ItemKind
from werkpfad.region.atlas.models import EntryItem, EntryVersion, MemberEntry
from werkpfad.region.atlas.rules import Content, Item, as_data
from werkpfad.region.network.enums import OrganisationKind
from werkpfad.region.network.models import Organisation, Region, Site
from werkpfad.region.schools.models import School
from werkpfad.surface.portal.demo.companies import DemoCompany


class Line(NamedTuple):
    kind: ItemKind
    text: str
    first_grade: int | None = None
    last_grade: int | None = None


COMPANY_OFFERS = (
    Line(
        ItemKind.INTERNSHIP, "Schülerpraktikum, ein bis drei Wochen, mit fester Betreuung.", 8, 10
    ),
    Line(ItemKind.VISIT, "Führung durch den Betrieb mit kleinen Aufgaben, bis 15 Personen.", 7, 10),
    Line(
        ItemKind.CLASS_VISIT, "Zwei Auszubildende erzählen im Unterricht aus ihrem Alltag.", 8, 13
    ),
    Line(ItemKind.DAY, "Ein Tag zum Ausprobieren, auch zum Zukunftstag.", 5, 9),
    Line(
        ItemKind.PROJECT,
        "Eine echte Aufgabe für eine Projektwoche, mit Vorstellung am Ende.",
        9,
        12,
    ),
    Line(ItemKind.TEACHERS, "Lehrkräfte sind zwei Tage dabei und sehen, was heute verlangt wird."),
    Line(ItemKind.WORKSHOP, "Werkstattnachmittag: etwas bauen und mitnehmen.", 6, 8),
    Line(ItemKind.APPLYING, "Wir üben Vorstellungsgespräche und sehen Mappen durch.", 9, 10),
)
COMPANY_NEEDS = (
    Line(ItemKind.PARTNERSHIP, "Eine Schule in der Nähe, mit der wir jedes Jahr etwas machen."),
    Line(ItemKind.EVENT, "Einladung zu Berufemessen, gern mit Mitmachstand."),
    Line(ItemKind.CLASS_VISIT, "Klassen, in denen unsere Auszubildenden erzählen dürfen.", 8, 10),
    Line(ItemKind.ADVICE, "Wie gestalten wir ein Praktikum, von dem alle etwas haben?"),
)
SCHOOL_NEEDS = (
    Line(ItemKind.INTERNSHIP, "Plätze für unser Betriebspraktikum im neunten Jahrgang.", 9, 9),
    Line(ItemKind.VISIT, "Betriebe, die wir mit einer halben Klasse besuchen dürfen.", 8, 9),
    Line(ItemKind.CLASS_VISIT, "Menschen aus der Praxis für den Berufetag.", 8, 10),
    Line(ItemKind.APPLYING, "Unterstützung beim Bewerbungstraining im Herbst.", 9, 10),
    Line(ItemKind.PROJECT, "Aufgaben aus Betrieben für die Profilkurse.", 9, 12),
)
SCHOOL_OFFERS = (
    Line(ItemKind.EVENT, "Infoabend für Eltern mit Ständen von Betrieben."),
    Line(ItemKind.ROOM, "Aula und Werkräume für Veranstaltungen am Nachmittag."),
    Line(ItemKind.PARTNERSHIP, "Lernpartnerschaft mit Besuchen, Projekten und Praktika."),
)
PARTNERS = {
    OrganisationKind.CHAMBER: (
        "Wir beraten Betriebe rund um Praktikum und Ausbildung.",
        (
            Line(
                ItemKind.AMBASSADOR, "Auszubildende berichten in der Schule, auf Augenhöhe.", 8, 12
            ),
            Line(ItemKind.ADVICE, "Beratung zu Ausbildungsreife, Eignung und Prämien."),
        ),
        (Line(ItemKind.EVENT, "Schulen, die ihre Berufemesse mit uns vorbereiten."),),
    ),
    OrganisationKind.YOUTH_PLACE: (
        "Offenes Haus mit Werkstatt, Bewerbungshilfe und viel Zeit zum Reden.",
        (
            Line(ItemKind.APPLYING, "Jeden Mittwoch Hilfe bei Bewerbung und Anmeldung."),
            Line(ItemKind.ROOM, "Raum mit Rechnern, auch abends."),
        ),
        (Line(ItemKind.WORKSHOP, "Handwerksbetriebe für unsere Ferienwerkstatt.", 5, 9),),
    ),
}
TENTH = 10


def make_entries(
    region: Region,
    companies: list[DemoCompany],
    schools: list[School],
    random: Random,
    *,
    at: datetime,
) -> list[MemberEntry]:
    """Most members present themselves; some entries are old, three wait for the office."""
    contents: list[tuple[Organisation, Content]] = []
    for number, company in enumerate(companies):
        if number % 6 == 5:
            continue
        offers = random.sample(COMPANY_OFFERS, random.randint(1, 3))
        needs = random.sample(COMPANY_NEEDS, random.randint(0, 2))
        codes = (company.trade.field, *company.trade.also)
        contents.append(
            (company.organisation, _content(company.trade.description, offers, needs, codes))
        )
    for school in schools:
        needs = random.sample(SCHOOL_NEEDS, 3)
        offers = random.sample(SCHOOL_OFFERS, random.randint(1, 2))
        intro = f"{school.get_main_form_display()} mit regelmäßigen Praktika und einem Berufetag."
        contents.append((school.organisation, _content(intro, offers, needs, ())))
    for organisation in Organisation.objects.filter(region=region, kind__in=PARTNERS):
        intro, gives, seeks = PARTNERS[OrganisationKind(organisation.kind)]
        contents.append((organisation, _content(intro, list(gives), list(seeks), ())))
    return _store(region, contents, random, at=at)


def _content(intro: str, offers: list[Line], needs: list[Line], fields: tuple[str, ...]) -> Content:
    lines = [(Direction.OFFER, line) for line in offers]
    lines += [(Direction.NEED, line) for line in needs]
    items = tuple(
        Item(
            key=f"i{number}",
            direction=direction,
            kind=line.kind,
            text=line.text,
            fields=fields if direction is Direction.OFFER else (),
            first_grade=line.first_grade,
            last_grade=line.last_grade,
        )
        for number, (direction, line) in enumerate(lines)
    )
    return Content(intro=intro, items=items)


def _store(
    region: Region,
    contents: list[tuple[Organisation, Content]],
    random: Random,
    *,
    at: datetime,
) -> list[MemberEntry]:
    titles = dict(Field.objects.values_list("code", "title"))
    places = dict(
        Site.objects.filter(organisation__region=region, is_main=True).values_list(
            "organisation", "place_name"
        )
    )
    entries = []
    for number, (organisation, content) in enumerate(contents):
        waits = number in (3, 17, 42)
        old = number % TENTH == TENTH - 1
        confirmed = at - timedelta(days=random.randint(380, 600) if old else random.randint(5, 340))
        entry = MemberEntry(
            region=region,
            organisation=organisation,
            status=EntryStatus.DRAFT if waits else EntryStatus.PUBLIC,
            is_trusted=number % 4 == 0,
            latest=1,
            submitted=1 if waits else None,
        )
        if not waits:
            entry.published, entry.published_at, entry.confirmed_at = 1, confirmed, confirmed
            entry.content = as_data(content)
            entry.search_text = _words(organisation, content, places, titles)
        entries.append(entry)
    MemberEntry.objects.bulk_create(entries)
    pairs = list(zip(entries, (content for _, content in contents), strict=True))
    EntryVersion.objects.bulk_create(
        EntryVersion(
            entry=entry,
            number=1,
            content=as_data(content),
            saved_at=entry.confirmed_at or at - timedelta(days=1),
        )
        for entry, content in pairs
    )
    EntryItem.objects.bulk_create(
        item
        for entry, content in pairs
        if entry.status == EntryStatus.PUBLIC
        for item in items_for(entry, content)
    )
    return entries


def _words(
    organisation: Organisation,
    content: Content,
    places: dict[int, str],
    titles: dict[str, str],
) -> str:
    codes = {code for item in content.items for code in item.fields}
    return search_text(
        organisation.name,
        content.intro,
        places.get(organisation.pk, ""),
        *(titles[code] for code in sorted(codes) if code in titles),
        *(part for item in content.items for part in (item.kind.label, item.text)),
    )
