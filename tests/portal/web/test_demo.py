"""Stepping into roles: one click in the demo, impossible everywhere else."""

import os
import subprocess
import sys
from typing import Any

import pytest
from django.test import Client

from tests.factories.journey import make_entry
from tests.factories.network import make_region, make_user
from tests.factories.schools import make_class, make_pupil, make_school
from werkpfad.surface.portal.demo.region import REGION_SLUG

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil_in_round() -> object:
    school = make_school(region=make_region(slug=REGION_SLUG))
    pupil = make_pupil(school_class=make_class(school=school))
    make_entry(pupil=pupil)
    return pupil


def test_one_click_steps_into_a_role(settings: Any, pupil_in_round: object, client: Client) -> None:
    settings.DEMO = True
    assert "Schüler:in" in client.get("/demo/").content.decode()
    response = client.post("/demo/einsteigen/", {"role": "pupil"}, follow=True)
    assert response.status_code == 200
    assert client.session["_auth_user_id"] == str(pupil_in_round.user_id)  # type: ignore[attr-defined]


def test_without_demo_mode_nobody_steps_in(pupil_in_round: object, client: Client) -> None:
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/einsteigen/", {"role": "pupil"}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_production_wins_over_a_wrong_demo_flag(
    settings: Any, pupil_in_round: object, client: Client
) -> None:
    settings.DEMO = settings.PRODUCTION = True
    assert client.post("/demo/einsteigen/", {"role": "pupil"}).status_code == 404


@pytest.mark.parametrize("role", ["", "admin", "coordinator", "../pupil"])
def test_unknown_roles_are_not_found(
    role: str, settings: Any, pupil_in_round: object, client: Client
) -> None:
    settings.DEMO = True
    make_user(email="someone@example.org")
    assert client.post("/demo/einsteigen/", {"role": role}).status_code == 404


def test_an_instance_with_both_settings_does_not_start(tmp_path: object) -> None:
    environment = os.environ | {
        "WERKPFAD_DEMO": "1",
        "WERKPFAD_ENV": "production",
        "WERKPFAD_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "werkpfad.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "WERKPFAD_DEMO" in done.stderr
