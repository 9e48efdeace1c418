"""Seeds the demo county into the database of the environment and says what a measurement needs to know.

Run by ``bench.pages`` in a process of its own; prints one line of JSON.
"""

import json
import sys
import time

import django
from django.apps import apps
from django.core.management import call_command
from django.test import Client

SEARCH = "/angebote/?ort=Stade&umkreis=10"
WARM_UP = 3
ROUNDS = 20


def main() -> None:
    django.setup()
    started = time.perf_counter()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    migrated = time.perf_counter()
    call_command("demo_data", verbosity=0, stdout=sys.stderr)
    seeded = time.perf_counter()
    rows = sum(model.objects.count() for model in apps.get_models() if hasattr(model, "objects"))
    answer = _answer_page()
    paths = {
        "empty": "/healthz",
        "search": SEARCH,
        "pupil home": "/start/",
        "company answer": answer,
    }
    result = {
        "migrate_seconds": migrated - started,
        "seed_seconds": seeded - migrated,
        "rows": rows,
        "answer": answer,
        "cpu_ms": {
            name: _cpu_ms(path, as_pupil=name == "pupil home") for name, path in paths.items()
        },
    }
    sys.stdout.write(json.dumps(result) + "\n")


def _cpu_ms(path: str, *, as_pupil: bool) -> float:
    """Processor time of one answer, without a server: changed less by what runs beside than its duration is."""
    visitor = Client(headers={"host": "localhost"})
    if as_pupil:
        visitor.post("/demo/einsteigen/", {"role": "pupil"})
    for _ in range(WARM_UP):
        visitor.get(path)
    started = time.process_time()
    for _ in range(ROUNDS):
        visitor.get(path)
    return (time.process_time() - started) / ROUNDS * 1000


def _answer_page() -> str:
    """The path of a fresh link for a company with an open request, as its mail would hold it."""
    # Models can only be imported once Django is set up.
    from werkpfad.base.accounts.actions.links import issue_link  # noqa: PLC0415
    from werkpfad.base.accounts.enums import LinkPurpose  # noqa: PLC0415
    from werkpfad.base.accounts.models import ActionLink  # noqa: PLC0415
    from werkpfad.base.core import clock  # noqa: PLC0415
    from werkpfad.base.core.actor import SYSTEM  # noqa: PLC0415
    from werkpfad.journey.applications.enums import ApplicationState  # noqa: PLC0415
    from werkpfad.journey.applications.models import Application  # noqa: PLC0415
    from werkpfad.journey.applications.notices import LINK_VALID_FOR  # noqa: PLC0415

    waiting = Application.objects.filter(state=ApplicationState.OPEN).order_by("pk")[0]
    company = waiting.slot.offer.organisation
    sent = ActionLink.objects.filter(
        purpose=LinkPurpose.COMPANY_ANSWER, object_id=company.public_id
    ).latest("pk")
    token = issue_link(
        purpose=LinkPurpose.COMPANY_ANSWER,
        email=sent.email,
        valid_for=LINK_VALID_FOR,
        by=SYSTEM,
        at=clock.now(),
        obj=company,
        single_use=False,
    )
    return f"/antwort/{token}/"


if __name__ == "__main__":
    main()
