"""Agreement, attendance sheet, class overview, certificates."""

import io
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from pypdf import PdfReader

from tests.core.printed import text_outside
from werkpfad.base.core.pdf import Letterhead, NotEncodable
from werkpfad.journey.placements.documents import (
    AgreementDocument,
    AttendanceRow,
    AttendanceSheet,
    CertificateDocument,
    DailyHours,
    DayEntry,
    DaysDocument,
    HoursLimit,
    Party,
    PlacementList,
    PlacementRow,
    SignatureLine,
    Verification,
    agreements,
    attendance_sheet,
    certificates,
    days_certificates,
    placement_list,
)

DAY = date(2026, 11, 20)
HEAD = Letterhead(region="Landkreis Stade", contact="Servicestelle Schule–Wirtschaft")
HOSTILE = '#panic("x") $ * @ \\ 😀 \u202e' + "Überlang" * 45 + "\x00"
UNBREAKABLE = "xkcdqwrtz" * 4
LONG = "Ein ganz gewöhnlicher Name " * 15
DAYS = tuple(date(2027, 3, 1) + timedelta(days=number) for number in range(5))

AGREEMENT = AgreementDocument(
    letterhead=HEAD,
    reference="P-7Q4M",
    version=2,
    programme="Schülerbetriebspraktikum 2027",
    pupil=Party(name="Ayşe Yıldız", lines=("21635 Jork",)),
    born_on=date(2012, 5, 4),
    class_name="9b",
    guardians=(Party(name="Emine Yıldız"),),
    company=Party(
        name="Tischlerei Hansen & Söhne GmbH",
        lines=("Harburger Straße 14",),
        contact="Maren Hansen",
    ),
    school=Party(name="Oberschule Jork", lines=("Schulstraße 1",), contact="Silke Brandt"),
    first_day=DAYS[0],
    last_day=date(2027, 3, 12),
    place="Werkstatt, Harburger Straße 14, 21680 Stade",
    hours=(DailyHours(days="Montag bis Freitag", starts=time(8), ends=time(15), break_minutes=60),),
    limit=HoursLimit(hours_per_day=7, hours_per_week=35, source="§ 7 Satz 1 Nr. 2 JArbSchG"),
    activities=("Holz messen", "Ein Regal bauen"),
    supervisor="Jens Hansen",
    absence_contacts="Betrieb: 04141 555-20, Schule: 04162 555-10",
    insurance="Schüler:innen sind gesetzlich unfallversichert.",
    proofs=("Belehrung nach § 43 IfSG",),
    data_protection="Die Angaben dienen nur diesem Praktikum.",
    signatures=(
        SignatureLine(
            role="Schüler:in", name="Ayşe Yıldız", confirmed_at=datetime(2026, 11, 20, 8, 0)
        ),
        SignatureLine(role="Erziehungsberechtigte Person", name="Emine Yıldız"),
        SignatureLine(role="Betrieb", name="Maren Hansen"),
        SignatureLine(role="Schule", name="Silke Brandt"),
    ),
    dated=DAY,
)
SHEET = AttendanceSheet(
    letterhead=HEAD,
    programme="Schülerbetriebspraktikum 2027",
    company="Tischlerei Hansen",
    school="Oberschule Jork",
    rows=tuple(AttendanceRow(day=day, pupil="Ayşe Yıldız") for day in DAYS),
    address="https://praktikum.example.org/anwesenheit/7q4m",
    return_to="Frau Brandt",
    dated=DAY,
)
OVERVIEW = PlacementList(
    letterhead=HEAD,
    school="Oberschule Jork",
    class_name="9b",
    teacher="Silke Brandt",
    programme="Schülerbetriebspraktikum 2027",
    rows=(
        PlacementRow(
            pupil="Ayşe Yıldız",
            company="Tischlerei Hansen",
            place="21680 Stade",
            supervisor="Jens Hansen",
            telephone="04141 555-20",
            period="1. bis 12. März 2027",
            state="bestätigt",
        ),
        PlacementRow(pupil="Mia Müller", state="sucht noch"),
    ),
    dated=DAY,
)
VERIFICATION = Verification(
    code="WP-7Q4M-22KX",
    page="https://praktikum.example.org/pruefen",
    link="https://praktikum.example.org/pruefen/WP-7Q4M-22KX",
)
CERTIFICATE = CertificateDocument(
    letterhead=HEAD,
    programme="Schülerbetriebspraktikum 2027",
    pupil="Ayşe Yıldız",
    school="Oberschule Jork",
    company="Tischlerei Hansen & Söhne GmbH",
    company_place="Stade",
    first_day=DAYS[0],
    last_day=date(2027, 3, 12),
    days_present=9,
    days_planned=10,
    field="Handwerk, Holz und Bau",
    tasks=("Holz gemessen", "Ein Regal gebaut"),
    verification=VERIFICATION,
    dated=date(2027, 3, 12),
)
WEEK = DaysDocument(
    letterhead=HEAD,
    programme="Praktikumswoche 2027",
    pupil="Jörg Großmann",
    school="Oberschule Jork",
    days=tuple(
        DayEntry(day=day, company=f"Betrieb {number}", place="Stade", field="Handwerk", hours=6)
        for number, day in enumerate(DAYS)
    ),
    verification=VERIFICATION,
    dated=date(2027, 3, 5),
)


