import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0007_wider_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ResponseImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=255, verbose_name="file")),
                ("content", models.BinaryField(blank=True, verbose_name="content, compressed")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("platform", models.CharField(blank=True, max_length=20, verbose_name="program that wrote it")),
                ("shape", models.CharField(blank=True, max_length=24, verbose_name="shape of its table")),
                ("mapping", models.JSONField(blank=True, null=True, verbose_name="its columns")),
                (
                    "accepts_outside",
                    models.BooleanField(
                        default=False,
                        help_text="They are counted apart and belong to no share.",
                        verbose_name="values that are not offered are taken",
                    ),
                ),
                ("findings", models.JSONField(blank=True, default=dict, verbose_name="what was found in it")),
                ("can_be_applied", models.BooleanField(default=False, verbose_name="without problems")),
                ("rows_total", models.PositiveIntegerField(blank=True, null=True, verbose_name="rows")),
                ("rows_done", models.PositiveIntegerField(default=0, verbose_name="rows done")),
                ("imported", models.PositiveIntegerField(default=0, verbose_name="responses imported")),
                ("left_out", models.PositiveIntegerField(default=0, verbose_name="rows left out")),
                ("claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="claimed by a worker")),
                ("uploaded_at", models.DateTimeField(verbose_name="uploaded")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="applying was asked for")),
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="applied")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
                (
                    "taken_back_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="all its responses removed"),
                ),
            ],
            options={
                "verbose_name": "import of responses",
                "verbose_name_plural": "imports of responses",
                "ordering": ["-uploaded_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ResponseMapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shape", models.CharField(max_length=24, verbose_name="shape")),
                ("mapping", models.JSONField(verbose_name="columns")),
                ("said_at", models.DateTimeField(verbose_name="said")),
            ],
            options={
                "verbose_name": "mapping of columns",
                "verbose_name_plural": "mappings of columns",
                "ordering": ["survey", "-said_at"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="response",
            name="response_once_per_registration",
        ),
        migrations.AddField(
            model_name="response",
            name="source_key",
            field=models.CharField(
                blank=True,
                editable=False,
                max_length=32,
                verbose_name="fingerprint of what it is called where it comes from",
            ),
        ),
        migrations.AlterField(
            model_name="response",
            name="registration",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="responses",
                to="registrations.registration",
                verbose_name="registration",
            ),
        ),
        migrations.AddField(
            model_name="responseimport",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="applied by",
            ),
        ),
        migrations.AddField(
            model_name="responseimport",
            name="survey",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="imports",
                to="surveys.survey",
                verbose_name="survey",
            ),
        ),
        migrations.AddField(
            model_name="responseimport",
            name="undone_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="undone by",
            ),
        ),
        migrations.AddField(
            model_name="responseimport",
            name="uploaded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="uploaded by",
            ),
        ),
        migrations.AddField(
            model_name="response",
            name="batch",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="responses",
                to="surveys.responseimport",
                verbose_name="import",
            ),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(
                condition=models.Q(("batch__isnull", False)), fields=["batch"], name="response_of_a_batch"
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.UniqueConstraint(
                condition=models.Q(("registration__isnull", False)),
                fields=("registration", "survey"),
                name="response_once_per_registration",
                violation_error_message="This person has answered the survey already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source_key", ""), _negated=True),
                fields=("survey", "source_key"),
                name="response_once_per_source_key",
                violation_error_message="This response was imported already.",
            ),
        ),
        migrations.AddField(
            model_name="responsemapping",
            name="said_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="said by",
            ),
        ),
        migrations.AddField(
            model_name="responsemapping",
            name="survey",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mappings",
                to="surveys.survey",
                verbose_name="survey",
            ),
        ),
        migrations.AddConstraint(
            model_name="responseimport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at__isnull", True)),
                fields=("survey", "sha256"),
                name="response_import_once_per_file",
                violation_error_message="This file was imported for this survey already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="responseimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_at__isnull", True),
                    models.Q(("can_be_applied", True), ("read_at__isnull", False)),
                    _connector="OR",
                ),
                name="response_import_approved_without_problems",
                violation_error_message="A file is read, and found without problems, before it is applied.",
            ),
        ),
        migrations.AddConstraint(
            model_name="responseimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("applied_at__isnull", True), ("approved_at__isnull", False), _connector="OR"),
                name="response_import_approved_first",
                violation_error_message="An import is approved before it is applied.",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsemapping",
            constraint=models.UniqueConstraint(
                fields=("survey", "shape"),
                name="response_mapping_once_per_shape",
                violation_error_message="The columns of such files are known already.",
            ),
        ),
    ]
