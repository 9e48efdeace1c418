"""The migrations describe the models as they are, under names that say what they do."""

import re
from pathlib import Path

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import MigrationQuestioner
from django.db.migrations.state import ProjectState
from django.utils import translation

from tests.project.files import ROOT


def test_no_migration_is_missing() -> None:
    translation.deactivate_all()  # translated labels are no change of the model
    loader = MigrationLoader(None)
    detector = MigrationAutodetector(
        loader.project_state(), ProjectState.from_apps(apps), MigrationQuestioner()
    )
    changes = detector.changes(graph=loader.graph)
    translation.activate("de")
    assert {label: [str(entry) for entry in entries] for label, entries in changes.items()} == {}


def test_migrations_have_telling_names() -> None:
    automatic = re.compile(r"\d{4}_(auto_.*|.*_and_more)\.py")
    paths = (ROOT / "src").glob("werkpfad/*/*/migrations/*.py")
    assert [path.name for path in paths if automatic.fullmatch(Path(path).name)] == []