def pages_of(pdf: bytes) -> list[str]:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in pages]


class TestAgreement:
    def test_names_all_that_is_agreed_in_reading_order(self) -> None:
        text = " ".join(pages_of(agreements([AGREEMENT])))
        words = [
            "Praktikumsvereinbarung",
            "Nr. P-7Q4M",
            "Ayşe Yıldız",
            "4. Mai 2012",
            "Hansen & Söhne",
            "Oberschule Jork",
            "Emine Yıldız",
            "1. März 2027",
            "12. März 2027",
            "ohne dass es gekündigt",
            "Veranstaltung der Schule",
            "8:00 Uhr",
            "60 Minuten",
            "höchstens 7 Stunden",
            "35 Stunden",
            "§ 7 Satz 1 Nr. 2 JArbSchG",
            "Holz messen",
            "Jens Hansen",
            "weder Lohn noch Urlaub",
            "vertraulich",
            "04141 555-20",
            "unfallversichert",
            "§ 43 IfSG",
            "nur diesem Praktikum",
            "Digital bestätigt am 20. November 2026, 8:00 Uhr",
            "Ort, Datum, Unterschrift",
        ]
        positions = [text.find(word) for word in words]
        assert dict(zip(words, positions, strict=True)) == dict(
            zip(words, sorted(positions), strict=True)
        )
        assert positions[0] >= 0

    def test_adults_have_no_limit_of_the_youth_act(self) -> None:
        text = " ".join(pages_of(agreements([replace(AGREEMENT, limit=None, guardians=())])))
        assert "JArbSchG" not in text
        assert "Erziehungsberechtigt" not in text.replace("Erziehungsberechtigte Person", "")

    def test_guardians_hear_of_dangers_and_of_the_plan(self) -> None:
        text = " ".join(pages_of(agreements([replace(AGREEMENT, plan_attached=True)])))
        assert "§ 5 Abs. 4b JArbSchG" in text
        assert "Der Praktikumsplan liegt bei." in text
        assert "Praktikumsplan" not in " ".join(pages_of(agreements([AGREEMENT])))

    def test_single_days_replace_the_period(self) -> None:
        text = " ".join(pages_of(agreements([replace(AGREEMENT, single_days=DAYS[:2])])))
        assert "Montag, 01.03.2027 und Dienstag, 02.03.2027" in text
        assert "12. März 2027" not in text

    def test_sections_stay_numbered_without_proofs(self) -> None:
        text = " ".join(pages_of(agreements([replace(AGREEMENT, proofs=())])))
        assert "9 Datenschutz" in text
        assert "10 Einverstanden" in text

    def test_each_agreement_of_a_file_counts_its_own_pages(self) -> None:
        pages = pages_of(agreements([AGREEMENT, replace(AGREEMENT, reference="P-2"), AGREEMENT]))
        assert ["Seite 1 von 2" in page for page in pages] == [True, False] * 3

    def test_hostile_text_everywhere(self) -> None:
        party = Party(name=HOSTILE, lines=(HOSTILE,) * 3, contact=HOSTILE)
        document = replace(
            AGREEMENT,
            programme=HOSTILE,
            pupil=party,
            company=party,
            school=party,
            guardians=(party, party),
            place=HOSTILE,
            activities=(HOSTILE,) * 5,
            supervisor=HOSTILE,
            insurance=HOSTILE * 5,
            signatures=(SignatureLine(role=HOSTILE, name=HOSTILE),) * 6,
        )
        assert '#panic("x") $ * @ \\' in " ".join(pages_of(agreements([document])))

    def test_none_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no agreement"):
            agreements([])


