import django.core.validators
import django.db.models.deletion
import django_countries.fields
from django.conf import settings
from django.db import migrations, models

from registrations.create_models import CreateModels


class Migration(migrations.Migration):
    replaces = [("reports", "0007_campaigns")]

    initial = True

    dependencies = [
        ("registrations", "0001_initial"),
        ("surveys", "0001_initial"),
        ("training_sessions", "0001_initial"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Campaign",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "translations",
                            models.JSONField(blank=True, default=dict, verbose_name="versions in other languages"),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="campaigns",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("registered", "everybody whose address is confirmed, the waiting list included"),
                                    ("seated", "everybody who has a seat"),
                                    ("waiting", "those on the waiting list"),
                                    ("fewer", "those who attended fewer sessions than this"),
                                    ("at_least", "those who attended this many sessions or more"),
                                    ("not_answered", "those whom a survey asks and who have not answered"),
                                    ("certified", "those who have a certificate"),
                                    ("not_certified", "those who have no certificate"),
                                ],
                                default="seated",
                                max_length=14,
                                verbose_name="to whom",
                            ),
                        ),
                        (
                            "sessions",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="sessions",
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="surveys.survey",
                                verbose_name="survey",
                            ),
                        ),
                        ("subject", models.CharField(blank=True, max_length=200, verbose_name="subject")),
                        ("body", models.TextField(blank=True, max_length=10000, verbose_name="text")),
                        ("created_at", models.DateTimeField(verbose_name="begun")),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="begun by",
                            ),
                        ),
                        ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="sending begun")),
                        (
                            "started_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="sent by",
                            ),
                        ),
                        ("stopped_at", models.DateTimeField(blank=True, null=True, verbose_name="stopped")),
                        (
                            "stopped_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="stopped by",
                            ),
                        ),
                        ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="all queued")),
                        (
                            "cursor",
                            models.BigIntegerField(
                                default=0,
                                help_text="People are written to in the order of their numbers, so that an interrupted sweep goes on here.",
                                verbose_name="last registration written to",
                            ),
                        ),
                        ("queued", models.PositiveIntegerField(default=0, verbose_name="mails queued")),
                    ],
                    options={
                        "verbose_name": "message to many",
                        "verbose_name_plural": "messages to many",
                        "ordering": ["-created_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("started_at__isnull", False),
                                    models.Q(("finished_at__isnull", True), ("stopped_at__isnull", True)),
                                    _connector="OR",
                                ),
                                name="campaign_ends_after_it_began",
                                violation_error_message="Only a message that is being sent can end.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stopped_at__isnull", True),
                                    ("stopped_at__gte", models.F("started_at")),
                                    _connector="OR",
                                ),
                                name="campaign_stopped_after_it_began",
                                violation_error_message="A message cannot be stopped before it was sent.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Story",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "translations",
                            models.JSONField(blank=True, default=dict, verbose_name="versions in other languages"),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stories",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        (
                            "slug",
                            models.SlugField(max_length=100, unique=True, verbose_name="short name in the address"),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        ("challenge", models.TextField(verbose_name="challenge")),
                        ("solution", models.TextField(verbose_name="solution")),
                        (
                            "country",
                            django_countries.fields.CountryField(
                                blank=True, max_length=2, verbose_name="country or territory"
                            ),
                        ),
                        ("city", models.CharField(blank=True, max_length=150, verbose_name="city")),
                        (
                            "sdgs",
                            models.JSONField(blank=True, default=list, verbose_name="Sustainable Development Goals"),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True,
                                help_text="The document that it comes from.",
                                max_length=400,
                                verbose_name="source",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="place in the order")),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                        (
                            "talks",
                            models.ManyToManyField(
                                blank=True,
                                related_name="stories",
                                to="training_sessions.appearance",
                                verbose_name="told in",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "impact story",
                        "verbose_name_plural": "impact stories",
                        "ordering": ["programme", "position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="LibraryEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="registrations.programme",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="training_sessions.trainingsession",
                            ),
                        ),
                        (
                            "talk",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="training_sessions.appearance",
                            ),
                        ),
                        (
                            "story",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="reports.story",
                            ),
                        ),
                        ("day", models.DateField(db_index=True)),
                        ("place", models.PositiveIntegerField(default=0)),
                        ("country", models.CharField(blank=True, db_index=True, max_length=2)),
                        ("city", models.CharField(blank=True, max_length=150)),
                        ("sdgs", models.JSONField(default=list)),
                        ("languages", models.JSONField(default=list)),
                        ("digest", models.CharField(max_length=64)),
                        ("changed_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "entry",
                        "verbose_name_plural": "entries",
                        "ordering": ["-day", "place", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("story__isnull", True), ("talk__isnull", False)),
                                    models.Q(("story__isnull", False), ("talk__isnull", True)),
                                    _connector="OR",
                                ),
                                name="entry_is_a_talk_or_a_story",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LibraryTerm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("term", models.CharField(max_length=40, unique=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="LibraryHit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hits",
                                to="reports.libraryterm",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hits",
                                to="reports.libraryentry",
                            ),
                        ),
                        ("weight", models.PositiveIntegerField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("term", "entry"), name="hit_once_per_term_and_entry")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Workspace",
                    fields=[],
                    options={
                        "verbose_name": "workspace",
                        "verbose_name_plural": "workspaces",
                        "proxy": True,
                    },
                    bases=("registrations.programme",),
                ),
                migrations.CreateModel(
                    name="ResultsReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="results_reports",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        ("edition", models.PositiveSmallIntegerField(verbose_name="edition")),
                        ("figures", models.JSONField(verbose_name="figures")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the figures")),
                        (
                            "content",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                help_text="The report’s blocks and method, and the code’s version.",
                                verbose_name="content",
                            ),
                        ),
                        (
                            "content_sha256",
                            models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the content"),
                        ),
                        ("published_at", models.DateTimeField(verbose_name="published")),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="published by",
                            ),
                        ),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="taken back by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "results report",
                        "verbose_name_plural": "results reports",
                        "ordering": ["programme", "-edition"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "edition"),
                                name="results_report_edition_once",
                                violation_error_message="This edition exists already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("edition__gte", 1)),
                                name="results_report_edition_counts_from_one",
                                violation_error_message="Editions count from 1.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportDraft",
                    fields=[
                        (
                            "programme",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="report_draft",
                                serialize=False,
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        ("blocks", models.JSONField(blank=True, null=True, verbose_name="blocks")),
                        ("words", models.JSONField(blank=True, default=dict, verbose_name="words on the method")),
                        ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                        ("updated_at", models.DateTimeField(blank=True, null=True, verbose_name="changed")),
                        (
                            "updated_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="changed by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "draft of a results report",
                        "verbose_name_plural": "drafts of results reports",
                    },
                ),
                migrations.CreateModel(
                    name="ReportFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="reports.resultsreport",
                                verbose_name="results report",
                            ),
                        ),
                        (
                            "format",
                            models.CharField(
                                choices=[("pdf", "PDF"), ("docx", "Word document (DOCX)")],
                                max_length=4,
                                verbose_name="format",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[
                                    ("ar", "Arabic"),
                                    ("zh-hans", "Chinese"),
                                    ("en", "English"),
                                    ("fr", "French"),
                                    ("ru", "Russian"),
                                    ("es", "Spanish"),
                                ],
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        ("content", models.BinaryField(default=bytes, verbose_name="content")),
                        ("size", models.PositiveIntegerField(default=0, verbose_name="size in bytes")),
                        ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                        ("made_at", models.DateTimeField(blank=True, null=True, verbose_name="made")),
                        ("claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="last sign of life")),
                        ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                        ("problem", models.TextField(blank=True, verbose_name="what went wrong")),
                    ],
                    options={
                        "verbose_name": "file of a results report",
                        "verbose_name_plural": "files of results reports",
                        "ordering": ["report", "language", "-format"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("report", "format", "language"),
                                name="report_file_once",
                                violation_error_message="This file exists already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CohortWalk",
                    fields=[
                        (
                            "programme",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="cohort_walk",
                                serialize=False,
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        ("claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="last sign of life")),
                        ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                    ],
                    options={
                        "verbose_name": "way of a synthetic cohort",
                        "verbose_name_plural": "ways of synthetic cohorts",
                    },
                ),
            ],
        ),
    ]
