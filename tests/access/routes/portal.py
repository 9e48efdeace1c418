from tests.access.route import EVERYBODY, SIGNED_IN, Route

DEMO_ONLY = "exists in demo mode only; tests/portal/web/test_demo.py opens it there"

ROUTES = {
    "portal:landing": Route(allowed={"anonymous"}, elsewhere=SIGNED_IN),
    "portal:start": Route(
        allowed={"pupil", "company_manager", "operator"},
        elsewhere=SIGNED_IN - {"pupil", "company_manager", "operator"},
    ),
    "portal:help": Route(allowed=EVERYBODY),
    "portal:imprint": Route(allowed=EVERYBODY),
    "portal:privacy": Route(allowed=EVERYBODY),
    "portal:accessibility": Route(allowed=EVERYBODY),
    "portal:security_txt": Route(
        allowed=EVERYBODY, status=404, note="no contact is configured in tests"
    ),
    "portal:robots": Route(allowed=EVERYBODY),
    "portal:demo_roles": Route(allowed=EVERYBODY, status=404, note=DEMO_ONLY),
    "portal:demo_step_in": Route(
        allowed=EVERYBODY, methods=("POST",), post_status=(404,), note=DEMO_ONLY
    ),
}
