from django.urls import URLPattern, path

from werkpfad.journey.placements.web.views import (
    attendance,
    checks,
    company,
    company_links,
    days_sheet,
    detail,
    feedback,
    papers,
    pupil,
    school,
    steering,
)

app_name = "placements"
urlpatterns: list[URLPattern] = [
    # from a mail, without account
    path("antwort/<str:token>/", company_links.answer, name="answer"),
    path("neuer-link/<str:purpose>/<str:token>/", company_links.renew_link, name="renew_link"),
    path("anwesenheit/mit-link/<str:token>/", attendance.attendance_link, name="attendance_link"),
    path("rueckmeldung/mit-link/<str:token>/", feedback.feedback_link, name="feedback_link"),
    # public
    path("pruefen/", checks.check_form, name="check_form"),
    path("pruefen/<str:code>/", checks.check, name="check"),
    # company
    path("anfragen/", company.requests, name="requests"),
    path("anwesenheit/", attendance.today, name="today"),
    # pupil
    path("praktikum/", pupil.my_internship, name="my_internship"),
    path("praktikum/<str:public_id>/ja/", pupil.say_yes, name="say_yes"),
    path("praktikum/<str:public_id>/nein/", pupil.say_no, name="say_no"),
    # school
    path("genehmigungen/", school.approvals, name="approvals"),
    path("genehmigungen/<str:public_id>/ablehnen/", school.reject, name="reject"),
    # coordination
    path("vermitteln/", steering.without_place, name="without_place"),
    path("vermitteln/<str:programme_id>/", steering.without_place, name="without_place_in"),
    path("vermitteln/<str:programme_id>/<str:pupil_id>/", steering.propose, name="propose"),
    # everybody who may see the placement
    path("praktika/<str:public_id>/", detail.detail, name="detail"),
    path("praktika/<str:public_id>/absagen/", detail.cancel, name="cancel"),
    path("praktika/<str:public_id>/zuruecknehmen/", detail.take_back, name="take_back"),
    path("praktika/<str:public_id>/anwesenheit/", attendance.paper, name="paper"),
    path("praktika/<str:public_id>/rueckmeldung/", feedback.feedback, name="feedback"),
    path(
        "praktika/<str:public_id>/bescheinigung/",
        detail.issue_certificate,
        name="issue_certificate",
    ),
    path(
        "praktika/<str:public_id>/bescheinigung/zurueckziehen/",
        detail.revoke_certificate,
        name="revoke_certificate",
    ),
    path("praktika/<str:public_id>/sammelbescheinigung/", days_sheet.days_sheet, name="days_sheet"),
    path("praktika/<str:public_id>/sammelbescheinigung.pdf", days_sheet.days_pdf, name="days_pdf"),
    path("praktika/<str:public_id>/vereinbarung.pdf", papers.agreement_pdf, name="agreement_pdf"),
    path("praktika/<str:public_id>/anwesenheit.pdf", papers.attendance_pdf, name="attendance_pdf"),
    path(
        "praktika/<str:public_id>/bescheinigung.pdf", papers.certificate_pdf, name="certificate_pdf"
    ),
]
