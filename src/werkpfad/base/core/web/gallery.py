"""``/ui/``: every component with an example, for people who build pages. Only in development and demo mode."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from werkpfad.base.core.ui import widgets
from werkpfad.base.core.ui.pagination import Pages
from werkpfad.base.core.ui.parts import (
    Action,
    Badge,
    Bar,
    Event,
    Fact,
    Link,
    Ranked,
    Signal,
    StackRow,
    Step,
)
from werkpfad.base.core.ui.registry import all_components
from werkpfad.base.core.ui.tables import Column, Empty, Table, TableSpec

FIELDS: tuple[tuple[str, str], ...] = (
    ("bau", "Bau und Ausbau"),
    ("bueroverwaltung", "Büro und Verwaltung"),
    ("chemie-labor", "Chemie und Labor"),
    ("elektro", "Elektro"),
    ("fahrzeuge", "Fahrzeuge"),
    ("farbe-raum", "Farbe und Raum"),
    ("gastronomie", "Gastronomie und Hotel"),
    ("gesundheit", "Gesundheit"),
    ("gruene-berufe", "Natur, Tiere, Pflanzen"),
    ("handel", "Handel und Verkauf"),
    ("holz", "Holz"),
    ("it", "IT und Computer"),
    ("koerperpflege", "Körperpflege"),
    ("kunst-medien", "Kunst und Medien"),
    ("lager-logistik", "Lager und Logistik"),
    ("lebensmittel", "Lebensmittel"),
    ("metall", "Metall und Maschinen"),
    ("pflege", "Pflege"),
    ("recht-sicherheit", "Recht und Sicherheit"),
    ("soziales-erziehung", "Soziales und Erziehung"),
    ("sport-tourismus", "Sport und Tourismus"),
    ("textil-mode", "Textil und Mode"),
)
PAGES = {
    "": "core/gallery/index.html",
    "sprache": "core/gallery/sprache.html",
    "formulare": "core/gallery/formulare.html",
    "daten": "core/gallery/daten.html",
    "seite": "core/gallery/seite.html",
    "antwort": "core/gallery/antwort.html",
    "bestaetigen": "core/confirm.html",
}


class ExampleForm(forms.Form):
    """One field of every kind."""

    groups: ClassVar = (
        ("Über dich", ["code", "name", "email", "about"]),
        ("Was dich interessiert", ["interests", "days"]),
    )
    code = widgets.CodeField(
        label="Dein Code", help_text="Er steht auf dem Zettel von deiner Lehrkraft."
    )
    name = forms.CharField(
        label="Vorname",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    email = forms.EmailField(
        label="E-Mail",
        required=False,
        help_text="Nur, wenn du Nachrichten bekommen möchtest.",
    )
    about = forms.CharField(
        label="Was möchtest du ausprobieren?", required=False, widget=forms.Textarea
    )
    interests = forms.MultipleChoiceField(
        label="Welche Berufsfelder?",
        help_text="Wähle bis zu drei.",
        choices=FIELDS,
        widget=widgets.FieldPicker(maximum=3),
    )
    days = forms.MultipleChoiceField(
        label="An welchen Tagen?",
        choices=[
            ("mo", "Montag\n12. April"),
            ("di", "Dienstag\n13. April"),
            ("mi", "Mittwoch\n14. April"),
            ("do", "Donnerstag\n15. April"),
            ("fr", "Freitag\n16. April"),
        ],
        widget=widgets.DayPicker,
    )
    school_form = forms.ChoiceField(
        label="Schulform",
        choices=[
            ("", "Bitte wählen"),
            ("igs", "Gesamtschule"),
            ("gym", "Gymnasium"),
            ("obs", "Oberschule"),
        ],
    )
    first_day = forms.DateField(label="Erster Tag", widget=widgets.DateInput)
    start = forms.TimeField(label="Beginn", required=False, widget=widgets.TimeInput)
    seats = forms.IntegerField(label="Plätze", min_value=1, max_value=50)
    travel = forms.ChoiceField(
        label="Wie kommst du hin?",
        choices=[
            ("foot", "Zu Fuß"),
            ("bike", "Mit dem Rad"),
            ("bus", "Mit Bus oder Bahn"),
        ],
        widget=forms.RadioSelect,
    )
    barriers = forms.MultipleChoiceField(
        label="Das gibt es bei uns",
        required=False,
        choices=[
            ("step-free", "Stufenloser Zugang"),
            ("lift", "Aufzug"),
            ("quiet", "Ruhiger Arbeitsplatz"),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    upload = forms.FileField(
        label="Datei", required=False, help_text="CSV oder XLSX, höchstens 20 MB."
    )
    agree = forms.BooleanField(
        label="Ich habe die Hinweise gelesen.", help_text="Dauert etwa zwei Minuten."
    )


class FilterExample(forms.Form):
    """What a search page filters by."""

    use_required_attribute = False
    text = forms.CharField(label="Suchwort", required=False)
    place = forms.CharField(label="Ort oder Postleitzahl", required=False)
    radius = forms.ChoiceField(
        label="Umkreis",
        choices=[("5", "5 km"), ("15", "15 km"), ("30", "30 km")],
        required=False,
    )
    field = forms.ChoiceField(label="Berufsfeld", choices=[("", "alle"), *FIELDS], required=False)


@dataclass(frozen=True)
class Place:
    """A row of the example table."""

    public_id: str
    company: str
    town: str
    seats: int
    first_day: date
    state: Badge
    who_next: Signal


ROWS = [
    Place(
        "a",
        "Tischlerei Kranich",
        "Stade",
        2,
        date(2027, 4, 12),
        Badge("Offen", "info"),
        Signal("red", "Betrieb ist dran"),
    ),
    Place(
        "b",
        "Pflegedienst Morgenrot",
        "Buxtehude",
        12,
        date(2027, 4, 12),
        Badge("Bestätigt", "success"),
        Signal("green", "alles klar"),
    ),
    Place(
        "c",
        "Autohaus Deichgraf GmbH & Co. KG",
        "Drochtersen",
        1,
        date(2027, 4, 19),
        Badge("Frist läuft ab", "warning"),
        Signal("amber", "Schule ist dran", "seit 3 Tagen"),
    ),
]
PLACES = TableSpec(
    caption="Praktikumsplätze",
    default_sort="company",
    columns=(
        Column(
            "company",
            "Betrieb",
            value=lambda row: Link(row.company, "#"),
            sort="company",
            main=True,
        ),
        Column("town", "Ort", sort="town"),
        Column("seats", "Plätze", sort="seats", numeric=True),
        Column("first_day", "Beginn", sort="first_day"),
        Column("state", "Stand"),
        Column("who_next", "Wer ist dran?"),
        Column(
            "do",
            "Aktion",
            value=lambda row: Action("Ansehen", "#", kind="tertiary"),
            hide_label=True,
        ),
    ),
    empty=Empty(
        "Noch keine Plätze",
        "Sobald ein Betrieb einen Platz anbietet, steht er hier.",
        action_label="Betrieb einladen",
        action_url="#",
    ),
)


def _pages(count: int, number: int) -> Pages:
    return Pages(Paginator(range(count), 25).page(number), QueryDict("q=holz"))


def _table(rows: list[Place], *, selectable: bool = False) -> Table:
    pages = Pages(Paginator(rows, 25).page(1), QueryDict(""))
    return Table(spec=PLACES, pages=pages, sort="company", selectable=selectable)


@dataclass
class _Examples:
    """Everything the gallery's templates show."""

    facts: list[Fact] = field(
        default_factory=lambda: [
            Fact("Zeitraum", "12. bis 30. April 2027"),
            Fact("Ort", "Stade", "#"),
            Fact("Mitbringen", None),
        ]
    )
    steps: list[Step] = field(
        default_factory=lambda: [
            Step("Angebote sammeln", "done", "bis 31. Januar"),
            Step("Wünsche abgeben", "current", "bis 28. Februar", "noch 6 Tage"),
            Step("Zuteilung", "open", "3. März"),
            Step("Bestätigen", "open", "bis 17. März"),
        ]
    )
    events: list[Event] = field(
        default_factory=lambda: [
            Event("Wünsche abgegeben", "Du", datetime(2027, 2, 3, 17, 20, tzinfo=UTC)),
            Event("Platz zugeteilt", "Servicestelle", date(2027, 3, 3)),
            Event(
                "Platz annehmen",
                at=date(2027, 3, 10),
                state="current",
                is_you=True,
                note="Sag bis dahin zu, sonst geht der Platz weiter.",
            ),
            Event("Vereinbarung unterschreiben", "Betrieb und Schule", state="open"),
        ]
    )
    tabs: list[Link] = field(
        default_factory=lambda: [
            Link("Alle", "#", current=True, count=128),
            Link("Ohne Platz", "#", count=17),
            Link("Bestätigt", "#", count=0),
        ]
    )
    chips: list[Link] = field(
        default_factory=lambda: [
            Link("Holz", "#"),
            Link("bis 15 km", "#"),
            Link("Dienstag", "#"),
        ]
    )
    crumbs: list[Link] = field(
        default_factory=lambda: [
            Link("Übersicht", "#"),
            Link("Klassen", "#"),
            Link("9b", "#"),
        ]
    )
    ranked: list[Ranked] = field(
        default_factory=lambda: [
            Ranked("a", "Tischlerei Kranich", "Stade, 4 km", "#", "holz"),
            Ranked("b", "Pflegedienst Morgenrot", "Buxtehude, 11 km", "#", "pflege"),
            Ranked("c", "Autohaus Deichgraf", "Drochtersen, 9 km", "#", "fahrzeuge"),
        ]
    )
    bars: list[Bar] = field(
        default_factory=lambda: [
            Bar("Gesundheit und Pflege", 64),
            Bar("Holz", 41),
            Bar("IT und Computer", 23.5),
            Bar("Textil und Mode", 0),
        ]
    )
    weeks: list[Bar] = field(
        default_factory=lambda: [
            Bar(f"KW {n}", v)
            for n, v in (
                (10, 12),
                (11, 30),
                (12, 84),
                (13, 55),
                (14, 8),
                (15, 0),
                (16, 140),
            )
        ]
    )
    series: list[str] = field(
        default_factory=lambda: ["bestätigt", "zugeteilt", "offen", "ohne Wunsch"]
    )
    stack: list[StackRow] = field(
        default_factory=lambda: [
            StackRow("Oberschule", (120, 40, 22, 9)),
            StackRow("Gesamtschule", (80, 61, 30, 2)),
            StackRow("Gymnasium", (60, 10, 5, 0)),
        ]
    )


