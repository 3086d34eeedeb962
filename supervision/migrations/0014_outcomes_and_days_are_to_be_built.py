"""Nothing is stored yet of how bookings ended, nor of days a week: the worker is to build it of whoever has a posting."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def mark_everybody(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """One mark for whoever has none."""
    posting = apps.get_model("wellbeing", "Posting")
    stale = apps.get_model("supervision", "StaleCover")
    marked = set(stale.objects.values_list("person", flat=True))
    people = set(posting.objects.values_list("person", flat=True)) - marked
    rows = [stale(person_id=person) for person in sorted(people)]
    stale.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("supervision", "0013_days_a_week")]
    operations = [migrations.RunPython(mark_everybody, migrations.RunPython.noop)]
