from django.urls import URLPattern, path

from werkpfad.journey.matching.web.views import leftovers, results, wishes

urlpatterns: list[URLPattern] = [
    path("wuensche/", wishes.wishes, name="wishes"),
    path("wuensche/hinzufuegen/", wishes.wish_add, name="wish_add"),
    path("wuensche/ordnen/", wishes.wish_order, name="wish_order"),
    path("wuensche/abgeben/", wishes.wish_submit, name="wish_submit"),
    path("wuensche/woche/", wishes.week_wishes, name="week_wishes"),
    path("wuensche/fuer/<str:pupil_id>/", wishes.wishes, name="wishes_for"),
    path("wuensche/fuer/<str:pupil_id>/hinzufuegen/", wishes.wish_add, name="wish_add_for"),
    path("wuensche/fuer/<str:pupil_id>/ordnen/", wishes.wish_order, name="wish_order_for"),
    path("wuensche/fuer/<str:pupil_id>/abgeben/", wishes.wish_submit, name="wish_submit_for"),
    path("wuensche/fuer/<str:pupil_id>/woche/", wishes.week_wishes, name="week_wishes_for"),
    path("restplaetze/", leftovers.leftovers, name="leftovers"),
    path("restplaetze/klassen/", leftovers.class_leftovers, name="class_leftovers"),
    path("restplaetze/fuer/<str:pupil_id>/", leftovers.leftovers, name="leftovers_for"),
    path("ergebnis/", results.result, name="result"),
    path("ergebnis/klassen/", results.class_results, name="class_results"),
]
