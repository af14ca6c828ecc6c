import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import certificates.models.certificates
import certificates.models.rules
from registrations.create_models import CreateModels


class Migration(migrations.Migration):
    replaces = [("certificates", "0012_lists")]

    initial = True

    dependencies = [
        ("registrations", "0001_initial"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Assignment",
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
                                related_name="assignments",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "due_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Shown to participants. Work can be accepted later as well.",
                                null=True,
                                verbose_name="hand in by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "assignment",
                        "verbose_name_plural": "assignments",
                        "ordering": ["programme", "due_at", "title"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "title"),
                                name="assignment_title_once_per_programme",
                                violation_error_message="The programme has an assignment of this title already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Acceptance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="registrations.registration",
                                verbose_name="registration",
                            ),
                        ),
                        ("given_at", models.DateTimeField(verbose_name="given")),
                        (
                            "given_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="given by",
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
                        (
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acceptances",
                                to="certificates.assignment",
                                verbose_name="assignment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "accepted assignment",
                        "verbose_name_plural": "accepted assignments",
                        "ordering": ["-given_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("assignment", "registration"),
                                name="acceptance_once_per_person",
                                violation_error_message="This person’s assignment is accepted already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Confirmation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="registrations.registration",
                                verbose_name="registration",
                            ),
                        ),
                        ("given_at", models.DateTimeField(verbose_name="given")),
                        (
                            "given_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="given by",
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
                        (
                            "note",
                            models.CharField(
                                blank=True,
                                help_text="Organisers see it, and the person among the own data.",
                                max_length=300,
                                verbose_name="note",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "organiser’s yes",
                        "verbose_name_plural": "organisers’ yeses",
                        "ordering": ["-given_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("registration",),
                                name="confirmation_once_per_person",
                                violation_error_message="This person is confirmed already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Override",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="registrations.registration",
                                verbose_name="registration",
                            ),
                        ),
                        ("given_at", models.DateTimeField(verbose_name="given")),
                        (
                            "given_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="given by",
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
                        ("reason", models.CharField(max_length=300, verbose_name="reason")),
                    ],
                    options={
                        "verbose_name": "exception",
                        "verbose_name_plural": "exceptions",
                        "ordering": ["-given_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("registration",),
                                name="override_once_per_person",
                                violation_error_message="An exception is made for this person already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="override_has_a_reason",
                                violation_error_message="Say why an exception is made.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DesignPicture",
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
                                related_name="+",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the picture")),
                        ("content", models.BinaryField(verbose_name="PNG")),
                        ("width", models.PositiveSmallIntegerField(verbose_name="width in pixels")),
                        ("height", models.PositiveSmallIntegerField(verbose_name="height in pixels")),
                        ("added_at", models.DateTimeField(verbose_name="added")),
                    ],
                    options={
                        "verbose_name": "picture of a design",
                        "verbose_name_plural": "pictures of designs",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "sha256"),
                                name="design_picture_once",
                                violation_error_message="The programme has this picture already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CertificateDesign",
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
                                related_name="certificate_designs",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                        ("is_default", models.BooleanField(default=False, verbose_name="back to the default design")),
                        (
                            "paper",
                            models.CharField(
                                choices=[("a4", "A4"), ("letter", "US Letter")],
                                default="a4",
                                max_length=10,
                                verbose_name="paper",
                            ),
                        ),
                        ("main_colour", models.CharField(default="#0f3d5e", max_length=7, verbose_name="main colour")),
                        (
                            "second_colour",
                            models.CharField(default="#b08a3c", max_length=7, verbose_name="second colour"),
                        ),
                        (
                            "logo",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="certificates.designpicture",
                                verbose_name="logo",
                            ),
                        ),
                        ("logo_text", models.CharField(blank=True, max_length=200, verbose_name="what the logo shows")),
                        ("signatories", models.JSONField(blank=True, default=list, verbose_name="signatories")),
                        ("wording", models.JSONField(blank=True, default=dict, verbose_name="wording")),
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
                        "verbose_name": "certificate design",
                        "verbose_name_plural": "certificate designs",
                        "ordering": ["programme", "-version"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "version"),
                                name="certificate_design_version_once",
                                violation_error_message="The programme has a design of this version already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("paper__in", ["a4", "letter"])),
                                name="certificate_design_paper_is_known",
                                violation_error_message="Choose A4 or US Letter.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("main_colour__regex", "^#[0-9a-f]{6}$"), ("second_colour__regex", "^#[0-9a-f]{6}$")
                                ),
                                name="certificate_design_colours_are_hex",
                                violation_error_message="Write a colour as # and six digits or letters from a to f.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CompletionRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "share_required",
                            models.PositiveSmallIntegerField(
                                help_text="A session counts as attended from this share on.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="share of a session’s minutes, in percent",
                            ),
                        ),
                        (
                            "requirements",
                            models.JSONField(
                                validators=[certificates.models.rules.validate_requirements],
                                verbose_name="requirements",
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
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="completion_rules",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                    ],
                    options={
                        "verbose_name": "completion rule",
                        "verbose_name_plural": "completion rules",
                        "ordering": ["programme", "-version"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "version"),
                                name="completion_rule_version_once",
                                violation_error_message="The programme has a rule of this version already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("share_required__gte", 1), ("share_required__lte", 100)),
                                name="completion_rule_share_is_a_percentage",
                                violation_error_message="The share must be between 1 and 100 percent.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RuleDraft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "share_required",
                            models.PositiveSmallIntegerField(
                                help_text="A session counts as attended from this share on.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="share of a session’s minutes, in percent",
                            ),
                        ),
                        (
                            "requirements",
                            models.JSONField(
                                validators=[certificates.models.rules.validate_requirements],
                                verbose_name="requirements",
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
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rule_drafts",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        (
                            "adopted_as",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="draft",
                                to="certificates.completionrule",
                                verbose_name="adopted as",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "draft of a completion rule",
                        "verbose_name_plural": "drafts of completion rules",
                        "ordering": ["-created_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("share_required__gte", 1), ("share_required__lte", 100)),
                                name="rule_draft_share_is_a_percentage",
                                violation_error_message="The share must be between 1 and 100 percent.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SerialCounter",
                    fields=[
                        (
                            "programme",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="serial_counter",
                                serialize=False,
                                to="registrations.programme",
                            ),
                        ),
                        (
                            "prefix",
                            models.CharField(
                                max_length=40, unique=True, verbose_name="beginning of the serial numbers"
                            ),
                        ),
                        ("last", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "serial counter",
                        "verbose_name_plural": "serial counters",
                    },
                ),
                migrations.CreateModel(
                    name="Certificate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to="registrations.registration",
                                verbose_name="registration",
                            ),
                        ),
                        ("serial", models.CharField(max_length=60, unique=True, verbose_name="serial number")),
                        (
                            "code",
                            models.CharField(
                                default=certificates.models.certificates.new_code,
                                editable=False,
                                max_length=32,
                                unique=True,
                                verbose_name="verification code",
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="certificates.completionrule",
                                verbose_name="completion rule",
                            ),
                        ),
                        (
                            "override",
                            models.ForeignKey(
                                blank=True,
                                help_text="Set where the rule was not met; the exception says why, also after it was taken back.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to="certificates.override",
                                verbose_name="issued by exception",
                            ),
                        ),
                        ("issued_at", models.DateTimeField(verbose_name="issued")),
                        (
                            "issued_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="issued by",
                            ),
                        ),
                        ("language", models.CharField(max_length=10, verbose_name="language")),
                        ("printed_name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "latin_name",
                            models.CharField(
                                blank=True,
                                help_text="Printed below the name where given.",
                                max_length=200,
                                verbose_name="name in Latin letters",
                            ),
                        ),
                        ("programme_title", models.CharField(max_length=200, verbose_name="programme")),
                        ("start_date", models.DateField(verbose_name="first day")),
                        ("end_date", models.DateField(verbose_name="last day")),
                        ("issue_date", models.DateField(verbose_name="date of issue")),
                        ("sessions_attended", models.PositiveSmallIntegerField(verbose_name="sessions attended")),
                        ("sessions_total", models.PositiveSmallIntegerField(verbose_name="sessions held")),
                        ("minutes_attended", models.PositiveIntegerField(verbose_name="minutes attended")),
                        ("issuer", models.TextField(help_text="One organisation per line.", verbose_name="issuer")),
                        (
                            "is_synthetic",
                            models.BooleanField(default=False, verbose_name="specimen for a synthetic person"),
                        ),
                        (
                            "design",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty for the design that every programme has.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to="certificates.certificatedesign",
                                verbose_name="design",
                            ),
                        ),
                        (
                            "render_error",
                            models.CharField(blank=True, max_length=300, verbose_name="why the PDF could not be made"),
                        ),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                        (
                            "revoked_because",
                            models.CharField(blank=True, max_length=300, verbose_name="reason of revocation"),
                        ),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="revoked by",
                            ),
                        ),
                        (
                            "hidden_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Set where the owner keeps the certificate private: its page looks like that of an unknown code.",
                                null=True,
                                verbose_name="public page hidden",
                            ),
                        ),
                        ("superseded_at", models.DateTimeField(blank=True, null=True, verbose_name="superseded")),
                        (
                            "supersedes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="successor",
                                to="certificates.certificate",
                                verbose_name="supersedes",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "certificate",
                        "verbose_name_plural": "certificates",
                        "ordering": ["serial"],
                        "indexes": [models.Index(fields=["-issued_at", "serial"], name="certificate_by_moment")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("superseded_at__isnull", True)),
                                fields=("registration",),
                                name="certificate_one_per_registration",
                                violation_error_message="This person has a certificate already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("revoked_at__isnull", True),
                                    models.Q(("revoked_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="certificate_revocation_has_a_reason",
                                violation_error_message="Say why the certificate is revoked.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CertificateFile",
                    fields=[
                        (
                            "certificate",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="file",
                                serialize=False,
                                to="certificates.certificate",
                                verbose_name="certificate",
                            ),
                        ),
                        ("content", models.BinaryField(verbose_name="PDF")),
                        ("sha256", models.CharField(db_index=True, max_length=64, verbose_name="SHA-256 of the PDF")),
                        ("rendered_at", models.DateTimeField(verbose_name="PDF made")),
                    ],
                    options={
                        "verbose_name": "file of a certificate",
                        "verbose_name_plural": "files of certificates",
                    },
                ),
                migrations.CreateModel(
                    name="Credential",
                    fields=[
                        (
                            "certificate",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="credential",
                                serialize=False,
                                to="certificates.certificate",
                                verbose_name="certificate",
                            ),
                        ),
                        (
                            "subject",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, verbose_name="name of the person in the credential"
                            ),
                        ),
                        ("list_number", models.PositiveIntegerField(verbose_name="status list")),
                        ("place", models.PositiveIntegerField(verbose_name="place in the status list")),
                    ],
                    options={
                        "verbose_name": "credential",
                        "verbose_name_plural": "credentials",
                        "ordering": ["certificate"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("list_number", "place"),
                                name="credential_place_once",
                                violation_error_message="Another credential stands at this place of the status list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("list_number__gte", 1), ("place__lt", 131072)),
                                name="credential_place_in_its_list",
                                violation_error_message="A status list has no such place.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NameConfirmation",
                    fields=[
                        (
                            "registration",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="name_confirmation",
                                serialize=False,
                                to="registrations.registration",
                                verbose_name="registration",
                            ),
                        ),
                        ("printed_name", models.CharField(max_length=200, verbose_name="name as confirmed")),
                        (
                            "latin_name",
                            models.CharField(blank=True, max_length=200, verbose_name="name in Latin letters"),
                        ),
                        ("confirmed_at", models.DateTimeField(verbose_name="confirmed")),
                    ],
                    options={
                        "verbose_name": "confirmed name",
                        "verbose_name_plural": "confirmed names",
                        "ordering": ["-confirmed_at"],
                    },
                ),
                migrations.CreateModel(
                    name="NameRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="name_requests",
                                to="registrations.registration",
                                verbose_name="registration",
                            ),
                        ),
                        ("printed_name", models.CharField(max_length=200, verbose_name="name asked for")),
                        (
                            "latin_name",
                            models.CharField(blank=True, max_length=200, verbose_name="name in Latin letters"),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="asked")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="answered by",
                            ),
                        ),
                        (
                            "refused_because",
                            models.CharField(blank=True, max_length=300, verbose_name="why it was refused"),
                        ),
                    ],
                    options={
                        "verbose_name": "request for another name",
                        "verbose_name_plural": "requests for another name",
                        "ordering": ["-asked_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at__isnull", True)),
                                fields=("registration",),
                                name="name_request_one_waiting",
                                violation_error_message="A request of this person waits already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IssueRun",
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
                                related_name="issue_runs",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="requested by",
                            ),
                        ),
                        ("requested_at", models.DateTimeField(verbose_name="requested")),
                        ("claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="last sign of life")),
                        ("total", models.PositiveIntegerField(blank=True, null=True, verbose_name="due")),
                        ("done", models.PositiveIntegerField(default=0, verbose_name="done")),
                        ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                        (
                            "cancelled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="cancelled by",
                            ),
                        ),
                        ("refusal", models.TextField(blank=True, verbose_name="what went wrong")),
                    ],
                    options={
                        "verbose_name": "issue run",
                        "verbose_name_plural": "issue runs",
                        "ordering": ["-requested_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("finished_at__isnull", True)),
                                fields=("programme",),
                                name="issue_run_one_at_a_time",
                                violation_error_message="Certificates of this programme are being issued already.",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
