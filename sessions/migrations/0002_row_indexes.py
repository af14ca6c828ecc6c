from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("training_sessions", "0017_row_indexes")]

    dependencies = [
        ("training_sessions", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="attendancerow",
            index=models.Index(
                condition=models.Q(("role__in", ("host", "organizer"))),
                fields=["session"],
                name="attendance_row_of_host",
            ),
        ),
        migrations.AddIndex(
            model_name="attendancerow",
            index=models.Index(
                condition=models.Q(
                    ("excluded_because", ""), models.Q(("role__in", ("host", "organizer")), _negated=True)
                ),
                fields=["session", "identity", "attendance_import"],
                name="attendance_row_countable",
            ),
        ),
    ]
