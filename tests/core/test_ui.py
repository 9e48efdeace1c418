"""The components keep their promises: strict props, described errors, charts with figures, sortable heads."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, QueryDict
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import get_template
from django.test import Client, RequestFactory, override_settings

from werkpfad.base.core.models import AuditEvent
from werkpfad.base.core.ui import charts, icons, theme
from werkpfad.base.core.ui.pagination import Pages
from werkpfad.base.core.ui.parts import Badge, Bar, Link, StackRow
from werkpfad.base.core.ui.ranking import reordered
from werkpfad.base.core.ui.registry import ComponentError, all_components, component, find
from werkpfad.base.core.ui.shortcuts import is_htmx, load, require
from werkpfad.base.core.ui.tables import Column, Empty, Table, TableSpec
from werkpfad.base.core.ui.widgets import CodeField, DayPicker, FieldPicker

CORE = Path(__file__).resolve().parents[2] / "src/werkpfad/base/core"
STATIC = CORE / "static/werkpfad"


def draw(source: str, **context: Any) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


# ---- registry ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('{% ui "badge" label="Neu" colour="red" %}', "unknown prop 'colour'"),
        ('{% ui "badge" %}', "prop 'label' is required"),
        ('{% ui "bagde" label="Neu" %}', "no component 'bagde'"),
        ('{% ui "badge" "Neu" %}', "name=value"),
        ("{% ui badge label='Neu' %}", "quoted string"),
        ('{% component "badge" label="Neu" %}x{% endcomponent %}', "takes no content"),
        (
            '{% component "card" %}{% slot "side" %}x{% endslot %}{% endcomponent %}',
            "unknown slot 'side'",
        ),
        ('{% ui "badge" label="Neu" tone="pink" %}', "is none of"),
        ('{% ui "badge" label=nothing_here %}', "prop 'label' is required"),
        ('{% ui "badge" label="Neu" icon="unicorn" %}', "no icon 'unicorn'"),
    ],
)
def test_misuse_is_a_template_error(source: str, message: str) -> None:
    with pytest.raises(TemplateSyntaxError, match=re.escape(message)):
        draw(source)


def test_a_missing_optional_prop_counts_as_not_given() -> None:
    assert draw('{% ui "badge" label="Neu" tone=nothing_here %}') == draw(
        '{% ui "badge" label="Neu" %}'
    )


def test_registering_a_name_twice_is_an_error() -> None:
    with pytest.raises(ComponentError, match="registered twice"):
        component("badge")(lambda *, label: {"label": label})


def test_content_and_slots_are_rendered_and_text_is_escaped() -> None:
    html = draw(
        '{% component "card" title=title %}<p>{{ title }}</p>{% slot "footer" %}unten{% endslot %}{% endcomponent %}',
        title="<b>Holz & Co",
    )
    assert "<p>&lt;b&gt;Holz &amp; Co</p>" in html
    assert "<b>" not in html
    assert html.count("unten") == 1


def test_every_component_has_a_template_a_description_and_an_example() -> None:
    gallery = "".join(path.read_text() for path in (CORE / "templates").rglob("*.html"))
    for item in all_components():
        assert (CORE / "templates" / item.template).exists(), item.name
        assert item.build.__doc__, item.name
        used = re.search(rf'(?:ui|component) "{item.name}"', gallery)
        assert used, f"{item.name} is shown nowhere"


def test_every_tone_but_neutral_carries_an_icon() -> None:
    for tone in ("info", "success", "warning", "danger"):
        assert "kern-icon--" in draw('{% ui "badge" label="x" tone=tone %}', tone=tone)
    for light in ("red", "amber", "green", "grey"):
        html = draw('{% ui "light" light=light label="Betrieb ist dran" %}', light=light)
        assert "icon" in html
        assert "Betrieb ist dran" in html


def templates() -> list[str]:
    """Names of all templates of all rooms."""
    rooms = (CORE.parents[1]).glob("*/*/templates")
    return sorted(str(path.relative_to(room)) for room in rooms for path in room.rglob("*.html"))


@pytest.mark.parametrize("name", templates())
def test_every_template_of_every_room_compiles(name: str) -> None:
    assert get_template(name).origin


# ---- forms ---------------------------------------------------------------------------------------


class SampleForm(forms.Form):
    groups = (("Über dich", ["name", "travel"]),)
    name = forms.CharField(
        label="Vorname",
        help_text="Wie dich alle nennen.",
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    email = forms.EmailField(label="E-Mail", required=False)
    travel = forms.ChoiceField(
        label="Weg", choices=[("foot", "Zu Fuß"), ("bus", "Bus")], widget=forms.RadioSelect
    )
    days = forms.MultipleChoiceField(
        label="Tage", choices=[("mo", "Montag\n12. April")], widget=DayPicker
    )
    interests = forms.MultipleChoiceField(
        label="Felder",
        choices=[("holz", "Holz"), ("7", "Metall")],
        widget=FieldPicker(pictures={"7": "metall"}),
    )
    school = forms.ChoiceField(label="Schule", choices=[("", "Bitte wählen"), ("1", "IGS")])
    agree = forms.BooleanField(label="Gelesen", help_text="Zwei Minuten.")
    upload = forms.FileField(label="Datei", required=False)


def attributes(html: str, selector: str) -> dict[str, str]:
    """Attributes of the only tag that matches the regular expression ``selector``."""
    found = re.findall(rf"<[a-z]+[^>]*{selector}[^>]*>", html)
    assert len(found) == 1, found
    return dict(re.findall(r'([\w-]+)="([^"]*)"', found[0]))


def test_a_field_is_tied_to_its_hint_and_error() -> None:
    html = str(SampleForm({"email": "kein-at"}))
    name = attributes(html, 'name="name"')
    assert name["aria-describedby"] == "id_name_hint id_name_error"
    assert name["aria-invalid"] == "true"
    assert name["autocomplete"] == "given-name"
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for described in re.findall(r'aria-describedby="([^"]+)"', html):
        assert set(described.split()) <= set(ids)


def test_a_set_of_controls_is_a_fieldset_described_as_a_whole() -> None:
    html = str(SampleForm({}))
    travel = attributes(html, 'aria-describedby="id_travel_error"')
    assert travel["role"] == "radiogroup"
    assert re.search(r'<legend class="kern-label">Weg\s*</legend>', html)


def test_every_error_is_linked_from_the_summary_to_an_existing_control() -> None:
    html = str(SampleForm({}))
    targets = re.findall(r'href="#([^"]+)"', html)
    assert targets == [
        "id_name",
        "id_travel_0",
        "id_days_0",
        "id_interests_0",
        "id_school",
        "id_agree",
    ]
    for target in targets:
        assert re.search(rf'<(?:input|select|textarea)[^>]* id="{target}"', html), target


def test_a_valid_form_shows_no_summary() -> None:
    assert 'role="alert"' not in str(SampleForm())


def test_only_optional_fields_say_so_in_words() -> None:
    html = str(SampleForm())
    assert re.findall(r">([^<>]+) ?<span class=\"kern-label__optional\">", html) == [
        "E-Mail ",
        "Datei ",
    ]


def test_groups_name_each_field_once_and_the_rest_follows() -> None:
    html = str(SampleForm())
    assert (
        html.index("Über dich")
        < html.index('name="name"')
        < html.index('name="travel"')
        < html.index('name="email"')
    )
    assert html.count('name="email"') == 1


def test_required_is_said_in_a_friendly_way_but_own_words_are_kept() -> None:
    class Strict(forms.Form):
        a = forms.CharField(label="A")
        b = forms.CharField(label="B", error_messages={"required": "Ohne B geht es nicht."})

    html = str(Strict({}))
    assert html.count("Bitte ausfüllen.") == 2
    assert html.count("Ohne B geht es nicht.") == 2


def test_selected_options_stay_selected_and_pictures_are_mapped() -> None:
    html = str(SampleForm({"interests": ["7"], "days": ["mo"]}))
    assert "checked" in attributes_text(html, 'value="7"')
    assert "checked" not in attributes_text(html, 'value="holz"')
    assert "fields/metall.svg#p" in html
    assert "Montag<br>12. April" in html


def attributes_text(html: str, selector: str) -> str:
    return re.findall(rf"<input[^>]*{selector}[^>]*>", html)[0]


@pytest.mark.parametrize(
    ("typed", "clean"),
    [("abcd2345", "ABCD-2345"), (" ab cd-23 45 ", "ABCD-2345"), ("ABCD–2345", "ABCD-2345")],
)
def test_codes_are_accepted_as_people_type_them(typed: str, clean: str) -> None:
    assert CodeField().clean(typed) == clean


@pytest.mark.parametrize("typed", ["ABC", "ABCD-23456", "-"])
def test_a_code_of_another_length_is_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        CodeField().clean(typed)


# ---- charts --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bar_chart", "histogram"])
def test_bar_charts_have_their_figures_as_a_table(name: str) -> None:
    bars = [Bar("Holz", 1234), Bar("Metall", 7.25, note="geschätzt"), Bar("IT", 0)]
    html = draw(
        f'{{% ui "{name}" title="Plätze" bars=bars unit="Plätze" label_head="Feld" %}}', bars=bars
    )
    assert re.findall(r'<th scope="row">([^<]+)</th><td class="wp-numeric">([\d.,]+)', html) == [
        ("Holz", "1.234"),
        ("Metall", "7,2"),
        ("IT", "0"),
    ]
    assert 'role="img"' in html
    assert "style=" not in html


def test_stacked_charts_have_parts_and_sums_as_a_table() -> None:
    rows = [StackRow("IGS", (10, 5)), StackRow("Gymnasium", (0, 0))]
    html = draw(
        '{% ui "stacked_chart" title="Stand" series=series rows=rows %}',
        series=["ja", "nein"],
        rows=rows,
    )
    table = html[html.index("<tbody>") :]
    assert re.findall(r">([^<>]+)</t[hd]>", table) == [
        "IGS",
        "10",
        "5",
        "15",
        "Gymnasium",
        "0",
        "0",
        "0",
    ]


def test_charts_survive_nothing_at_all() -> None:
    assert charts.horizontal([]).marks == []
    assert charts.upright([]).marks == []
    assert charts.stacked(["a"], []).groups == []
    with pytest.raises(ValueError, match="at most 5"):
        charts.stacked(list("abcdef"), [])


@pytest.mark.parametrize(
    ("value", "top"), [(0, 1), (7, 10), (10, 10), (11, 20), (140, 200), (0.3, 0.5)]
)
def test_axes_end_at_round_numbers(value: float, top: float) -> None:
    assert charts.nice_top(value) == pytest.approx(top)


def test_bars_are_proportional() -> None:
    first, second = charts.horizontal([Bar("a", 10), Bar("b", 5)]).marks
    assert first.width == pytest.approx(2 * second.width)


# ---- tables and pages ----------------------------------------------------------------------------


@dataclass
class Item:
    public_id: str
    title: str
    seats: int | None


SPEC = TableSpec(
    caption="Angebote",
    default_sort="title",
    columns=(
        Column(
            "title", "Titel", value=lambda item: Link(item.title, "/x"), sort="title", main=True
        ),
        Column("seats", "Plätze", sort=("seats", "title"), numeric=True),
        Column("state", "Stand", value=lambda item: [Badge("Offen", "info"), Badge("Neu")]),
    ),
    empty=Empty(
        "Noch kein Angebot", "Das erste dauert drei Minuten.", action_label="Neu", action_url="/neu"
    ),
)


def bound(
    query: str = "",
    rows: list[Item] | None = None,
    *,
    sort: str = "title",
    selectable: bool = False,
) -> Table:
    items = [Item("a", "Kiste bauen", 2), Item("b", "Brot backen", None)] if rows is None else rows
    return Table(SPEC, Pages(Paginator(items, 25).page(1), QueryDict(query)), sort, selectable)


def test_heads_sort_turn_round_and_start_on_page_one() -> None:
    heads = {head.column.key: head for head in bound("q=holz&page=3").headers}
    assert heads["title"].direction == "ascending"
    assert QueryDict(heads["title"].url[1:]).dict() == {"q": "holz", "sort": "-title"}
    assert QueryDict(heads["seats"].url[1:]).dict() == {"q": "holz", "sort": "seats"}
    assert heads["state"].url == ""


def test_the_sorted_head_says_its_direction() -> None:
    html = draw('{% ui "table" table=table %}', table=bound(sort="-seats"))
    assert re.findall(r'aria-sort="(\w+)"', html) == ["descending"]


def test_sorting_ends_with_the_primary_key_so_pages_never_overlap() -> None:
    assert SPEC.columns[1].ordering(descending=False) == ["seats", "title", "pk"]
    assert SPEC.columns[1].ordering(descending=True) == ["-seats", "-title", "pk"]


def test_cells_carry_their_label_for_phones_and_missing_values_a_dash() -> None:
    html = draw('{% ui "table" table=table %}', table=bound())
    assert html.count('data-label="Plätze"') == 2
    assert html.count('<th scope="row"') == 2
    assert '<span class="wp-muted">–</span>' in html


def test_an_empty_table_shows_the_way_on() -> None:
    html = draw('{% ui "table" table=table %}', table=bound(rows=[]))
    assert "<table" not in html
    assert "Das erste dauert drei Minuten." in html
    assert 'href="/neu"' in html


def test_the_selection_column_names_its_row() -> None:
    html = draw(
        '{% component "table" table=table bulk_action="/x" %}{% slot "bulk" %}B{% endslot %}{% endcomponent %}',
        table=bound(selectable=True),
    )
    assert re.findall(r'name="selected" value="(\w)"', html) == ["a", "b"]
    assert "Kiste bauen auswählen" in html


@pytest.mark.django_db
def test_binding_sorts_pages_and_ignores_unknown_keys(
    rf: RequestFactory, django_assert_num_queries: Any
) -> None:
    spec = TableSpec(
        "Ereignisse", (Column("event", "Ereignis", sort="event", main=True),), default_sort="-event"
    )
    table = spec.bind(rf.get("/?sort=password&page=99"), AuditEvent.objects.all())
    assert table.sort == "-event"
    with django_assert_num_queries(2):
        assert list(spec.bind(rf.get("/?sort=event"), AuditEvent.objects.all()).rows) == []
        AuditEvent.objects.count()


def test_page_links_keep_the_filter_and_mark_gaps() -> None:
    pages = Pages(Paginator(range(300), 25).page(6), QueryDict("q=holz&page=6"))
    assert [link["number"] for link in pages.links] == [1, None, 5, 6, 7, None, 12]
    assert [link["number"] for link in pages.links if not link["far"]] == [5, 6, 7]
    assert pages.previous_url == "?q=holz&page=5"
    assert Pages(Paginator(range(30), 25).page(2), QueryDict("page=2")).previous_url == "?"
    assert "<nav" not in draw(
        '{% ui "pagination" pages=pages %}', pages=Pages(Paginator([], 25).page(1), QueryDict())
    )


# ---- ranking, shortcuts --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "order"),
    [
        ("up:b", "bac"),
        ("down:b", "acb"),
        ("up:a", "abc"),
        ("down:c", "abc"),
        ("remove:b", "ac"),
        ("order:c,a,b", "cab"),
        ("order:c,a", "abc"),
        ("order:c,a,x", "abc"),
        ("up:x", "abc"),
        ("nonsense", "abc"),
    ],
)
def test_rank_commands(command: str, order: str) -> None:
    assert reordered("abc", command) == list(order)


def test_require() -> None:
    require(True)
    with pytest.raises(PermissionDenied):
        require(False)


@pytest.mark.django_db
@pytest.mark.parametrize("public_id", ["kein-schluessel", "00000000-0000-4000-8000-000000000000"])
def test_load_answers_absent_and_malformed_ids_alike(public_id: str) -> None:
    from django.apps import apps

    from werkpfad.base.core.models import Record

    model = next(m for m in apps.get_models() if issubclass(m, Record))
    with pytest.raises(Http404):
        load(model._default_manager.all(), public_id)


def test_is_htmx(rf: RequestFactory) -> None:
    assert not is_htmx(rf.get("/"))
    assert is_htmx(rf.get("/", headers={"HX-Request": "true"}))


# ---- look ----------------------------------------------------------------------------------------


def luminance(lightness: float, chroma: float, hue: float) -> float:
    """Relative luminance (WCAG) of an OKLCH colour, channels clipped as a browser would."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    l_ = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m_ = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s_ = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * l_ - 3.3077115913 * m_ + 0.2309699292 * s_
    green = -1.2684380046 * l_ + 2.6097574011 * m_ - 0.3413193965 * s_
    blue = -0.0041960863 * l_ - 0.7034186147 * m_ + 1.7076147010 * s_
    return sum(w * min(max(c, 0), 1) for w, c in ((0.2126, red), (0.7152, green), (0.0722, blue)))


