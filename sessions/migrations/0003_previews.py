import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("training_sessions", "0002_row_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportPreview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.CharField(blank=True, max_length=64, verbose_name="version")),
                ("sessions", models.JSONField(default=list, verbose_name="sessions")),
                ("figures", models.JSONField(default=dict, verbose_name="figures")),
                ("changes", models.PositiveIntegerField(default=0, verbose_name="changes")),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="asked for")),
                ("claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="claimed by a worker")),
                ("people_total", models.PositiveIntegerField(blank=True, null=True, verbose_name="people to count")),
                ("people_done", models.PositiveIntegerField(default=0, verbose_name="people counted")),
                (
                    "attendance_import",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preview",
                        to="training_sessions.attendanceimport",
                        verbose_name="file",
                    ),
                ),
            ],
            options={
                "verbose_name": "preview of a file",
                "verbose_name_plural": "previews of files",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PreviewPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("changes", models.JSONField(verbose_name="changes")),
                (
                    "preview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pages",
                        to="training_sessions.importpreview",
                        verbose_name="preview of a file",
                    ),
                ),
            ],
            options={
                "verbose_name": "preview of a file",
                "verbose_name_plural": "previews of files",
                "ordering": ["preview", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("preview", "number"),
                        name="preview_page_once_per_number",
                        violation_error_message="These figures are kept already.",
                    )
                ],
            },
        ),
    ]
