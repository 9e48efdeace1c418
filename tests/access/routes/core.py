from tests.access.route import EVERYBODY, Route

ROUTES = {
    "healthz": Route(allowed=EVERYBODY),
    "readyz": Route(allowed=EVERYBODY),
    "gallery": Route(allowed=EVERYBODY, status=404, note="only in development and demo mode"),
    "gallery_page": Route(
        allowed=EVERYBODY,
        args=lambda world: {"page": "daten"},
        status=404,
        note="only in development and demo mode",
    ),
}
