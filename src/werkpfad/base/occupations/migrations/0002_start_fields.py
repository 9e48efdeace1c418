from typing import Any

from django.db import migrations

from werkpfad.base.occupations.actions import load_start_fields


def load(apps: Any, schema_editor: Any) -> None:
    load_start_fields(
        apps.get_model("occupations", "Field"),
        apps.get_model("occupations", "FieldMapping"),
    )


class Migration(migrations.Migration):
    dependencies = [("occupations", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
