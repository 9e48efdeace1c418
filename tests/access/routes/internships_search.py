from tests.access.route import EVERYBODY, Route

ROUTES = {
    # A pupil's first visit is led to a search around home.
    "internships:offer_search": Route(allowed=EVERYBODY, query="?umkreis=15"),
    "internships:offer_detail": Route(
        args=lambda world: {"public_id": world.own.offer.public_id},
        allowed=EVERYBODY,
        note="public by design; pupils of another region do not see it, see tests/internships/web",
    ),
}
