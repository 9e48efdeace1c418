from django.urls import URLPattern, path

from werkpfad.surface.portal.web.views import demo, home, legal

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("", home.landing, name="landing"),
    path("start/", home.start, name="start"),
    path("demo/", demo.roles, name="demo_roles"),
    path("demo/einsteigen/", demo.step_in, name="demo_step_in"),
    path("hilfe/", legal.help_page, name="help"),
    path("impressum/", legal.imprint, name="imprint"),
    path("datenschutz/", legal.privacy, name="privacy"),
    path("barrierefreiheit/", legal.accessibility, name="accessibility"),
    path(".well-known/security.txt", legal.security_txt, name="security_txt"),
    path("robots.txt", legal.robots, name="robots"),
]
