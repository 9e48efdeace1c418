from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from tests.access.route import EVERYBODY, SIGNED_IN, Route
from tests.access.world import NOW, World
from werkpfad.base.accounts.actions import note_sign_in
from werkpfad.base.accounts.models import SignIn
from werkpfad.base.accounts.second_factor import new_app_secret
from werkpfad.base.core.actor import SYSTEM


def _foreign_sign_in(world: World) -> dict[str, str]:
    user = world.foreign.users["teacher"]
    existing = SignIn.objects.filter(user=user).first()
    row = existing or note_sign_in(
        user=user, session_key="f" * 32, device="Test", by=SYSTEM, at=NOW
    )
    return {"public_id": row.public_id}


def _foreign_factor(world: World) -> dict[str, str]:
    user = world.foreign.users["teacher"]
    existing = Authenticator.objects.filter(user=user).first()
    factor = existing or TOTP.activate(user, new_app_secret()).instance
    return {"factor_id": str(factor.pk)}


STAFF = SIGNED_IN - {"pupil", "guardian"}
ROUTES = {
    "accounts:sign_in": Route(allowed=EVERYBODY, methods=("GET", "POST")),
    "accounts:link_sent": Route(allowed=EVERYBODY),
    "accounts:sign_in_link": Route(
        allowed=EVERYBODY,
        args=lambda world: {"token": "nobody"},
        status=404,
        post_status=(404,),
        methods=("GET", "POST"),
        note="an unknown token; tests/accounts/test_links.py has the known ones",
    ),
    "accounts:renew_sign_in_link": Route(
        allowed=EVERYBODY, args=lambda world: {"token": "nobody"}, methods=("POST",)
    ),
    "accounts:second_factor": Route(
        allowed=EVERYBODY,
        status=302,
        methods=("GET", "POST"),
        note="without a first step, back to the start",
    ),
    "accounts:passkey_question": Route(allowed=EVERYBODY, methods=("POST",)),
    "accounts:passkey_sign_in": Route(allowed=EVERYBODY, methods=("POST",)),
    "accounts:sign_out": Route(allowed=SIGNED_IN, methods=("POST",)),
    "accounts:account": Route(allowed=SIGNED_IN),
    "accounts:end_one": Route(
        allowed=SIGNED_IN,
        args=_foreign_sign_in,
        foreign=_foreign_sign_in,
        methods=("POST",),
        post_status=(404,),
        note="everybody ends only what is theirs; tests/accounts/test_sessions.py has the own ones",
    ),
    "accounts:name": Route(allowed=STAFF, methods=("GET", "POST")),
    "accounts:password": Route(allowed=STAFF, methods=("GET", "POST")),
    "accounts:email": Route(allowed=STAFF, methods=("GET", "POST")),
    "accounts:confirm_email": Route(
        allowed=EVERYBODY,
        args=lambda world: {"token": "nobody"},
        status=404,
        post_status=(404,),
        methods=("GET", "POST"),
        note="an unknown token; tests/accounts/test_credentials.py has the known ones",
    ),
    "accounts:reauthenticate": Route(allowed=STAFF, methods=("GET", "POST")),
    "accounts:security": Route(allowed=STAFF),
    "accounts:app_add": Route(allowed=STAFF, methods=("GET", "POST")),
    "accounts:passkey_add": Route(allowed=STAFF, methods=("GET", "POST")),
    "accounts:recovery_codes": Route(
        allowed=STAFF, status=302, methods=("GET", "POST"), note="there are none yet"
    ),
    "accounts:passkey_rename": Route(
        allowed=STAFF,
        args=_foreign_factor,
        foreign=_foreign_factor,
        status=404,
        post_status=(404,),
        methods=("GET", "POST"),
        note="everybody renames only what is theirs; tests/accounts/test_second_factor.py has the own ones",
    ),
    "accounts:factor_remove": Route(
        allowed=STAFF,
        args=_foreign_factor,
        foreign=_foreign_factor,
        status=404,
        post_status=(404,),
        methods=("GET", "POST"),
        note="everybody removes only what is theirs; tests/accounts/test_second_factor.py has the own ones",
    ),
    "accounts:end_others": Route(allowed=SIGNED_IN, methods=("POST",)),
}
