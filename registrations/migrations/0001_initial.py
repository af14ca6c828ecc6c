import uuid

import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import django_countries.fields
from django.conf import settings
from django.db import migrations, models

import registrations.models.directory
import registrations.models.programme
import registrations.models.registration
from registrations.create_models import CreateModels


class Migration(migrations.Migration):
    replaces = [("registrations", "0016_own_words")]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="PrivacyText",
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
                        ("version", models.PositiveIntegerField(unique=True, verbose_name="version")),
                        ("body", models.TextField(verbose_name="text")),
                        ("published_at", models.DateTimeField(verbose_name="published")),
                    ],
                    options={
                        "verbose_name": "privacy text",
                        "verbose_name_plural": "privacy texts",
                        "ordering": ["-version"],
                    },
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                error_messages={"unique": "A user with that username already exists."},
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                unique=True,
                                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                                verbose_name="username",
                            ),
                        ),
                        ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                        ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                        ),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "user",
                        "verbose_name_plural": "users",
                        "abstract": False,
                    },
                    managers=[
                        ("objects", django.contrib.auth.models.UserManager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Programme",
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
                            "slug",
                            models.SlugField(
                                help_text="The last part of the page's address.",
                                max_length=80,
                                unique=True,
                                verbose_name="address",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("summary", models.TextField(blank=True, verbose_name="summary")),
                        ("background", models.TextField(blank=True, verbose_name="background")),
                        (
                            "objectives",
                            models.TextField(
                                blank=True, help_text="One objective per line.", verbose_name="objectives"
                            ),
                        ),
                        ("audience", models.TextField(blank=True, verbose_name="audience")),
                        ("start_date", models.DateField(verbose_name="first day")),
                        ("end_date", models.DateField(verbose_name="last day")),
                        (
                            "time_zone",
                            models.CharField(
                                help_text="For example Africa/Nairobi.",
                                max_length=64,
                                validators=[registrations.models.programme.validate_zone],
                                verbose_name="time zone",
                            ),
                        ),
                        (
                            "teaching_languages",
                            models.JSONField(
                                default=list,
                                validators=[registrations.models.programme.validate_language_codes],
                                verbose_name="languages of teaching",
                            ),
                        ),
                        (
                            "interpretation_languages",
                            models.JSONField(
                                blank=True,
                                default=list,
                                validators=[registrations.models.programme.validate_language_codes],
                                verbose_name="languages of interpretation",
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
                                help_text="In which the texts here are written. Versions in other languages are entered from the workspace.",
                                max_length=10,
                                verbose_name="language of the texts",
                            ),
                        ),
                        (
                            "capacity",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="Empty: no limit.",
                                null=True,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="capacity",
                            ),
                        ),
                        (
                            "seats_taken",
                            models.PositiveIntegerField(default=0, editable=False, verbose_name="seats taken"),
                        ),
                        ("registration_opens_at", models.DateTimeField(verbose_name="registration opens")),
                        ("registration_closes_at", models.DateTimeField(verbose_name="registration closes")),
                        ("contact_name", models.CharField(blank=True, max_length=200, verbose_name="contact")),
                        (
                            "contact_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="contact’s e-mail"),
                        ),
                        (
                            "reminds_a_day_before",
                            models.BooleanField(
                                default=True, verbose_name="reminder by mail 24 hours before each session"
                            ),
                        ),
                        (
                            "reminds_an_hour_before",
                            models.BooleanField(
                                default=True, verbose_name="reminder by mail 1 hour before each session"
                            ),
                        ),
                        (
                            "published_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Empty: only its team sees it.",
                                null=True,
                                verbose_name="published",
                            ),
                        ),
                        (
                            "logs_deleted_at",
                            models.DateTimeField(
                                blank=True,
                                editable=False,
                                help_text="Their time was over: from then on the minutes that were counted stay as they are.",
                                null=True,
                                verbose_name="attendance logs deleted",
                            ),
                        ),
                        (
                            "directory_opened_at",
                            models.DateTimeField(
                                blank=True,
                                editable=False,
                                help_text="Empty: participants cannot look for each other.",
                                null=True,
                                verbose_name="directory of participants open since",
                            ),
                        ),
                        (
                            "has_own_words",
                            models.BooleanField(
                                default=False,
                                editable=False,
                                help_text="Whether organisers have ever written words of a mail: without, nobody looks for them.",
                                verbose_name="own words of mails",
                            ),
                        ),
                        (
                            "synthetic_seed",
                            models.BigIntegerField(
                                blank=True,
                                editable=False,
                                help_text="The seed of the generator that made this programme’s people up. Empty: the people are real.",
                                null=True,
                                verbose_name="synthetic people",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "programme",
                        "verbose_name_plural": "programmes",
                        "ordering": ["-start_date", "title"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("end_date__gte", models.F("start_date"))),
                                name="programme_ends_after_its_start",
                                violation_error_message="The last day cannot be before the first day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("registration_closes_at__gt", models.F("registration_opens_at"))),
                                name="programme_registration_closes_after_opening",
                                violation_error_message="Registration must close after it opens.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("capacity__isnull", True),
                                    ("seats_taken__lte", models.F("capacity")),
                                    _connector="OR",
                                ),
                                name="programme_seats_within_capacity",
                                violation_error_message="More seats are taken already than this capacity allows.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Partner",
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
                                related_name="partners",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        ("url", models.URLField(blank=True, verbose_name="web page")),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="place in the order")),
                    ],
                    options={
                        "verbose_name": "partner",
                        "verbose_name_plural": "partners",
                        "ordering": ["position", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="TeamMember",
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
                                related_name="team",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="user",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[("organiser", "organiser"), ("analyst", "analyst")],
                                max_length=10,
                                verbose_name="role",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "team member",
                        "verbose_name_plural": "team",
                        "ordering": ["role", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "user"),
                                name="team_member_once_per_programme",
                                violation_error_message="This person is on the team already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Registration",
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
                                related_name="registrations",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        ("email", models.EmailField(help_text="In lower case.", max_length=254, verbose_name="e-mail")),
                        ("given_name", models.CharField(blank=True, max_length=100, verbose_name="given name")),
                        ("family_name", models.CharField(blank=True, max_length=100, verbose_name="family name")),
                        ("printed_name", models.CharField(max_length=200, verbose_name="name as it shall be printed")),
                        (
                            "gender",
                            models.CharField(
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
                            "country",
                            django_countries.fields.CountryField(max_length=2, verbose_name="country or territory"),
                        ),
                        ("city", models.CharField(blank=True, max_length=120, verbose_name="city")),
                        ("organisation", models.CharField(blank=True, max_length=200, verbose_name="organisation")),
                        ("position", models.CharField(blank=True, max_length=200, verbose_name="position")),
                        (
                            "sector",
                            models.CharField(
                                choices=[
                                    ("government", "National or local government"),
                                    ("private", "Private sector"),
                                    ("academia", "Academia and research"),
                                    ("un_igo", "United Nations and intergovernmental organisations"),
                                    ("ngo", "NGO and civil society"),
                                    ("other", "Other"),
                                ],
                                max_length=12,
                                verbose_name="sector",
                            ),
                        ),
                        ("sector_other", models.CharField(blank=True, max_length=120, verbose_name="other sector")),
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
                                verbose_name="preferred language",
                            ),
                        ),
                        (
                            "time_zone",
                            models.CharField(
                                blank=True,
                                help_text="Empty: that of the country, where it has only one.",
                                max_length=64,
                                verbose_name="time zone",
                            ),
                        ),
                        (
                            "wants_reminders",
                            models.BooleanField(default=True, verbose_name="reminders of sessions by mail"),
                        ),
                        ("wants_surveys", models.BooleanField(default=True, verbose_name="mail about surveys")),
                        (
                            "wants_news",
                            models.BooleanField(default=True, verbose_name="other messages from the organisers"),
                        ),
                        (
                            "privacy_text",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registrations.privacytext",
                                verbose_name="privacy text agreed to",
                            ),
                        ),
                        ("consented_at", models.DateTimeField(verbose_name="agreed")),
                        (
                            "consent_withdrawn_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="consent withdrawn"),
                        ),
                        ("registered_at", models.DateTimeField(verbose_name="sent in")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="address confirmed")),
                        ("seated_at", models.DateTimeField(blank=True, null=True, verbose_name="seat taken")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                        (
                            "address_bounced_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Empty again once an address is confirmed.",
                                null=True,
                                verbose_name="mail comes back since",
                            ),
                        ),
                        ("erased_at", models.DateTimeField(blank=True, null=True, verbose_name="erased")),
                        (
                            "erased_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: by the person.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="erased by",
                            ),
                        ),
                        (
                            "link_token",
                            models.CharField(
                                default=registrations.models.registration.new_link_token,
                                editable=False,
                                max_length=43,
                                unique=True,
                                verbose_name="personal link",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "registration",
                        "verbose_name_plural": "registrations",
                        "ordering": ["family_name", "given_name", "pk"],
                        "indexes": [
                            models.Index(fields=["programme", "confirmed_at"], name="registration_by_confirmation"),
                            models.Index(
                                condition=models.Q(("address_bounced_at__isnull", False)),
                                fields=["programme"],
                                name="registration_undeliverable",
                            ),
                            models.Index(
                                fields=["programme", "family_name", "given_name", "id"],
                                name="registration_by_family_name",
                            ),
                            models.Index(
                                fields=["programme", "printed_name", "-id"], name="registration_by_printed_name"
                            ),
                            models.Index(fields=["programme", "registered_at", "id"], name="registration_by_moment"),
                            models.Index(fields=["programme", "country", "id"], name="registration_by_country"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "email"),
                                name="registration_once_per_address",
                                violation_error_message="This address is registered for the programme already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("family_name", ""), ("given_name", ""), _negated=True),
                                name="registration_has_a_name",
                                violation_error_message="Give at least one of given name and family name.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sector", "other"), _negated=True),
                                    models.Q(("sector_other", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="registration_names_its_other_sector",
                                violation_error_message="Say which sector it is.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("seated_at__isnull", True),
                                    models.Q(("confirmed_at__isnull", False), ("withdrawn_at__isnull", True)),
                                    _connector="OR",
                                ),
                                name="registration_seat_is_confirmed_and_kept",
                                violation_error_message="Only a confirmed registration that was not withdrawn has a seat.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_at__isnull", True),
                                    ("confirmed_at__gte", models.F("registered_at")),
                                    _connector="OR",
                                ),
                                name="registration_confirmed_after_it_was_sent",
                                violation_error_message="An address cannot be confirmed before the registration was sent in.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("consent_withdrawn_at__isnull", True),
                                    ("consent_withdrawn_at__gte", models.F("consented_at")),
                                    _connector="OR",
                                ),
                                name="registration_consent_withdrawn_after_it_was_given",
                                violation_error_message="A consent cannot be withdrawn before it was given.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AddressChange",
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
                                related_name="address_changes",
                                to="registrations.registration",
                                verbose_name="registration",
                            ),
                        ),
                        (
                            "new_address",
                            models.EmailField(help_text="In lower case.", max_length=254, verbose_name="new address"),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="asked for")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: by the person.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked for by",
                            ),
                        ),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="address confirmed")),
                    ],
                    options={
                        "verbose_name": "change of address",
                        "verbose_name_plural": "changes of address",
                        "ordering": ["-asked_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("confirmed_at__isnull", True)),
                                fields=("registration",),
                                name="address_change_one_open",
                                violation_error_message="Another address waits for its confirmation already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mail",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "key",
                            models.CharField(
                                help_text="What makes this mail the only one of its kind.",
                                max_length=120,
                                unique=True,
                                verbose_name="key",
                            ),
                        ),
                        ("kind", models.CharField(max_length=40, verbose_name="kind")),
                        (
                            "topic",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("reminders", "reminders of sessions"),
                                    ("surveys", "mail about surveys"),
                                    ("news", "other messages from the organisers"),
                                ],
                                help_text="What its reader can stop by itself. Empty: it belongs to the registration.",
                                max_length=10,
                                verbose_name="topic",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mails",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mails",
                                to="registrations.registration",
                                verbose_name="registration",
                            ),
                        ),
                        ("to", models.EmailField(max_length=254, verbose_name="to")),
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
                        ("subject", models.CharField(max_length=300, verbose_name="subject")),
                        ("body", models.TextField(verbose_name="text")),
                        ("queued_at", models.DateTimeField(verbose_name="queued")),
                        (
                            "due_at",
                            models.DateTimeField(
                                help_text="Later than queued after a failed attempt.", verbose_name="to be sent from"
                            ),
                        ),
                        ("claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="claimed by a sender")),
                        ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                        ("doubtful_at", models.DateTimeField(blank=True, null=True, verbose_name="in doubt since")),
                        ("failed_at", models.DateTimeField(blank=True, null=True, verbose_name="failed")),
                        (
                            "held_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Mail to synthetic people, and to people who withdrew their consent or stopped it, is never sent.",
                                null=True,
                                verbose_name="held back",
                            ),
                        ),
                        (
                            "error",
                            models.CharField(
                                blank=True,
                                help_text="What the mail server said, without the address.",
                                max_length=200,
                                verbose_name="error",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mail",
                        "verbose_name_plural": "mails",
                        "ordering": ["-queued_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("doubtful_at__isnull", True),
                                    ("failed_at__isnull", True),
                                    ("held_at__isnull", True),
                                    ("sent_at__isnull", True),
                                ),
                                fields=["due_at"],
                                name="mail_by_due",
                            ),
                            models.Index(fields=["to", "queued_at"], name="mail_by_address"),
                            models.Index(fields=["programme", "-queued_at", "-id"], name="mail_of_a_programme"),
                            models.Index(fields=["programme", "kind", "-queued_at", "-id"], name="mail_by_kind"),
                            models.Index(fields=["programme", "sent_at"], name="mail_by_sending"),
                            models.Index(
                                condition=models.Q(("sent_at__isnull", True)),
                                fields=["programme", "-queued_at", "-id"],
                                name="mail_not_sent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Bounce",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "mail",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bounce",
                                to="registrations.mail",
                                verbose_name="mail",
                            ),
                        ),
                        ("noted_at", models.DateTimeField(verbose_name="noted")),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("refusal", "refused when it was handed over"),
                                    ("report", "a report in the mailbox for bounces"),
                                    ("provider", "reported by the mail provider"),
                                ],
                                max_length=10,
                                verbose_name="known from",
                            ),
                        ),
                        (
                            "is_hard",
                            models.BooleanField(
                                help_text="Yes: nothing will arrive there. No: it may work again later.",
                                verbose_name="for good",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("no_address", "the address does not exist"),
                                    ("full", "the mailbox is full"),
                                    ("refused", "the mail service there refused it"),
                                    ("unreachable", "the mail service there could not be reached"),
                                    ("other", "the mail service there gave no reason that we know"),
                                ],
                                max_length=12,
                                verbose_name="reason",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                blank=True,
                                help_text="As in RFC 3463, such as 5.1.1.",
                                max_length=12,
                                verbose_name="code",
                            ),
                        ),
                        (
                            "words",
                            models.CharField(blank=True, max_length=200, verbose_name="what the mail server said"),
                        ),
                    ],
                    options={
                        "verbose_name": "mail that came back",
                        "verbose_name_plural": "mails that came back",
                        "ordering": ["-noted_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Consent",
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
                                related_name="earlier_consents",
                                to="registrations.registration",
                                verbose_name="registration",
                            ),
                        ),
                        (
                            "privacy_text",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registrations.privacytext",
                                verbose_name="privacy text agreed to",
                            ),
                        ),
                        ("given_at", models.DateTimeField(verbose_name="agreed")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="consent withdrawn")),
                    ],
                    options={
                        "verbose_name": "earlier consent",
                        "verbose_name_plural": "earlier consents",
                        "ordering": ["registration", "given_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("registration", "given_at"),
                                name="consent_once_per_moment",
                                violation_error_message="This consent is archived already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True),
                                    ("withdrawn_at__gte", models.F("given_at")),
                                    _connector="OR",
                                ),
                                name="consent_withdrawn_after_it_was_given",
                                violation_error_message="A consent cannot be withdrawn before it was given.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sender",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contacts_asked",
                                to="registrations.registration",
                                verbose_name="person who asks",
                            ),
                        ),
                        (
                            "recipient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contacts_got",
                                to="registrations.registration",
                                verbose_name="person asked",
                            ),
                        ),
                        ("sentence", models.CharField(max_length=500, verbose_name="message")),
                        ("asked_at", models.DateTimeField(verbose_name="asked")),
                        ("agreed_at", models.DateTimeField(blank=True, null=True, verbose_name="agreed")),
                        ("declined_at", models.DateTimeField(blank=True, null=True, verbose_name="declined")),
                        ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                    ],
                    options={
                        "verbose_name": "request for contact",
                        "verbose_name_plural": "requests for contact",
                        "ordering": ["asked_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.comparison.Least("sender", "recipient"),
                                django.db.models.functions.comparison.Greatest("sender", "recipient"),
                                condition=models.Q(("declined_at__isnull", True), ("taken_back_at__isnull", True)),
                                name="contact_once_per_pair",
                                violation_error_message="There is a request between these two already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sender", models.F("recipient")), _negated=True),
                                name="contact_is_with_somebody_else",
                                violation_error_message="Nobody asks themselves.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("agreed_at__isnull", True), ("declined_at__isnull", True)),
                                    models.Q(("agreed_at__isnull", True), ("taken_back_at__isnull", True)),
                                    models.Q(("declined_at__isnull", True), ("taken_back_at__isnull", True)),
                                    _connector="OR",
                                ),
                                name="contact_ends_once",
                                violation_error_message="A request is agreed to, declined or taken back, once.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Partnership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "contact",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="partnerships",
                                to="registrations.contact",
                                verbose_name="request for contact",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="partnerships_recorded",
                                to="registrations.registration",
                                verbose_name="recorded by",
                            ),
                        ),
                        ("subject", models.CharField(max_length=200, verbose_name="what it is about")),
                        ("month", models.DateField(help_text="Its first day.", verbose_name="month in which it began")),
                        ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="confirmed by the other"),
                        ),
                        ("denied_at", models.DateTimeField(blank=True, null=True, verbose_name="denied by the other")),
                    ],
                    options={
                        "verbose_name": "partnership",
                        "verbose_name_plural": "partnerships",
                        "ordering": ["-month", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("contact", "subject"),
                                name="partnership_once_per_subject",
                                violation_error_message="This partnership is recorded already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_at__isnull", True), ("denied_at__isnull", True), _connector="OR"
                                ),
                                name="partnership_confirmed_or_denied",
                                violation_error_message="A partnership is confirmed or denied, not both.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DirectoryTopic",
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
                                related_name="topics",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        ("label", models.CharField(max_length=80, verbose_name="topic")),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="place in the order")),
                    ],
                    options={
                        "verbose_name": "topic of the directory",
                        "verbose_name_plural": "topics of the directory",
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "label"),
                                name="topic_once_per_programme",
                                violation_error_message="This topic is in the list already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Profile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "registration",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="profile",
                                to="registrations.registration",
                                verbose_name="registration",
                            ),
                        ),
                        (
                            "key",
                            models.CharField(
                                default=registrations.models.directory.new_profile_key,
                                editable=False,
                                max_length=22,
                                unique=True,
                                verbose_name="key",
                            ),
                        ),
                        ("shown_name", models.CharField(max_length=200, verbose_name="name as shown")),
                        ("about", models.CharField(blank=True, max_length=300, verbose_name="about")),
                        ("languages", models.JSONField(default=list, verbose_name="languages spoken")),
                        (
                            "contact",
                            models.CharField(
                                blank=True,
                                help_text="Empty: the e-mail of the registration. Only those see it with whom its owner agreed.",
                                max_length=200,
                                verbose_name="address to share",
                            ),
                        ),
                        (
                            "terms",
                            models.TextField(
                                blank=True,
                                editable=False,
                                help_text="Of the name and of everything the person wrote, made when it is stored, with a blank around each.",
                                verbose_name="words as they are looked up",
                            ),
                        ),
                        ("opted_in_at", models.DateTimeField(verbose_name="in the directory since")),
                        ("changed_at", models.DateTimeField(verbose_name="changed")),
                        (
                            "withdrawn_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="left the directory"),
                        ),
                        (
                            "hidden_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="hidden by the organisers"),
                        ),
                        (
                            "hidden_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="hidden by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "profile in the directory",
                        "verbose_name_plural": "profiles in the directory",
                        "ordering": ["shown_name", "key"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True),
                                    ("withdrawn_at__gte", models.F("opted_in_at")),
                                    _connector="OR",
                                ),
                                name="profile_left_after_it_was_made",
                                violation_error_message="A profile cannot leave the directory before it is in it.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProfileItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "profile",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="registrations.profile",
                                verbose_name="profile",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("offer", "offered"), ("need", "looked for")],
                                max_length=5,
                                verbose_name="side",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="place in the order")),
                        (
                            "topic",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="registrations.directorytopic",
                                verbose_name="topic",
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=80, verbose_name="words")),
                    ],
                    options={
                        "verbose_name": "thing offered or looked for",
                        "verbose_name_plural": "things offered or looked for",
                        "ordering": ["profile", "side", "position", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("topic__isnull", True), ("words", ""), _connector="XOR"),
                                name="profile_item_is_a_topic_or_words",
                                violation_error_message="Choose a topic or write words, not both.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("topic__isnull", False)),
                                fields=("profile", "side", "topic"),
                                name="profile_item_once_per_topic",
                                violation_error_message="This topic is chosen already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Block",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="blocks",
                                to="registrations.registration",
                                verbose_name="who blocks",
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="blocked_by",
                                to="registrations.registration",
                                verbose_name="who is blocked",
                            ),
                        ),
                        ("blocked_at", models.DateTimeField(verbose_name="blocked")),
                    ],
                    options={
                        "verbose_name": "blocked person",
                        "verbose_name_plural": "blocked people",
                        "ordering": ["blocked_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("by", "other"),
                                name="block_once_per_pair",
                                violation_error_message="This person is blocked already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("by", models.F("other")), _negated=True),
                                name="block_is_of_somebody_else",
                                violation_error_message="Nobody blocks themselves.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProfileReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reports_made",
                                to="registrations.registration",
                                verbose_name="who reports",
                            ),
                        ),
                        (
                            "about",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reports_about",
                                to="registrations.registration",
                                verbose_name="about whom",
                            ),
                        ),
                        ("text", models.CharField(max_length=500, verbose_name="what is wrong")),
                        (
                            "evidence",
                            models.TextField(
                                blank=True,
                                help_text="As it stood when it was reported, and a message received.",
                                verbose_name="what the profile said",
                            ),
                        ),
                        ("reported_at", models.DateTimeField(verbose_name="reported")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        ("is_upheld", models.BooleanField(default=False, verbose_name="profile hidden because of it")),
                    ],
                    options={
                        "verbose_name": "report about a profile",
                        "verbose_name_plural": "reports about profiles",
                        "ordering": ["reported_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("decided_at__isnull", True)),
                                fields=("by", "about"),
                                name="profile_report_open_once_per_pair",
                                violation_error_message="Your report waits for the organisers already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_upheld", False), ("decided_at__isnull", False), _connector="OR"
                                ),
                                name="profile_report_upheld_by_a_decision",
                                violation_error_message="Only a decision upholds a report.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeptFigures",
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
                                related_name="kept_figures",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        ("kind", models.CharField(max_length=40, verbose_name="kind")),
                        ("figures", models.JSONField(verbose_name="figures")),
                        ("counted_at", models.DateTimeField(verbose_name="counted")),
                        ("asked_at", models.DateTimeField(verbose_name="asked to count again")),
                    ],
                    options={
                        "verbose_name": "kept figures",
                        "verbose_name_plural": "kept figures",
                        "ordering": ["programme", "kind"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "kind"),
                                name="kept_figures_once_per_kind",
                                violation_error_message="These figures are kept already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MailText",
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
                                related_name="mail_texts",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        ("kind", models.CharField(max_length=40, verbose_name="kind")),
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
                        ("subject", models.CharField(max_length=200, verbose_name="subject")),
                        ("body", models.TextField(max_length=10000, verbose_name="text")),
                        ("edited_at", models.DateTimeField(verbose_name="edited")),
                        (
                            "edited_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="edited by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "text of a mail",
                        "verbose_name_plural": "texts of mails",
                        "ordering": ["programme", "kind", "language"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "kind", "language"),
                                name="mail_text_once_per_language",
                                violation_error_message="This text is edited in this language already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Retention",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "programme",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="retention",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        (
                            "log_days",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                default=180,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(3650),
                                ],
                                verbose_name="files and lines of attendance",
                            ),
                        ),
                        (
                            "mail_days",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                default=365,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(3650),
                                ],
                                verbose_name="mails",
                            ),
                        ),
                        (
                            "text_days",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                default=1095,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(3650),
                                ],
                                verbose_name="answers in people’s own words",
                            ),
                        ),
                        (
                            "person_days",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                default=1825,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(3650),
                                ],
                                verbose_name="who people are",
                            ),
                        ),
                        ("set_at", models.DateTimeField(verbose_name="set")),
                        (
                            "set_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="set by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "retention",
                        "verbose_name_plural": "retention",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("person_days__isnull", True),
                                    models.Q(("log_days__isnull", False), ("log_days__lte", models.F("person_days"))),
                                    _connector="OR",
                                ),
                                name="retention_attendance_logs_first",
                                violation_error_message="The files and lines of attendance go first: give them a number of days that is not longer than that of the people.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RetentionRecord",
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
                                related_name="retention_records",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        (
                            "what",
                            models.CharField(
                                choices=[
                                    ("files", "files of attendance"),
                                    ("lines", "lines of attendance"),
                                    ("names", "names in files"),
                                    ("mails", "texts of mails"),
                                    ("responses", "responses with texts"),
                                    ("drafts", "drafts of responses"),
                                    ("people", "people"),
                                ],
                                max_length=10,
                                verbose_name="what",
                            ),
                        ),
                        ("count", models.PositiveIntegerField(verbose_name="how many")),
                        ("at", models.DateTimeField(verbose_name="when")),
                    ],
                    options={
                        "verbose_name": "record of what went",
                        "verbose_name_plural": "records of what went",
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("count__gt", 0)),
                                name="retention_record_of_something",
                                violation_error_message="A record says that something went.",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
