"""Keys between tables obey the order of the rooms, which import-linter cannot see in strings."""

import tomllib

from django.apps import apps
from django.db import models

from tests.project.files import ROOT


def _ranks() -> dict[str, tuple[int, int]]:
    """Storey and room of each app, counted from the bottom, e.g. `werkpfad.region.network` -> (1, 0)."""
    linter = tomllib.loads((ROOT / "importlinter.toml").read_text())["tool"]["importlinter"]
    layers = {contract["id"]: contract.get("layers", []) for contract in linter["contracts"]}
    return {
        f"werkpfad.{storey}.{room.strip(' ()')}": (height, floor)
        for height, storey in enumerate(reversed(layers["storeys"]))
        if storey in layers
        for floor, rooms in enumerate(reversed(layers[storey]))
        for room in rooms.replace(":", "|").split("|")
    }


def _own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("werkpfad.")]


def test_every_room_has_a_place() -> None:
    rooms = {
        config.name for config in apps.get_app_configs() if config.name.startswith("werkpfad.")
    }
    assert rooms - set(_ranks()) == set()


def test_keys_point_downwards() -> None:
    ranks = _ranks()
    upward = []
    for model in _own_models():
        own = apps.get_app_config(model._meta.app_label).name
        for field in model._meta.get_fields():
            target = field.related_model
            if field.auto_created or not isinstance(target, type) or target not in _own_models():
                continue
            other = apps.get_app_config(target._meta.app_label).name
            if other != own and ranks[other] >= ranks[own]:
                upward.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    assert upward == []