class TestAttendanceSheet:
    def test_one_row_for_each_day_of_one_pupil(self) -> None:
        (page,) = pages_of(attendance_sheet(SHEET))
        for words in (
            "Montag, 01.03.2027",
            "Freitag, 05.03.2027",
            "Unterschrift im Betrieb",
            "Frau Brandt",
        ):
            assert words in page
        assert page.count("Ayşe Yıldız") == 1

    def test_several_pupils_get_a_row_for_each_day(self) -> None:
        rows = tuple(
            AttendanceRow(day=day, pupil=name)
            for day in DAYS
            for name in ("Ayşe Yıldız", "Mia Müller")
        )
        text = " ".join(pages_of(attendance_sheet(replace(SHEET, rows=rows))))
        assert text.count("Mia Müller") == 5
        assert "2 Personen" in text

    def test_the_heading_row_repeats(self) -> None:
        pages = pages_of(attendance_sheet(replace(SHEET, rows=SHEET.rows * 12)))
        assert len(pages) > 2
        assert all("Unterschrift im Betrieb" in page for page in pages[:-1])

    def test_refuses_no_days_and_no_address(self) -> None:
        with pytest.raises(ValueError, match="at least one day"):
            attendance_sheet(replace(SHEET, rows=()))
        with pytest.raises(NotEncodable):
            attendance_sheet(replace(SHEET, address="nirgends"))


class TestPlacementList:
    def test_shows_who_is_where_and_who_has_no_place(self) -> None:
        (page,) = pages_of(placement_list(OVERVIEW))
        for words in (
            "1 von 2",
            "Tischlerei Hansen",
            "04141 555-20",
            "noch kein Platz",
            "sucht noch",
        ):
            assert words in page

    def test_is_landscape(self) -> None:
        box = PdfReader(io.BytesIO(placement_list(OVERVIEW))).pages[0].mediabox
        assert box.width > box.height

    def test_an_empty_class_says_so(self) -> None:
        assert "noch niemand" in pages_of(placement_list(replace(OVERVIEW, rows=())))[0]