def contrast(one: float, other: float) -> float:
    high, low = max(one, other), min(one, other)
    return (high + 0.05) / (low + 0.05)


def tokens() -> Iterator[tuple[str, dict[str, tuple[float, str, str]]]]:
    """Light and dark blocks of tokens.css as {name: (lightness, chroma, hue)} (chroma and hue as written)."""
    css = (STATIC / "tokens.css").read_text()
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    for name, block in (("light", light), ("dark", dark.split("html:root[data-kern-theme")[0])):
        found = re.findall(
            r"--(wp-[\w-]+): oklch\(([\d.]+) ((?:calc\(.*?\))|[^ ]+) ([^)]*\)?)\)", block
        )
        yield name, {key: (float(lightness), chroma, hue) for key, lightness, chroma, hue in found}


@pytest.mark.parametrize("chroma", [0.0, 0.085, 0.14])
def test_accent_and_muted_text_are_readable_for_every_hue_a_region_may_choose(
    chroma: float,
) -> None:
    for name, colours in tokens():
        surface = 1.0 if name == "light" else luminance(colours["wp-sunken"][0], 0.02, 228)
        for hue in range(0, 360, 5):
            for token, c in (
                ("wp-accent", chroma),
                ("wp-muted", 0.02),
                ("wp-warm-text", 0.12),
                ("wp-text", 0.02),
            ):
                reached = contrast(luminance(colours[token][0], c, hue), surface)
                assert reached >= 4.5, f"{name} {token} at hue {hue}: {reached:.2f}"
            soft = luminance(colours["wp-accent-soft"][0], chroma * 0.3, hue)
            assert contrast(luminance(colours["wp-accent"][0], chroma, hue), soft) >= 4.5, (
                f"{name} soft, hue {hue}"
            )


