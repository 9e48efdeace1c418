"""Sites and contact persons of an organisation."""

from django.contrib import messages
from django.db.models import ProtectedError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.ui.shortcuts import load
from werkpfad.region.network.actions import (
    MainSiteStays,
    remove_contact,
    remove_site,
    save_contact,
    save_site,
)
from werkpfad.region.network.models import Contact, Organisation, Site
from werkpfad.region.network.web.asking import managed
from werkpfad.region.network.web.forms.organisations import ContactForm, SiteForm

READ_AND_WRITE = ["GET", "HEAD", "POST"]


@require_http_methods(READ_AND_WRITE)
def site(request: HttpRequest, public_id: str, site_id: str = "") -> HttpResponse:
    """A new site, or one that is there."""
    organisation = managed(request, public_id)
    found = load(organisation.sites.all(), site_id) if site_id else Site(organisation=organisation)
    names = ("name", "street", "postal_code", "place_name")
    initial = {name: getattr(found, name) for name in names}
    form = SiteForm(request.POST if request.method == "POST" else None, initial=initial)
    if found.is_main:
        del form.fields["make_main"]
    if form.is_valid():
        saved = save_site(site=found, **form.cleaned_data, by=grants_of(request).by, at=clock.now())
        if saved.lat is None:
            messages.warning(request, "Gespeichert, aber diese Postleitzahl kennen wir nicht.")
        else:
            messages.success(request, "Standort gespeichert.")
        return redirect("network:organisation", public_id)
    title = "Standort ändern" if site_id else "Neuer Standort"
    return _form_page(request, organisation, form, title, found if not found.is_main else None)


@require_POST
def site_remove(request: HttpRequest, public_id: str, site_id: str) -> HttpResponse:
    organisation = managed(request, public_id)
    found = load(organisation.sites.all(), site_id)
    try:
        remove_site(site=found, by=grants_of(request).by, at=clock.now())
    except MainSiteStays:
        messages.error(request, "Der Hauptstandort bleibt. Wählen Sie zuerst einen anderen.")
    except ProtectedError:
        messages.error(request, "Zu diesem Standort gehören noch Angebote.")
    else:
        messages.success(request, "Standort entfernt.")
    return redirect("network:organisation", public_id)


@require_http_methods(READ_AND_WRITE)
def contact(request: HttpRequest, public_id: str, contact_id: str = "") -> HttpResponse:
    """A new contact person, or one that is there."""
    organisation = managed(request, public_id)
    found = (
        load(organisation.contacts.all(), contact_id)
        if contact_id
        else Contact(organisation=organisation)
    )
    names = ("name", "function", "email", "phone", "is_public")
    initial = {name: getattr(found, name) for name in names}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        save_contact(contact=found, **form.cleaned_data, by=grants_of(request).by, at=clock.now())
        messages.success(request, "Ansprechperson gespeichert.")
        return redirect("network:organisation", public_id)
    title = "Ansprechperson ändern" if contact_id else "Neue Ansprechperson"
    return _form_page(request, organisation, form, title, found)


@require_POST
def contact_remove(request: HttpRequest, public_id: str, contact_id: str) -> HttpResponse:
    organisation = managed(request, public_id)
    found = load(organisation.contacts.all(), contact_id)
    remove_contact(contact=found, by=grants_of(request).by, at=clock.now())
    messages.success(request, "Ansprechperson entfernt.")
    return redirect("network:organisation", public_id)


def _form_page(
    request: HttpRequest,
    organisation: Organisation,
    form: Form,
    title: str,
    removable: Site | Contact | None,
) -> HttpResponse:
    remove = ""
    if removable is not None and removable.pk:
        remove = f"{request.path}entfernen/"
    context = {"organisation": organisation, "form": form, "title": title, "remove_url": remove}
    return render(request, "network/part.html", context)
