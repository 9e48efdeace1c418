"""Sign-in sheets, letters and lists on paper: for pupils and guardians without e-mail."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from werkpfad.base.accounts.codes import code_of, printed
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.addresses import absolute
from werkpfad.base.core.days import day_of
from werkpfad.base.core.pdf import Letterhead, qr_svg, spoken_address
from werkpfad.base.core.school_year import school_year_ends_on, school_year_label
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.region.network.models import Region
from werkpfad.region.schools import queries
from werkpfad.region.schools.actions import (
    give_access,
    give_class_access,
    give_guardian_access,
    renew_code,
)
from werkpfad.region.schools.documents import (
    ClassList,
    ClassListRow,
    GuardianLetter,
    GuardianLetters,
    SignInCard,
    SignInCards,
    class_list,
    guardian_letters,
    link_with_code,
    sign_in_cards,
)
from werkpfad.region.schools.models import Guardian, Pupil, SchoolClass
from werkpfad.region.schools.permissions import can_manage_classes
from werkpfad.region.schools.web.board import programmes_of
from werkpfad.region.schools.web.forms import LettersForm
from werkpfad.region.schools.web.views.classes import require_teacher
from werkpfad.region.schools.web.views.pupils import own_pupil

REPLY_WITHIN = timedelta(days=14)


def sign_in_address() -> str:
    return absolute(resolve_url(settings.LOGIN_URL))


def own_class(request: HttpRequest, public_id: str) -> SchoolClass:
    """A class one sees (else 404) and whose codes one may hand out (else 403)."""
    require_teacher(request)
    grants = grants_of(request)
    school_class = load(queries.visible_classes(grants), public_id)
    require(can_manage_classes(grants, school_class.school))
    return school_class


def pdf_response(content: bytes, filename: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, filename) or "inline"
    return response


def letterhead(region: Region) -> Letterhead:
    contact = [region.contact_name, region.contact_phone, region.contact_email]
    return Letterhead(region.name, ", ".join(part for part in contact if part))


@require_http_methods(["GET", "HEAD", "POST"])
def class_codes(request: HttpRequest, public_id: str) -> HttpResponse:
    """GET shows the sheets to print, POST makes the codes that are missing. Printing again shows the same codes."""
    school_class = own_class(request, public_id)
    if request.method == "POST":
        made = give_class_access(
            school_class=school_class,
            with_guardians="guardians" in request.POST,
            by=grants_of(request).by,
            at=clock.now(),
        )
        word = "Code ist" if made == 1 else "Codes sind"
        messages.success(request, f"{made} neue {word} angelegt.")
        return redirect(_safe_way(request.POST.get("next", ""), public_id))
    address = sign_in_address()
    pupils = list(queries.pupils_of(school_class))
    sheets = queries.pupil_sheets(school_class)
    return render(
        request,
        "schools/class_codes.html",
        {
            "school_class": school_class,
            "address": spoken_address(address),
            "cards": [
                (s.pupil, printed(s.code), qr_svg(link_with_code(address, s.code))) for s in sheets
            ],
            "missing": len(pupils) - len(sheets),
            "has_pupils": bool(pupils),
        },
    )


def _safe_way(wanted: str, public_id: str) -> str:
    """Back to the page that asked: only pages of this class are known."""
    names = {"letters": "schools:class_letters", "codes": "schools:class_codes"}
    return reverse(names.get(wanted, "schools:class_codes"), args=[public_id])


@require_safe
def class_codes_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    school_class = own_class(request, public_id)
    sheets = queries.pupil_sheets(school_class)
    if not sheets:
        messages.info(request, "Erst Codes anlegen, dann drucken.")
        return redirect("schools:class_codes", public_id)
    organisation = school_class.school.organisation
    content = sign_in_cards(
        SignInCards(
            letterhead=letterhead(organisation.region),
            school=organisation.name,
            class_name=school_class.name,
            address=sign_in_address(),
            cards=tuple(SignInCard(name=s.pupil.full_name, code=s.code) for s in sheets),
            valid_until=school_year_ends_on(school_class.school_year),
            dated=clock.today(),
        )
    )
    return pdf_response(content, f"Anmeldezettel {school_class.name}.pdf")


@require_safe
def class_list_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    school_class = own_class(request, public_id)
    organisation = school_class.school.organisation
    pupils = list(queries.pupils_of(school_class))
    seen = _guardians_seen(school_class)
    rows = tuple(
        ClassListRow(
            name=f"{p.family_name}, {p.given_name}",
            signed_in=_since(
                getattr(p.user, "access_code", None) and p.user.access_code.last_used_at
            ),
            guardians=_since(seen.get(p.pk)),
        )
        for p in pupils
    )
    content = class_list(
        ClassList(
            letterhead=letterhead(organisation.region),
            school=organisation.name,
            class_name=f"{school_class.name} ({school_year_label(school_class.school_year)})",
            teacher=_teachers(school_class),
            rows=rows,
            dated=clock.today(),
        )
    )
    return pdf_response(content, f"Klassenliste {school_class.name}.pdf")


def _since(moment: Any) -> str:
    return f"zuletzt {day_of(moment):%d.%m.%Y}" if moment else "noch nicht"


def _guardians_seen(school_class: SchoolClass) -> dict[int, Any]:
    """When a guardian of each pupil signed in last."""
    rows = Guardian.objects.filter(
        pupil__school_class=school_class, user__access_code__last_used_at__isnull=False
    )
    return dict(
        rows.order_by("user__access_code__last_used_at").values_list(
            "pupil", "user__access_code__last_used_at"
        )
    )


def _teachers(school_class: SchoolClass) -> str:
    teachings = school_class.teachers.select_related("user").order_by("pk")
    return ", ".join(t.user.display_name for t in teachings)


@require_safe
def class_letters(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the letters are to say; the PDF is made from the address of the filled form."""
    school_class = own_class(request, public_id)
    programmes = programmes_of(school_class)
    usual = {
        "programm": programmes[0].public_id if programmes else None,
        "antwort_bis": clock.today() + REPLY_WITHIN,
    }
    form = LettersForm(initial=usual, programmes=programmes)
    return _letters_page(request, school_class, form)


