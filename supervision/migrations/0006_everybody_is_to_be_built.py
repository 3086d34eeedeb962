"""After an upgrade nothing is stored of anybody's cover yet: the worker is to build it."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def mark_everybody(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """One mark for whoever has a posting."""
    posting = apps.get_model("wellbeing", "Posting")
    stale = apps.get_model("supervision", "StaleCover")
    people = posting.objects.order_by("person").values_list("person", flat=True).distinct()
    rows = [stale(person_id=person) for person in people.iterator(chunk_size=2000)]
    stale.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("supervision", "0005_cover_spans"),
        ("wellbeing", "0013_an_event_moved_to_another_day_keeps_the_days_it_had"),
    ]
    operations = [migrations.RunPython(mark_everybody, migrations.RunPython.noop)]
