"""The renderer: accessible, reproducible, and unimpressed by anything a person may type."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from pypdf import PdfReader

from tests.core.printed import text_outside
from werkpfad.base.core.pdf import (
    Letterhead,
    NotEncodable,
    Renderer,
    RenderFailed,
    Svg,
    default_renderer,
    field_of,
    prose_of,
    qr_svg,
    render,
    spoken_address,
)
from werkpfad.base.core.pdf.data import plain
from werkpfad.base.core.pdf.renderer import PACKAGE
from werkpfad.base.core.pdf.text import plain_line, plain_prose, spaced

DAY = date(2026, 11, 20)
UA = "{http://www.aiim.org/pdfua/ns/id/}part"
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"


@dataclass(frozen=True)
class _Note:
    title: str = field_of(60)
    body: str = prose_of(400)


SOURCE = """
#import "/base/core/pdf/letter.typ": *
#show: paper.with(title: data.title)
= #name-of(data.title)
#prose(data.body)
"""


@pytest.fixture
def template(tmp_path: Path) -> Iterator[Path]:
    """A template of this test, placed inside the package as every template is, and taken away again."""
    path = PACKAGE / "base" / "core" / "pdf" / f"_{tmp_path.parent.name}_{tmp_path.name}.typ"
    path.write_text(SOURCE, encoding="utf-8")
    yield path
    path.unlink()


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


class TestAccessibility:
    def test_tagged_with_language_title_and_both_standards(self, template: Path) -> None:
        pdf = render(template, _Note("Grüße aus Stade", "Hallo"), dated=DAY)
        with pikepdf.open(io.BytesIO(pdf)) as document:
            assert bool(document.Root.MarkInfo.Marked)
            assert str(document.Root.Lang) == "de-DE"
            assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
            with document.open_metadata() as metadata:
                assert metadata["dc:title"] == "Grüße aus Stade"
            packet = ET.fromstring(bytes(document.Root.Metadata.read_bytes()))
        values = {node.tag: node.text for node in packet.iter()}
        assert values[UA] == "1"
        assert (values[f"{PDFA}part"], values[f"{PDFA}conformance"]) == ("3", "A")

    def test_picture_without_alternative_text_is_refused(self, template: Path) -> None:
        template.write_text(
            '#set document(title: "T")\n#image("/base/core/static/werkpfad/mark.svg")',
            encoding="utf-8",
        )
        with pytest.raises(RenderFailed, match="alt text"):
            render(template, _Note("T", ""), dated=DAY)

    def test_umlauts_and_foreign_letters_are_extractable_in_reading_order(
        self, template: Path
    ) -> None:
        text = text_of(
            render(
                template, _Note("Übung", "Łukasz, Ayşe und Nguyễn\n\nstraßauf, straßab"), dated=DAY
            )
        )
        positions = [text.index(word) for word in ("Übung", "Łukasz", "Nguyễn", "straßauf")]
        assert positions == sorted(positions)
        assert "Seite 1 von 1" in text.replace("\u00a0", " ")


class TestReproducibility:
    def test_same_input_same_bytes_also_with_a_new_compiler(self, template: Path) -> None:
        note = _Note("Gleich", "bleibt gleich")
        fonts = default_renderer().font_dir
        first, second = (Renderer(fonts).pdf(template, note, dated=DAY) for _ in range(2))
        assert first == second

    def test_one_document_leaves_no_traces_in_the_next(self, template: Path) -> None:
        clean = render(template, _Note("A", "eins"), dated=DAY)
        render(template, _Note("B", "geheim"), dated=DAY)
        assert render(template, _Note("A", "eins"), dated=DAY) == clean

    def test_several_threads_share_one_renderer(self, template: Path) -> None:
        notes = [_Note(f"Blatt {number}", "Text") for number in range(8)]
        one_by_one = [render(template, note, dated=DAY) for note in notes]
        with ThreadPoolExecutor(max_workers=4) as pool:
            at_once = list(pool.map(lambda note: render(template, note, dated=DAY), notes))
        assert at_once == one_by_one

    def test_the_creation_date_is_the_documents_date(self, template: Path) -> None:
        metadata = PdfReader(io.BytesIO(render(template, _Note("A", "b"), dated=DAY))).metadata
        assert metadata is not None
        assert metadata.creation_date is not None
        assert metadata.creation_date.date() == DAY


HOSTILE = [
    '#panic("x")',
    "$ x^2 $ *fett* _kursiv_ = Titel",
    "@verweis <marke> \\ \\n `code` ```",
    '#include "/etc/passwd" #read("/base/core/pdf/letter.typ")',
    '"; #let data = 1 //',
    "https://example.org/ file:///etc/passwd @import url(x)",
]


class TestHostileInput:
    @pytest.mark.parametrize("value", HOSTILE)
    def test_markup_is_printed_as_it_was_typed(self, template: Path, value: str) -> None:
        text = text_of(render(template, _Note("T", value), dated=DAY))
        assert "".join(value.split()) in "".join(text.split())

    def test_controls_overrides_and_private_letters_disappear(self, template: Path) -> None:
        value = "a\x00b\u202ec\ufeffd\U000e0041e\ue000f\ud83dg\x1bh"
        assert "a bcdefg h" in text_of(render(template, _Note("T", value), dated=DAY))

    def test_undisplayable_letters_are_marked_and_symbols_left_out(self, template: Path) -> None:
        text = text_of(render(template, _Note("Bäckerei 🥨", "中 und 😀 und ende"), dated=DAY))
        assert "Bäckerei" in text
        assert "\N{REPLACEMENT CHARACTER} und" in text
        assert "🥨" not in text
        assert "😀" not in text

    def test_other_scripts_survive(self, template: Path) -> None:
        text = text_of(render(template, _Note("T", "Олена Ελένη"), dated=DAY))
        assert "Олена" in text
        assert "Ελένη" in text

    def test_right_to_left_names_are_printed(self, template: Path) -> None:
        text = text_of(render(template, _Note("T", "سلام"), dated=DAY))
        assert any("\u0600" <= letter <= "\ufefc" and letter > "\u05ff" for letter in text)

    def test_a_title_of_symbols_alone_becomes_a_dash(self, template: Path) -> None:
        assert "–" in text_of(render(template, _Note("😀", "x"), dated=DAY))

    @pytest.mark.parametrize(
        "value", ["x" * 39, "x" * 400, "Wort " * 80, "Donaudampfschifffahrt" * 19]
    )
    def test_no_text_leaves_the_page(self, template: Path, value: str) -> None:
        assert text_outside(render(template, _Note(value, value), dated=DAY)) == []

    def test_text_that_leaves_the_page_would_be_seen(self, template: Path) -> None:
        template.write_text('#set document(title: "T")\n' + "x" * 200, encoding="utf-8")
        ((page, left, right),) = text_outside(render(template, _Note("T", ""), dated=DAY))
        assert page == 1
        assert 0 < left < 595 < right

    def test_stacked_marks_are_cut(self) -> None:
        assert plain_line("a" + "\u0323" * 50, 400) == "\u1ea1" + "\u0323" * 2


class TestFailures:
    def test_broken_template_names_itself(self, template: Path) -> None:
        template.write_text("#nothing-here", encoding="utf-8")
        with pytest.raises(RenderFailed, match=template.name):
            render(template, _Note("T", ""), dated=DAY)

    def test_missing_fonts_are_said_at_once(self, tmp_path: Path) -> None:
        with pytest.raises(RenderFailed, match="asset build"):
            Renderer(tmp_path)

    def test_a_value_no_template_can_show(self) -> None:
        with pytest.raises(TypeError, match="object"):
            plain(object())

    def test_templates_outside_the_package_are_refused(self, tmp_path: Path) -> None:
        outside = tmp_path / "outside.typ"
        outside.write_text("x", encoding="utf-8")
        with pytest.raises(RenderFailed):
            render(outside, _Note("T", ""), dated=DAY)


class TestText:
    @pytest.mark.parametrize(
        ("typed", "printed"),
        [
            ("z.B. und d. h.", "z.\u202fB. und d.\u202fh."),
            ("5 km, 50%, 8:00 Uhr", "5\u202fkm, 50\u202f%, 8:00\u00a0Uhr"),
            ("§ 7 Abs. 1 Nr. 2", "§\u202f7 Abs.\u202f1 Nr.\u202f2"),
            ("am 20. November", "am 20.\u00a0November"),
            ("die 3 Kühe, 3 Minuten", "die 3 Kühe, 3\u00a0Minuten"),
        ],
    )
    def test_german_spacing(self, typed: str, printed: str) -> None:
        assert spaced(typed) == printed

    def test_a_line_has_no_breaks_and_an_end(self) -> None:
        assert plain_line("eins\n zwei\tdrei", 50) == "eins zwei drei"
        assert plain_line("x" * 10, 5) == "xxxx…"

    def test_prose_keeps_at_most_one_empty_line(self) -> None:
        assert plain_prose("a\r\n\r\n\r\n\r\nb \n c", 50) == "a\n\nb\nc"

    def test_long_words_get_places_to_break(self) -> None:
        assert "\u200b" in plain_line("x" * 60, 400)
        assert "\u200b" not in plain_line("Kraftfahrzeugmechatronikerinnen", 400)

    def test_dates_and_times_are_spelled_in_german(self) -> None:
        assert plain(DAY) == {
            "long": "20.\u00a0November\u00a02026",
            "short": "20.11.2026",
            "weekday": "Freitag",
        }
        assert plain(time(8)) == "8:00\u00a0Uhr"
        assert plain(datetime(2026, 3, 2, 14, 5)) == "2.\u00a0März\u00a02026, 14:05\u00a0Uhr"

    def test_a_dataclass_becomes_a_mapping_with_its_limits(self) -> None:
        assert plain(_Note("so " * 30, "a\nb")) == {"title": "so " * 19 + "so…", "body": "a\nb"}
        assert plain(Letterhead("Stade")) == {"region": "Stade", "contact": ""}


class TestQr:
    def test_is_a_drawing_of_its_own(self) -> None:
        svg = qr_svg("https://example.org/a#code=ABCD-2345")
        assert isinstance(svg, Svg)
        assert svg.startswith("<svg")
        assert "href" not in svg

    @pytest.mark.parametrize(
        "address", ["javascript:alert(1)", "example.org", "https://", "https://a.de/" + "x" * 300]
    )
    def test_only_short_web_addresses(self, address: str) -> None:
        with pytest.raises(NotEncodable):
            qr_svg(address)

    def test_the_spoken_address_has_no_scheme_and_no_code(self) -> None:
        assert spoken_address("https://example.org/anmelden/?a=1#code=X") == "example.org/anmelden"
