"""Every field of every table is decided: personal or open, with a purpose and a time to stay."""

import pytest
from django.apps import apps
from django.db import models

from werkpfad.base.core.models import Record
from werkpfad.base.core.privacy import Privacy

OWN = [model for model in apps.get_models() if model.__module__.startswith("werkpfad.")]


def _fields(model: type[models.Model]) -> set[str]:
    names = {field.name for field in (*model._meta.local_fields, *model._meta.local_many_to_many)}
    return names - Record.RECORD_FIELDS if issubclass(model, Record) else names


@pytest.mark.parametrize("model", OWN, ids=lambda model: model._meta.label)
def test_each_field_is_classified_once(model: type[models.Model]) -> None:
    privacy = getattr(model, "privacy", None)
    assert isinstance(privacy, Privacy)
    assert privacy.purpose.strip()
    assert set(privacy.personal) | set(privacy.open) == _fields(model)
