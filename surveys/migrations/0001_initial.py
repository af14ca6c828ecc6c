import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import surveys.models.definition
import surveys.models.inviting
from registrations.create_models import CreateModels


class Migration(migrations.Migration):
    replaces = [("surveys", "0014_lists")]

    initial = True

    dependencies = [
        ("registrations", "0001_initial"),
        ("training_sessions", "0001_initial"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="BankQuestion",
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
                            "key",
                            models.CharField(
                                max_length=60,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z][a-z0-9_]*\\Z",
                                        "Use small letters, digits and underscores, beginning with a letter.",
                                    )
                                ],
                                verbose_name="key",
                            ),
                        ),
                        ("kind", models.CharField(max_length=16, verbose_name="kind")),
                        ("label", models.CharField(max_length=2000, verbose_name="question")),
                        ("hint", models.CharField(blank=True, max_length=1000, verbose_name="hint")),
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
                                default="en",
                                max_length=10,
                                verbose_name="language of the original",
                            ),
                        ),
                        ("choices", models.JSONField(blank=True, default=list, verbose_name="options")),
                        ("parameters", models.JSONField(blank=True, default=dict, verbose_name="parameters")),
                        ("created_at", models.DateTimeField(verbose_name="created")),
                    ],
                    options={
                        "verbose_name": "question of the bank",
                        "verbose_name_plural": "question bank",
                        "ordering": ["key"],
                    },
                ),
                migrations.CreateModel(
                    name="Survey",
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
                                related_name="surveys",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        (
                            "form_id",
                            models.CharField(
                                max_length=80,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Za-z0-9_][A-Za-z0-9_-]*\\Z",
                                        "Use letters from a to z, digits, underscores and hyphens.",
                                    )
                                ],
                                verbose_name="form id",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                        (
                            "thanks",
                            models.TextField(
                                blank=True,
                                help_text="Shown when the answers have arrived.",
                                verbose_name="words of thanks",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("post_training", "after the training"),
                                    ("pre_training", "before the training"),
                                    ("session_pulse", "about one session"),
                                ],
                                default="post_training",
                                max_length=16,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                blank=True,
                                help_text="The session that a survey about one session asks about.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="surveys",
                                to="training_sessions.trainingsession",
                                verbose_name="session",
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
                                default="en",
                                max_length=10,
                                verbose_name="language of the original",
                            ),
                        ),
                        ("version", models.CharField(blank=True, max_length=40, verbose_name="version of the form")),
                        (
                            "is_anonymous",
                            models.BooleanField(
                                default=False,
                                help_text="No way leads from a response to a person. This can be changed until the first response.",
                                verbose_name="anonymous",
                            ),
                        ),
                        ("opens_at", models.DateTimeField(verbose_name="opens")),
                        ("closes_at", models.DateTimeField(verbose_name="closes")),
                        (
                            "texts_deleted_to",
                            models.BigIntegerField(
                                blank=True,
                                editable=False,
                                help_text="The last response without its texts, because their time was over.",
                                null=True,
                                verbose_name="texts deleted up to",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "survey",
                        "verbose_name_plural": "surveys",
                        "ordering": ["programme", "opens_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                                name="survey_closes_after_opening",
                                violation_error_message="A survey must close after it opens.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "session_pulse"), ("session__isnull", False)),
                                    models.Q(
                                        models.Q(("kind", "session_pulse"), _negated=True), ("session__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="survey_of_a_session_is_a_pulse",
                                violation_error_message="Choose the session for a survey about one session, and for no other.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Group",
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
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="groups",
                                to="surveys.survey",
                                verbose_name="survey",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="surveys.group",
                                verbose_name="inside",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                max_length=60,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Za-z_][A-Za-z0-9_]*\\Z",
                                        "Use letters from a to z, digits and underscores, beginning with no digit.",
                                    )
                                ],
                                verbose_name="name",
                            ),
                        ),
                        ("label", models.CharField(blank=True, max_length=2000, verbose_name="heading")),
                        (
                            "appearance",
                            models.CharField(
                                blank=True,
                                help_text="“field-list”: one page; “table-list”: a matrix of questions that share their options.",
                                max_length=60,
                                verbose_name="appearance",
                            ),
                        ),
                        (
                            "relevant",
                            models.TextField(
                                blank=True,
                                help_text="An expression as XLSForm writes it.",
                                verbose_name="shown only if",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="Counted together with the questions.",
                                verbose_name="place in the order",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "group of questions",
                        "verbose_name_plural": "groups of questions",
                        "ordering": ["survey", "position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("survey", "name"),
                                name="group_name_once_per_survey",
                                violation_error_message="The survey has a group of this name already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
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
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="surveys.survey",
                                verbose_name="survey",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="surveys.group",
                                verbose_name="group",
                            ),
                        ),
                        (
                            "bank_question",
                            models.ForeignKey(
                                blank=True,
                                help_text="Questions that stand for the same one in the bank can be compared across surveys.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="uses",
                                to="surveys.bankquestion",
                                verbose_name="question of the bank",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                max_length=60,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Za-z_][A-Za-z0-9_]*\\Z",
                                        "Use letters from a to z, digits and underscores, beginning with no digit.",
                                    )
                                ],
                                verbose_name="name",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("rating", "rating 1 to 5"),
                                    ("yes_no", "yes or no"),
                                    ("select_one", "one of many"),
                                    ("select_multiple", "several of many"),
                                    ("rank", "ranking"),
                                    ("integer", "whole number"),
                                    ("decimal", "number with decimals"),
                                    ("date", "day"),
                                    ("text", "text"),
                                    ("note", "note to read"),
                                ],
                                max_length=16,
                                verbose_name="kind",
                            ),
                        ),
                        ("label", models.CharField(max_length=2000, verbose_name="question")),
                        ("hint", models.CharField(blank=True, max_length=1000, verbose_name="hint")),
                        ("is_required", models.BooleanField(default=False, verbose_name="must be answered")),
                        (
                            "required_message",
                            models.CharField(blank=True, max_length=500, verbose_name="sentence where it is missing"),
                        ),
                        (
                            "relevant",
                            models.TextField(
                                blank=True,
                                help_text="An expression as XLSForm writes it.",
                                verbose_name="shown only if",
                            ),
                        ),
                        (
                            "constraint",
                            models.TextField(
                                blank=True,
                                help_text="An expression as XLSForm writes it.",
                                verbose_name="accepted only if",
                            ),
                        ),
                        (
                            "constraint_message",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="sentence where it is not accepted"
                            ),
                        ),
                        ("appearance", models.CharField(blank=True, max_length=60, verbose_name="appearance")),
                        ("parameters", models.JSONField(blank=True, default=dict, verbose_name="parameters")),
                        ("list_name", models.CharField(blank=True, max_length=60, verbose_name="list of options")),
                        (
                            "counts_for_validity",
                            models.BooleanField(
                                default=False,
                                help_text="A response that leaves this question out may be excluded from the base.",
                                verbose_name="counts for validity",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="place in the order")),
                    ],
                    options={
                        "verbose_name": "question",
                        "verbose_name_plural": "questions",
                        "ordering": ["survey", "position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("survey", "name"),
                                name="question_name_once_per_survey",
                                violation_error_message="The survey has a question of this name already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Choice",
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
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="choices",
                                to="surveys.question",
                                verbose_name="question",
                            ),
                        ),
                        (
                            "value",
                            models.CharField(
                                max_length=60,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[\\w.+/-]+\\Z",
                                        "Use letters, digits, underscores, hyphens, dots, plus signs and slashes, and no blanks.",
                                    )
                                ],
                                verbose_name="value",
                            ),
                        ),
                        ("label", models.CharField(max_length=500, verbose_name="label")),
                        ("is_exclusive", models.BooleanField(default=False, verbose_name="goes with no other")),
                        ("is_other", models.BooleanField(default=False, verbose_name="other, to be specified")),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="place in the order")),
                    ],
                    options={
                        "verbose_name": "option",
                        "verbose_name_plural": "options",
                        "ordering": ["question", "position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("question", "value"),
                                name="choice_value_once_per_question",
                                violation_error_message="The question has an option of this value already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResponseImport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="imports",
                                to="surveys.survey",
                                verbose_name="survey",
                            ),
                        ),
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
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="uploaded by",
                            ),
                        ),
                        ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read")),
                        (
                            "approved_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="applying was asked for"),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="applied by",
                            ),
                        ),
                        ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="applied")),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
                        (
                            "undone_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="undone by",
                            ),
                        ),
                        (
                            "taken_back_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="all its responses removed"),
                        ),
                    ],
                    options={
                        "verbose_name": "import of responses",
                        "verbose_name_plural": "imports of responses",
                        "ordering": ["-uploaded_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at__isnull", True)),
                                fields=("survey", "sha256"),
                                name="response_import_once_per_file",
                                violation_error_message="This file was imported for this survey already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_at__isnull", True),
                                    models.Q(("can_be_applied", True), ("read_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="response_import_approved_without_problems",
                                violation_error_message="A file is read, and found without problems, before it is applied.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("applied_at__isnull", True), ("approved_at__isnull", False), _connector="OR"
                                ),
                                name="response_import_approved_first",
                                violation_error_message="An import is approved before it is applied.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResponseMapping",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mappings",
                                to="surveys.survey",
                                verbose_name="survey",
                            ),
                        ),
                        ("shape", models.CharField(max_length=24, verbose_name="shape")),
                        ("mapping", models.JSONField(verbose_name="columns")),
                        (
                            "said_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="said by",
                            ),
                        ),
                        ("said_at", models.DateTimeField(verbose_name="said")),
                    ],
                    options={
                        "verbose_name": "mapping of columns",
                        "verbose_name_plural": "mappings of columns",
                        "ordering": ["survey", "-said_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("survey", "shape"),
                                name="response_mapping_once_per_shape",
                                violation_error_message="The columns of such files are known already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Response",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="responses",
                                to="surveys.survey",
                                verbose_name="survey",
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="responses",
                                to="registrations.registration",
                                verbose_name="registration",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
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
                        (
                            "source_key",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=32,
                                verbose_name="fingerprint of what it is called where it comes from",
                            ),
                        ),
                        ("answers", models.JSONField(blank=True, default=dict, verbose_name="answers")),
                        ("language", models.CharField(max_length=10, verbose_name="language")),
                        ("submitted_at", models.DateTimeField(verbose_name="sent in")),
                        ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="begun")),
                        ("seconds", models.PositiveIntegerField(blank=True, null=True, verbose_name="seconds taken")),
                        (
                            "gender",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("female", "Female"),
                                    ("male", "Male"),
                                    ("another", "Another"),
                                    ("undisclosed", "Prefer not to say"),
                                ],
                                max_length=12,
                                verbose_name="gender",
                            ),
                        ),
                        (
                            "sector",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("government", "National or local government"),
                                    ("private", "Private sector"),
                                    ("academia", "Academia and research"),
                                    ("un_igo", "United Nations and intergovernmental organisations"),
                                    ("ngo", "NGO and civil society"),
                                    ("other", "Other"),
                                ],
                                max_length=20,
                                verbose_name="sector",
                            ),
                        ),
                        ("country", models.CharField(blank=True, max_length=2, verbose_name="country or territory")),
                        ("region", models.CharField(blank=True, max_length=40, verbose_name="region")),
                        ("city", models.CharField(blank=True, max_length=120, verbose_name="city")),
                        (
                            "sessions_attended",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="sessions attended"),
                        ),
                        (
                            "language_followed",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("ar", "Arabic"),
                                    ("zh-hans", "Chinese"),
                                    ("en", "English"),
                                    ("fr", "French"),
                                    ("ru", "Russian"),
                                    ("es", "Spanish"),
                                ],
                                help_text="In which the sessions were mostly heard, interpreted or as they were spoken. Empty: not recorded.",
                                max_length=10,
                                verbose_name="language followed",
                            ),
                        ),
                        ("is_finished", models.BooleanField(default=True, verbose_name="finished")),
                        ("is_test", models.BooleanField(default=False, verbose_name="test")),
                        ("is_duplicate", models.BooleanField(default=False, verbose_name="duplicate")),
                    ],
                    options={
                        "verbose_name": "response",
                        "verbose_name_plural": "responses",
                        "ordering": ["survey", "submitted_at", "pk"],
                        "indexes": [
                            models.Index(fields=["survey", "submitted_at", "id"], name="response_by_moment"),
                            models.Index(
                                condition=models.Q(("batch__isnull", False)),
                                fields=["batch"],
                                name="response_of_a_batch",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("registration__isnull", False)),
                                fields=("registration", "survey"),
                                name="response_once_per_registration",
                                violation_error_message="This person has answered the survey already.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("survey", "source_key"),
                                name="response_once_per_source_key",
                                violation_error_message="This response was imported already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnsweredMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="surveys.survey",
                                verbose_name="survey",
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answered_marks",
                                to="registrations.registration",
                                verbose_name="registration",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answered mark",
                        "verbose_name_plural": "answered marks",
                        "ordering": ["survey", "registration"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("survey", "registration"),
                                name="answered_mark_once_per_registration",
                                violation_error_message="This person has answered the survey already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="drafts",
                                to="surveys.survey",
                                verbose_name="survey",
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="survey_drafts",
                                to="registrations.registration",
                                verbose_name="registration",
                            ),
                        ),
                        ("answers", models.JSONField(blank=True, default=dict, verbose_name="answers")),
                        ("language", models.CharField(max_length=10, verbose_name="language")),
                        ("started_at", models.DateTimeField(verbose_name="begun")),
                        ("updated_at", models.DateTimeField(verbose_name="last kept")),
                    ],
                    options={
                        "verbose_name": "draft of a response",
                        "verbose_name_plural": "drafts of responses",
                        "ordering": ["survey", "registration"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("survey", "registration"),
                                name="draft_once_per_registration",
                                violation_error_message="There is a draft of this person already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Code",
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
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="codes",
                                to="surveys.question",
                                verbose_name="question",
                            ),
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
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                    ],
                    options={
                        "verbose_name": "code",
                        "verbose_name_plural": "codes",
                        "ordering": ["question", "position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("question", "name"),
                                name="code_name_once_per_question",
                                violation_error_message="The question has a code of this name already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Coding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                            "response",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="codings",
                                to="surveys.response",
                                verbose_name="response",
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
                        ("given_at", models.DateTimeField(verbose_name="given")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="taken away")),
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
                    ],
                    options={
                        "verbose_name": "coding",
                        "verbose_name_plural": "codings",
                        "ordering": ["response", "given_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("response", "code", "coder"),
                                name="coding_once_per_coder",
                                violation_error_message="You have given this code to this text already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at__isnull", True), ("ended_at__gte", models.F("given_at")), _connector="OR"
                                ),
                                name="coding_ends_after_it_was_given",
                                violation_error_message="A code cannot be taken away before it was given.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CodedText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        (
                            "coder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="coder",
                            ),
                        ),
                        ("first_at", models.DateTimeField(verbose_name="first gone through")),
                        ("last_at", models.DateTimeField(verbose_name="last gone through")),
                    ],
                    options={
                        "verbose_name": "coded text",
                        "verbose_name_plural": "coded texts",
                        "ordering": ["question", "response", "coder"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("question", "response", "coder"),
                                name="coded_text_once_per_coder",
                                violation_error_message="You have gone through this text already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BaseDefinition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="base_definitions",
                                to="surveys.survey",
                                verbose_name="survey",
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "sectors",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text="Empty: every sector.",
                                validators=[surveys.models.definition.validate_sectors],
                                verbose_name="sectors included",
                            ),
                        ),
                        (
                            "must_be_complete",
                            models.BooleanField(
                                default=False,
                                help_text="Leave out responses that skip a question which counts for validity.",
                                verbose_name="complete only",
                            ),
                        ),
                        (
                            "must_be_finished",
                            models.BooleanField(
                                default=False,
                                help_text="Leave out responses that were begun and never sent in to the end.",
                                verbose_name="finished only",
                            ),
                        ),
                        (
                            "leaves_out_tests",
                            models.BooleanField(
                                default=True,
                                help_text="Leave out responses that somebody gave to try the survey.",
                                verbose_name="without tests",
                            ),
                        ),
                        (
                            "leaves_out_duplicates",
                            models.BooleanField(
                                default=False,
                                help_text="Leave out responses that are marked as a repetition of another one.",
                                verbose_name="without duplicates",
                            ),
                        ),
                        (
                            "least_seconds",
                            models.PositiveIntegerField(
                                default=0,
                                help_text="Leave out responses that took less time than this. 0: no limit.",
                                verbose_name="seconds at least",
                            ),
                        ),
                        (
                            "languages",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text="Empty: every language.",
                                validators=[surveys.models.definition.validate_languages],
                                verbose_name="languages included",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created")),
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
                    ],
                    options={
                        "verbose_name": "definition of the valid response",
                        "verbose_name_plural": "definitions of the valid response",
                        "ordering": ["survey", "-version"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("survey", "version"),
                                name="base_definition_version_once_per_survey",
                                violation_error_message="The survey has a definition of this version already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InvitationPlan",
                    fields=[
                        (
                            "survey",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="invitation_plan",
                                serialize=False,
                                to="surveys.survey",
                                verbose_name="survey",
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("seated", "everybody who has a seat"),
                                    ("attended", "who attended enough sessions"),
                                    ("came", "who came to the session that the survey is about"),
                                ],
                                default="seated",
                                max_length=10,
                                verbose_name="who is asked",
                            ),
                        ),
                        (
                            "least_sessions",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="sessions attended at least",
                            ),
                        ),
                        (
                            "reminder_days",
                            models.JSONField(
                                blank=True,
                                default=surveys.models.inviting.usual_reminder_days,
                                validators=[surveys.models.inviting.validate_reminder_days],
                                verbose_name="reminders, in days after the invitation",
                            ),
                        ),
                        ("sends_thanks", models.BooleanField(default=False, verbose_name="a mail of thanks")),
                        ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="inviting since")),
                        (
                            "started_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="started by",
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
                    ],
                    options={
                        "verbose_name": "plan of invitations",
                        "verbose_name_plural": "plans of invitations",
                        "ordering": ["survey"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("least_sessions__gte", 1)),
                                name="invitation_plan_asks_for_a_session",
                                violation_error_message="At least one session.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="surveys.survey",
                                verbose_name="survey",
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="survey_invitations",
                                to="registrations.registration",
                                verbose_name="registration",
                            ),
                        ),
                        ("invited_at", models.DateTimeField(blank=True, null=True, verbose_name="invited")),
                        ("reminders", models.PositiveSmallIntegerField(default=0, verbose_name="reminders")),
                        ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="last reminded")),
                        (
                            "declined_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="asked not to be written to"),
                        ),
                        ("is_thanked", models.BooleanField(default=False, verbose_name="thanked")),
                    ],
                    options={
                        "verbose_name": "invitation to a survey",
                        "verbose_name_plural": "invitations to surveys",
                        "ordering": ["survey", "registration"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("survey", "registration"),
                                name="invitation_once_per_registration",
                                violation_error_message="This person is invited already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResponseSegment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="segments",
                                to="surveys.survey",
                                verbose_name="survey",
                            ),
                        ),
                        ("after_key", models.BigIntegerField(null=True, verbose_name="after key")),
                        ("last_key", models.BigIntegerField(verbose_name="last key")),
                        ("responses", models.PositiveIntegerField(verbose_name="responses")),
                        ("questions", models.CharField(max_length=64, verbose_name="questions")),
                        ("content", models.BinaryField(verbose_name="content")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                    ],
                    options={
                        "verbose_name": "segment of responses",
                        "verbose_name_plural": "segments of responses",
                        "ordering": ["survey", "last_key"],
                        "constraints": [
                            models.UniqueConstraint(fields=("survey", "last_key"), name="segment_ends_once_per_survey"),
                            models.CheckConstraint(
                                condition=models.Q(("last_key__gt", models.F("after_key"))),
                                name="segment_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
