"""Whether the database is as the code needs it."""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from wellbeing import guards


def faults() -> list[str]:
    """What is wrong, a short line each; none where all is well."""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        absent = guards.missing(connection)
    except Error:
        return ["the database cannot be reached"]
    found = [f"{len(plan)} migrations are not applied"] if plan else []
    return found + [f"guard {name} is missing" for name in absent]