def test_dark_tokens_stand_twice_and_alike() -> None:
    css = (STATIC / "tokens.css").read_text()
    by_system = css.split(':not([data-kern-theme="light"]) {')[1].split("}")[0]
    by_choice = css.split('html:root[data-kern-theme="dark"] {')[1].split("}")[0]
    assert by_system.split() == by_choice.split()


def test_icons_and_pictures_exist() -> None:
    sprite = (STATIC / "icons.svg").read_text()
    assert set(re.findall(r'symbol id="([\w-]+)"', sprite)) == icons.OWN_ICONS
    assert not icons.OWN_ICONS & icons.KERN_ICONS
    for folder, box in theme.VIEW_BOX.items():
        drawings = list((STATIC / folder).glob("*.svg"))
        assert drawings, folder
        for drawing in drawings:
            text = drawing.read_text()
            assert f'viewBox="{box}"' in text, drawing.name
            assert 'id="p"' in text, drawing.name
            assert len(text) < 6000, drawing.name
    assert len(list((STATIC / "fields").glob("*.svg"))) == 22


def test_the_theme_comes_from_the_cookie_and_only_known_values_count() -> None:
    assert theme.chosen({theme.COOKIE: "dark"}) == "dark"
    assert theme.chosen({theme.COOKIE: '"><script>'}) == ""
    assert theme.chosen({}) == ""


@pytest.mark.parametrize("page", ["", "formulare/", "daten/", "seite/", "antwort/", "bestaetigen/"])
@override_settings(DEMO=True)
@pytest.mark.django_db
def test_the_gallery_is_whole_and_keeps_to_the_content_policy(client: Client, page: str) -> None:
    client.cookies[theme.COOKIE] = "dark"
    html = client.get(f"/ui/{page}").content.decode()
    assert '<html lang="de" data-kern-theme="dark">' in html
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", html)
    assert html.count("<h1>") == 1
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


@pytest.mark.django_db
def test_the_gallery_is_closed_in_production(client: Client) -> None:
    assert client.get("/ui/").status_code == 404
    assert client.get("/ui/daten/").status_code == 404


def test_find_names_what_there_is() -> None:
    assert find("card").takes_content
    with pytest.raises(ComponentError, match="known: alert"):
        find("cart")
