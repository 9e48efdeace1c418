from django.urls import path

from werkpfad.base.accounts.web.views import account, credentials, second_factor, security, sign_in

app_name = "accounts"
urlpatterns = [
    path("anmelden/", sign_in.sign_in, name="sign_in"),
    path("anmelden/gesendet/", sign_in.link_sent, name="link_sent"),
    path("anmelden/link/<str:token>/", sign_in.sign_in_link, name="sign_in_link"),
    path("anmelden/link/<str:token>/neu/", sign_in.renew_sign_in_link, name="renew_sign_in_link"),
    path("anmelden/zweiter-schritt/", second_factor.second_factor, name="second_factor"),
    path("anmelden/passkey/frage/", second_factor.passkey_question, name="passkey_question"),
    path("anmelden/passkey/", second_factor.passkey_sign_in, name="passkey_sign_in"),
    path("abmelden/", sign_in.sign_out, name="sign_out"),
    path("konto/", account.account, name="account"),
    path("konto/anmeldungen/<str:public_id>/beenden/", account.end_one, name="end_one"),
    path("konto/anmeldungen/beenden/", account.end_others, name="end_others"),
    path("konto/name/", credentials.name, name="name"),
    path("konto/passwort/", credentials.password, name="password"),
    path("konto/adresse/", credentials.email, name="email"),
    path("konto/adresse/<str:token>/", credentials.confirm_email, name="confirm_email"),
    path("konto/bestaetigen/", security.reauthenticate, name="reauthenticate"),
    path("konto/sicherheit/", security.security, name="security"),
    path("konto/sicherheit/app/", security.app_add, name="app_add"),
    path("konto/sicherheit/passkey/", security.passkey_add, name="passkey_add"),
    path("konto/sicherheit/notfallcodes/", security.recovery_codes, name="recovery_codes"),
    path("konto/sicherheit/<str:factor_id>/name/", security.passkey_rename, name="passkey_rename"),
    path(
        "konto/sicherheit/<str:factor_id>/entfernen/", security.factor_remove, name="factor_remove"
    ),
]
