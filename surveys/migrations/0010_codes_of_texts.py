import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0009_response_segments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Code",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "translations",
                    models.JSONField(blank=True, default=dict, verbose_name="versions in other languages"),
                ),
                (
                    "name",
                    models.CharField(
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9_]*\\Z",
                                "Use small letters, digits and underscores, beginning with a letter.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("label", models.CharField(max_length=120, verbose_name="label")),
                (
                    "definition",
                    models.TextField(
                        blank=True,
                        help_text="When a text gets this code, and when it does not.",
                        verbose_name="definition",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="place in the order")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codes",
                        to="surveys.question",
                        verbose_name="question",
                    ),
                ),
            ],
            options={
                "verbose_name": "code",
                "verbose_name_plural": "codes",
                "ordering": ["question", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CodedText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_at", models.DateTimeField(verbose_name="first gone through")),
                ("last_at", models.DateTimeField(verbose_name="last gone through")),
                (
                    "coder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="coder",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coded_texts",
                        to="surveys.question",
                        verbose_name="question",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coded_texts",
                        to="surveys.response",
                        verbose_name="response",
                    ),
                ),
            ],
            options={
                "verbose_name": "coded text",
                "verbose_name_plural": "coded texts",
                "ordering": ["question", "response", "coder"],
            },
        ),
        migrations.CreateModel(
            name="Coding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("given_at", models.DateTimeField(verbose_name="given")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="taken away")),
                (
                    "code",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codings",
                        to="surveys.code",
                        verbose_name="code",
                    ),
                ),
                (
                    "coder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="coder",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken away by",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codings",
                        to="surveys.response",
                        verbose_name="response",
                    ),
                ),
            ],
            options={
                "verbose_name": "coding",
                "verbose_name_plural": "codings",
                "ordering": ["response", "given_at", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.UniqueConstraint(
                fields=("question", "name"),
                name="code_name_once_per_question",
                violation_error_message="The question has a code of this name already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="codedtext",
            constraint=models.UniqueConstraint(
                fields=("question", "response", "coder"),
                name="coded_text_once_per_coder",
                violation_error_message="You have gone through this text already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="coding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("response", "code", "coder"),
                name="coding_once_per_coder",
                violation_error_message="You have given this code to this text already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="coding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True), ("ended_at__gte", models.F("given_at")), _connector="OR"
                ),
                name="coding_ends_after_it_was_given",
                violation_error_message="A code cannot be taken away before it was given.",
            ),
        ),
    ]