def _context(page: str) -> dict[str, Any]:
    bound = ExampleForm({"email": "kein-at-zeichen", "code": "abc"}, auto_id="wrong_%s")
    shown = {name: getattr(_Examples(), name) for name in _Examples.__dataclass_fields__}
    return shown | {
        "page": page,
        "components": all_components(),
        "form": None if page == "bestaetigen" else ExampleForm(),
        "bound": bound,
        "filter": FilterExample(),
        "table": _table(ROWS),
        "select_table": _table(ROWS, selectable=True),
        "empty_table": _table([]),
        "pages": _pages(312, 4),
        "fields": FIELDS,
        "region_name": "Landkreis Musterau",
        "title": "Angebot löschen?",
        "question": "Das Angebot „Kiste bauen“ wird gelöscht.",
        "consequences": [
            "Zwei Bewerbungen werden abgesagt.",
            "Die Schüler:innen bekommen eine Nachricht.",
        ],
        "confirm_label": "Angebot löschen",
        "confirm_kind": "danger",
        "cancel_url": "/ui/",
        "light_links": {"red": "#ohne", "amber": "#"},
        "nav": [
            Link("Start", "/ui/", "home", page == ""),
            Link("Formulare", "/ui/formulare/", "edit", page == "formulare"),
            Link("Daten", "/ui/daten/", "chart", page == "daten"),
            Link("Beispiel", "/ui/seite/", "path", page == "seite"),
            Link("Klassen", "#", "school"),
            Link("Betriebe", "#", "building"),
            Link("Zuteilung", "#", "wand"),
        ],
        "account": SimpleNamespace(
            name="Mara Lindhorst",
            initials="ML",
            role="Koordination",
            links=[Link("Profil und Sicherheit", "#", "account-circle")],
            sign_out_url="#",
        ),
        "organisations": [
            SimpleNamespace(value="1", label="Servicestelle Musterau", current=True),
            SimpleNamespace(value="2", label="Jugendtreff Hafen", current=False),
        ],
        "switch_organisation_url": "#",
        "footer_links": [
            Link("Impressum", "#"),
            Link("Datenschutz", "#"),
            Link("Barrierefreiheit", "#"),
            Link("Hilfe", "#"),
        ],
    }


@login_not_required
@require_safe
def gallery(request: HttpRequest, page: str = "") -> HttpResponse:
    """Shows one page of the gallery; 404 on an instance that is neither in development nor a demo."""
    if page not in PAGES or not (settings.DEBUG or getattr(settings, "DEMO", False)):
        raise Http404
    return render(request, PAGES[page], _context(page))
