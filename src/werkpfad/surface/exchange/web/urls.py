from django.urls import path

from werkpfad.surface.exchange.web import views

app_name = "exchange"
urlpatterns = [
    path("importe/", views.import_list, name="import_list"),
    path("importe/neu/<slug:kind>/", views.import_create, name="import_create"),
    path(
        "importe/vorlage/<slug:kind>.<slug:suffix>", views.import_template, name="import_template"
    ),
    path("importe/<str:public_id>/", views.import_detail, name="import_detail"),
    path("importe/<str:public_id>/fehler.csv", views.import_errors, name="import_errors"),
    path("importe/<str:public_id>/uebernehmen/", views.import_commit, name="import_commit"),
    path("importe/<str:public_id>/verwerfen/", views.import_discard, name="import_discard"),
    path("importe/<str:public_id>/abbrechen/", views.import_withdraw, name="import_withdraw"),
    path("importe/<str:public_id>/neu-starten/", views.import_restart, name="import_restart"),
    path("importe/<str:public_id>/rueckgaengig/", views.import_undo, name="import_undo"),
]