class TestCertificates:
    def test_minimum_contents(self) -> None:
        (page,) = pages_of(certificates([CERTIFICATE]))
        for words in (
            "Bescheinigung",
            "Ayşe Yıldız",
            "Oberschule Jork",
            "vom 1. März 2027 bis 12. März 2027",
            "Tischlerei Hansen & Söhne GmbH",
            "in Stade",
            "9 von 10 Tagen",
            "Handwerk, Holz und Bau",
            "Ein Regal gebaut",
            "WP-7Q4M-22KX",
            "praktikum.example.org/pruefen",
            "12. März 2027",
        ):
            assert words in page

    def test_conduct_birth_date_and_signature_only_when_given(self) -> None:
        (without,) = pages_of(certificates([CERTIFICATE]))
        given = replace(
            CERTIFICATE, conduct="Sehr sorgfältig.", born_on=date(2012, 5, 4), signer="Jens Hansen"
        )
        (with_all,) = pages_of(certificates([given]))
        for words in ("Rückmeldung des Betriebs", "geboren am", "Unterschrift"):
            assert words not in without
            assert words in with_all

    def test_a_single_day(self) -> None:
        day = replace(CERTIFICATE, last_day=DAYS[0], days_present=1, days_planned=1)
        (page,) = pages_of(certificates([day]))
        assert "am 1. März 2027" in page
        assert "1 von 1 Tag" in page
        assert "Tagen" not in page

    def test_one_page_with_six_tasks_and_a_full_feedback(self) -> None:
        tasks = (
            "Beim Einbau von Türen und Fenstern auf einer Baustelle in der Stader Altstadt geholfen",
        ) * 6
        full = replace(
            CERTIFICATE,
            tasks=tasks,
            conduct="Sie war pünktlich und freundlich. " * 15,
            signer="J. Hansen",
        )
        assert len(pages_of(certificates([full]))) == 1

    def test_hostile_names(self) -> None:
        hostile = replace(
            CERTIFICATE, pupil=HOSTILE, company=HOSTILE, school=HOSTILE, field=HOSTILE, title="😀"
        )
        assert '#panic("x")' in " ".join(pages_of(certificates([hostile])))

    def test_a_class_in_one_file(self) -> None:
        assert len(pages_of(certificates([CERTIFICATE] * 25))) == 25

    def test_none_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no certificate"):
            certificates([])


class TestDaysCertificates:
    def test_lists_and_sums_the_days(self) -> None:
        (page,) = pages_of(days_certificates([WEEK]))
        for words in (
            "an 5 Tagen 5 Betriebe",
            "Mittwoch 03.03.2027",
            "Betrieb 4",
            "30 Stunden",
            "WP-7Q4M-22KX",
        ):
            assert words in page

    def test_the_same_company_counts_once(self) -> None:
        (page,) = pages_of(days_certificates([replace(WEEK, days=WEEK.days[:1] * 2)]))
        assert "an 2 Tagen einen Betrieb" in page

    def test_without_days_there_is_nothing_to_certify(self) -> None:
        with pytest.raises(ValueError, match="at least one day"):
            days_certificates([replace(WEEK, days=())])


@pytest.mark.parametrize(
    "text", [HOSTILE, UNBREAKABLE, LONG], ids=["hostile", "unbreakable", "long"]
)
class TestNothingLeavesThePage:
    def test_agreement(self, text: str) -> None:
        party = Party(name=text, lines=(text,) * 2, contact=text)
        document = replace(
            AGREEMENT,
            programme=text,
            reference=text,
            class_name=text,
            pupil=party,
            company=party,
            guardians=(party,),
            hours=(replace(AGREEMENT.hours[0], days=text),),
            signatures=(SignatureLine(role=text, name=text),) * 2,
        )
        assert text_outside(agreements([document])) == []

    def test_attendance_sheet(self, text: str) -> None:
        rows = tuple(AttendanceRow(day=day, pupil=f"{name}{text}") for day in DAYS for name in "AB")
        sheet = replace(SHEET, company=text, school=text, return_to=text, rows=rows)
        assert text_outside(attendance_sheet(sheet)) == []

    def test_placement_list(self, text: str) -> None:
        row = PlacementRow(
            pupil=text,
            company=text,
            place=text,
            supervisor=text,
            telephone=text,
            period=text,
            state=text,
        )
        sheet = replace(OVERVIEW, school=text, class_name=text, teacher=text, rows=(row,) * 3)
        assert text_outside(placement_list(sheet)) == []

    def test_certificates(self, text: str) -> None:
        one = replace(
            CERTIFICATE,
            title=text,
            pupil=text,
            company=text,
            school=text,
            field=text,
            tasks=(text,),
        )
        days = tuple(replace(day, company=text, place=text, field=text) for day in WEEK.days)
        assert text_outside(certificates([one])) == []
        assert text_outside(days_certificates([replace(WEEK, pupil=text, days=days)])) == []


def test_identical_for_identical_input() -> None:
    assert agreements([AGREEMENT]) == agreements([replace(AGREEMENT)])
    assert certificates([CERTIFICATE]) == certificates([replace(CERTIFICATE)])
