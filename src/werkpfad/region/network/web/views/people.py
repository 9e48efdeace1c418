"""People in roles: inviting, sending again, withdrawing, letting go; and accepting an invitation."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from werkpfad.base.accounts import sessions
from werkpfad.base.accounts.actions import LinkNotUsable, set_password
from werkpfad.base.accounts.enums import LinkPurpose, LinkState
from werkpfad.base.accounts.models import ActionLink, User
from werkpfad.base.accounts.queries import find_link, user_by_email
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.accounts.roles import ROLES
from werkpfad.base.core import clock
from werkpfad.base.core.actor import by_link
from werkpfad.base.core.throttle import hit
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.region.network.actions import (
    AlreadyInvited,
    InvitationNotOpen,
    LastManager,
    end_membership,
    revoke_invitation,
)
from werkpfad.region.network.models import Invitation
from werkpfad.region.network.permissions import can_invite
from werkpfad.region.network.queries import manageable_memberships, open_invitations
from werkpfad.region.network.rules import roles_at
from werkpfad.region.network.web import limits
from werkpfad.region.network.web.asking import managed
from werkpfad.region.network.web.forms.entry import AcceptForm
from werkpfad.region.network.web.forms.organisations import InvitationForm
from werkpfad.region.notifications.actions import (
    accept_by_link,
    invite_by_mail,
    send_invitation_again,
)

READ_AND_WRITE = ["GET", "HEAD", "POST"]


@require_http_methods(READ_AND_WRITE)
def invite(request: HttpRequest, public_id: str) -> HttpResponse:
    """Invite somebody by mail into a role of the organisation."""
    organisation = managed(request, public_id)
    roles = roles_at(organisation.kind)
    require(bool(roles))
    form = InvitationForm(request.POST if request.method == "POST" else None, roles=roles)
    if form.is_valid():
        require(can_invite(grants_of(request), organisation, form.cleaned_data["role"]))
        try:
            invite_by_mail(
                organisation=organisation,
                role_code=form.cleaned_data["role"],
                email=form.cleaned_data["email"],
                name=form.cleaned_data["name"],
                by=grants_of(request).by,
                at=clock.now(),
            )
        except AlreadyInvited:
            form.add_error(
                "email", "Diese Einladung ist schon unterwegs. Sie können sie erneut schicken."
            )
        else:
            messages.success(request, "Die Einladung ist unterwegs.")
            return redirect("network:organisation", public_id)
    context = {"organisation": organisation, "form": form}
    return render(request, "network/invite.html", context)


@require_POST
def invitation_again(request: HttpRequest, invitation_id: str) -> HttpResponse:
    found = load(open_invitations(grants_of(request)), invitation_id)
    require(can_invite(grants_of(request), found.organisation, found.role))
    send_invitation_again(invitation=found, by=grants_of(request).by, at=clock.now())
    messages.success(
        request, "Die Einladung ist noch einmal unterwegs. Der alte Link gilt nicht mehr."
    )
    return redirect("network:organisation", found.organisation.public_id)


@require_POST
def invitation_revoke(request: HttpRequest, invitation_id: str) -> HttpResponse:
    found = load(open_invitations(grants_of(request)), invitation_id)
    require(can_invite(grants_of(request), found.organisation, found.role))
    revoke_invitation(invitation=found, by=grants_of(request).by, at=clock.now())
    messages.success(request, "Die Einladung ist zurückgezogen.")
    return redirect("network:organisation", found.organisation.public_id)


@require_http_methods(READ_AND_WRITE)
def membership_end(request: HttpRequest, membership_id: str) -> HttpResponse:
    """Take a role away, with effect at once; the last one who manages is not let go by accident."""
    today = clock.today()
    found = load(manageable_memberships(grants_of(request), today=today), membership_id)
    require(can_invite(grants_of(request), found.organisation, found.role))
    back = redirect("network:organisation", found.organisation.public_id)
    is_self = found.user_id == grants_of(request).user_id
    is_last = False
    if request.method == "POST":
        try:
            end_membership(
                membership=found,
                by=grants_of(request).by,
                at=clock.now(),
                today=today,
                confirmed=request.POST.get("confirmed") == "yes",
            )
        except LastManager:
            is_last = True
        else:
            messages.success(request, "Beendet. Das wirkt sofort.")
            return redirect(settings.LOGIN_REDIRECT_URL) if is_self else back
    held = ROLES.get(found.role)
    context = {
        "membership": found,
        "role": held.title if held else found.role,
        "is_self": is_self,
        "is_last": is_last,
        "cancel_url": reverse("network:organisation", args=[found.organisation.public_id]),
    }
    return render(request, "network/membership_end.html", context, status=409 if is_last else 200)


def _invitation_behind(link: ActionLink | None) -> Invitation | None:
    if link is None:
        return None
    return (
        Invitation.objects.filter(public_id=link.object_id, email=link.email)
        .select_related("organisation__region")
        .first()
    )


@login_not_required
@sensitive_post_parameters("new_password")
@require_http_methods(READ_AND_WRITE)
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows who invites into what, POST admits. The link is bound to address and invitation."""
    at = clock.now()
    state, link = find_link(token, purpose=LinkPurpose.INVITATION, at=at)
    invitation = _invitation_behind(link)
    if link is None or invitation is None:
        return render(request, "network/accept.html", {"state": LinkState.UNKNOWN}, status=404)
    is_known = user_by_email(invitation.email) is not None
    first, _, last = invitation.name.rpartition(" ")
    names = {"given_name": first, "family_name": last}
    form = None if is_known else AcceptForm(_data(request), initial=names)
    if request.method == "POST" and (form is None or form.is_valid()):
        values = form.cleaned_data if form else {}
        try:
            user = _admit(link, invitation, values)
        except LinkNotUsable as refused:
            state = refused.state
        except InvitationNotOpen:
            state = LinkState.REVOKED
        else:
            return _enter(request, user)
    held = ROLES.get(invitation.role)
    context = {
        "state": state,
        "token": token,
        "invitation": invitation,
        "role": held,
        "form": form,
    }
    status = 200 if state is LinkState.VALID else 410
    return render(request, "network/accept.html", context, status=status)


def _data(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _admit(link: ActionLink, invitation: Invitation, values: dict[str, str]) -> User:
    at, by = clock.now(), by_link(link.pk)
    with transaction.atomic():
        user, _ = accept_by_link(
            link=link,
            invitation=invitation,
            given_name=values.get("given_name", ""),
            family_name=values.get("family_name", ""),
            by=by,
            at=at,
            today=clock.today(),
        )
        if values.get("new_password"):
            set_password(user=user, password=values["new_password"], by=by, at=at)
    return user


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    if not sessions.start_session(request, user):
        return redirect("accounts:second_factor")
    messages.success(request, "Willkommen bei Werkpfad!")
    return redirect(settings.LOGIN_REDIRECT_URL)


@login_not_required
@require_POST
def accept_renew(request: HttpRequest, token: str) -> HttpResponse:
    """A run-out invitation sends itself again to its own address, if it is still open."""
    at = clock.now()
    _, link = find_link(token, purpose=LinkPurpose.INVITATION, at=at)
    invitation = _invitation_behind(link)
    if link is None or invitation is None:
        return redirect("accounts:link_sent")
    if hit(limits.RENEWALS, invitation.public_id, at=at):
        try:
            send_invitation_again(invitation=invitation, by=by_link(link.pk), at=at)
        except InvitationNotOpen:
            return redirect("network:accept", token)
    return redirect("accounts:link_sent")