def _letters_page(
    request: HttpRequest, school_class: SchoolClass, form: LettersForm
) -> HttpResponse:
    letters = len(queries.guardian_sheets(school_class))
    pupils = queries.pupils_of(school_class).count()
    context = {
        "school_class": school_class,
        "form": form,
        "letters": letters,
        "missing": pupils - letters,
        "has_pupils": pupils > 0,
    }
    return render(request, "schools/class_letters.html", context)


@require_safe
def class_letters_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The letters, or the form again with what is missing."""
    school_class = own_class(request, public_id)
    form = LettersForm(request.GET, programmes=programmes_of(school_class))
    sheets = queries.guardian_sheets(school_class)
    if not sheets or not form.is_valid():
        return _letters_page(request, school_class, form)
    content = guardian_letters(
        _letters(school_class, form.cleaned_data, sheets, dated=clock.today())
    )
    return pdf_response(content, f"Elternbriefe {school_class.name}.pdf")


def _letters(
    school_class: SchoolClass, data: dict[str, Any], sheets: list[queries.Sheet], *, dated: date
) -> GuardianLetters:
    organisation = school_class.school.organisation
    programme = data["programm"]
    teachers = _teachers(school_class)
    return GuardianLetters(
        letterhead=letterhead(organisation.region),
        school=organisation.name,
        class_name=school_class.name,
        programme=programme.title,
        first_day=programme.first_day,
        last_day=programme.last_day,
        reply_by=data["antwort_bis"],
        teacher=teachers or "Ihre BO-Lehrkraft",
        remarks=data["hinweis"],
        address=sign_in_address(),
        letters=tuple(GuardianLetter(pupil=s.pupil.full_name, code=s.code) for s in sheets),
        dated=dated,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def pupil_code(request: HttpRequest, public_id: str) -> HttpResponse:
    """One pupil's sheet and the guardians'; POST gives the first code or a new one when the sheet is lost."""
    pupil = own_pupil(request, public_id)
    guardian = Guardian.objects.filter(pupil=pupil, position=1).select_related("user__access_code")
    parent = guardian.first()
    if request.method == "POST":
        _give_or_renew(request, pupil, parent)
        return redirect("schools:pupil_code", public_id)
    address = sign_in_address()
    return render(
        request,
        "schools/pupil_code.html",
        {
            "pupil": pupil,
            "address": spoken_address(address),
            "own": _sheet(pupil.user, address),
            "parent": _sheet(parent.user if parent else None, address),
        },
    )


def _give_or_renew(request: HttpRequest, pupil: Pupil, parent: Guardian | None) -> None:
    grants, at = grants_of(request), clock.now()
    is_parent = request.POST.get("who") == "guardian"
    user = parent.user if is_parent and parent else (None if is_parent else pupil.user)
    if user is not None:
        renew_code(user=user, by=grants.by, at=at)
        messages.success(request, "Der neue Code gilt ab jetzt, der alte nicht mehr.")
        return
    give = give_guardian_access if is_parent else give_access
    give(pupil=pupil, by=grants.by, at=at)
    messages.success(request, "Der Code ist angelegt.")


def _sheet(user: User | None, address: str) -> dict[str, str] | None:
    access = getattr(user, "access_code", None)
    if access is None:
        return None
    code = code_of(access)
    return {"code": printed(code), "qr": qr_svg(link_with_code(address, code))}
