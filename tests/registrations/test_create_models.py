import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from registrations.create_models import CreateModels


def table(name, **fields):
    return migrations.CreateModel(name, [("id", models.BigAutoField(primary_key=True)), *fields.items()])


@pytest.mark.django_db(transaction=True)
def test_tables_that_refer_to_each_other_are_made_in_one_step_and_dropped_in_one():
    hall = table("Hall", size=models.IntegerField())
    seat = table("Seat", hall=models.ForeignKey("registrations.Hall", models.PROTECT))
    step = type("Migration", (migrations.Migration,), {"operations": [CreateModels([hall, seat])]})(
        "try", "registrations"
    )
    ours = {"registrations_hall", "registrations_seat"}

    with connection.schema_editor() as editor:
        state = step.apply(ProjectState(), editor)
    made = ours & set(connection.introspection.table_names())
    after = state.apps.get_model("registrations", "Seat")._meta.get_field("hall").related_model.__name__
    with connection.schema_editor() as editor:
        step.unapply(ProjectState(), editor)

    assert (made, after) == (ours, "Hall")
    assert ours & set(connection.introspection.table_names()) == set()
