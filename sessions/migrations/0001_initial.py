import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sessions.models.check_in
import sessions.models.materials
from registrations.create_models import CreateModels


class Migration(migrations.Migration):
    replaces = [("training_sessions", "0016_audience_batches")]

    initial = True

    dependencies = [
        ("registrations", "0001_initial"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="TrainingSession",
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
                                related_name="sessions",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                        ("theme", models.CharField(max_length=300, verbose_name="theme")),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        ("starts_at", models.DateTimeField(verbose_name="starts")),
                        ("ends_at", models.DateTimeField(verbose_name="ends")),
                        ("join_link", models.URLField(blank=True, max_length=500, verbose_name="link to join")),
                        (
                            "sequence",
                            models.PositiveIntegerField(
                                default=0,
                                editable=False,
                                help_text="SEQUENCE of RFC 5545: rises with each change.",
                                verbose_name="version in calendars",
                            ),
                        ),
                        (
                            "margin_minutes",
                            models.PositiveSmallIntegerField(
                                default=10,
                                help_text="Presence so long before the start and after the end counts, too. Nobody gets more minutes than the session has.",
                                validators=[django.core.validators.MaxValueValidator(180)],
                                verbose_name="margin in minutes",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "session",
                        "verbose_name_plural": "sessions",
                        "ordering": ["programme", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "number"),
                                name="session_number_once_per_programme",
                                violation_error_message="The programme has a session of this number already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="session_ends_after_its_start",
                                violation_error_message="A session must end after it starts.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Speaker",
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
                                related_name="speakers",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="job title")),
                        ("organisation", models.CharField(blank=True, max_length=300, verbose_name="organisation")),
                        (
                            "is_synthetic",
                            models.BooleanField(
                                default=False,
                                help_text="Stands in for a speaker whom the published document counts but does not name.",
                                verbose_name="made up",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "speaker",
                        "verbose_name_plural": "speakers",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Appearance",
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
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="appearances",
                                to="training_sessions.trainingsession",
                                verbose_name="session",
                            ),
                        ),
                        (
                            "speaker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appearances",
                                to="training_sessions.speaker",
                                verbose_name="speaker",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("moderator", "Moderator"),
                                    ("opening", "Opening remarks"),
                                    ("speaker", "Speaker"),
                                    ("closing", "Closing remarks"),
                                ],
                                default="speaker",
                                max_length=10,
                                verbose_name="role",
                            ),
                        ),
                        ("talk", models.CharField(blank=True, max_length=300, verbose_name="title of the talk")),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="place in the order")),
                    ],
                    options={
                        "verbose_name": "part in a session",
                        "verbose_name_plural": "parts in a session",
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("session", "speaker", "role"),
                                name="appearance_once_per_role",
                                violation_error_message="This speaker has this role in the session already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attendance",
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
                                related_name="attendances",
                                to="registrations.registration",
                                verbose_name="registration",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to="training_sessions.trainingsession",
                                verbose_name="session",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("file", "report of the meeting platform"),
                                    ("check_in", "self check-in"),
                                    ("hand", "entered by hand"),
                                    ("correction", "correction that was asked for"),
                                ],
                                max_length=10,
                                verbose_name="source",
                            ),
                        ),
                        ("seconds", models.PositiveIntegerField(verbose_name="seconds of presence")),
                        ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="recorded by",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                    ],
                    options={
                        "verbose_name": "attendance",
                        "verbose_name_plural": "attendance",
                        "ordering": ["session", "registration"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("registration", "session", "source"),
                                name="attendance_once_per_source",
                                violation_error_message="This person’s presence in this session is recorded from this source already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandEntry",
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
                                related_name="hand_entries",
                                to="registrations.registration",
                                verbose_name="registration",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hand_entries",
                                to="training_sessions.trainingsession",
                                verbose_name="session",
                            ),
                        ),
                        (
                            "minutes",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="Empty: the entry by hand was taken back.",
                                null=True,
                                verbose_name="minutes",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("file", "report of the meeting platform"),
                                    ("check_in", "self check-in"),
                                    ("hand", "entered by hand"),
                                    ("correction", "correction that was asked for"),
                                ],
                                default="hand",
                                max_length=10,
                                verbose_name="source",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        ("entered_at", models.DateTimeField(verbose_name="entered")),
                    ],
                    options={
                        "verbose_name": "entry by hand",
                        "verbose_name_plural": "entries by hand",
                        "ordering": ["-entered_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="AudienceFigure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="audience_figures",
                                to="training_sessions.trainingsession",
                                verbose_name="session",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("live_views", "live views"),
                                    ("playbacks", "playbacks"),
                                    ("slide_downloads", "slide downloads"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                help_text="The platform or outlet.", max_length=120, verbose_name="channel"
                            ),
                        ),
                        ("count", models.PositiveBigIntegerField(verbose_name="count")),
                    ],
                    options={
                        "verbose_name": "audience figure",
                        "verbose_name_plural": "audience figures",
                        "ordering": ["session", "kind", "channel"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("session", "kind", "channel"),
                                name="audience_figure_once_per_channel",
                                violation_error_message="This session’s figure for this channel is recorded already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AudienceBatch",
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
                                related_name="audience_batches",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        (
                            "file_name",
                            models.CharField(
                                blank=True, help_text="Empty: entered by hand.", max_length=255, verbose_name="file"
                            ),
                        ),
                        ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                        (
                            "changes",
                            models.JSONField(
                                help_text="[[session, kind, channel, before, after], …]; null where there is no figure.",
                                verbose_name="changes",
                            ),
                        ),
                        ("made_at", models.DateTimeField(verbose_name="entered")),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
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
                    ],
                    options={
                        "verbose_name": "batch of audience figures",
                        "verbose_name_plural": "batches of audience figures",
                        "ordering": ["-made_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("undone_at__isnull", True), models.Q(("sha256", ""), _negated=True)
                                ),
                                fields=("programme", "sha256"),
                                name="audience_batch_once_per_file",
                                violation_error_message="The figures of this file are in already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SessionChange",
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
                                related_name="session_changes",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="changes",
                                to="training_sessions.trainingsession",
                                verbose_name="session",
                            ),
                        ),
                        ("session_key", models.PositiveBigIntegerField(verbose_name="key of the session")),
                        ("sequence", models.PositiveIntegerField(verbose_name="version in calendars")),
                        ("theme", models.CharField(max_length=300, verbose_name="theme")),
                        ("started_at", models.DateTimeField(verbose_name="was to start")),
                        ("ended_at", models.DateTimeField(verbose_name="was to end")),
                        ("is_cancelled", models.BooleanField(default=False, verbose_name="cancelled")),
                        ("changed_at", models.DateTimeField(verbose_name="changed")),
                        (
                            "changed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="changed by",
                            ),
                        ),
                        ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="participants told")),
                    ],
                    options={
                        "verbose_name": "change of a session",
                        "verbose_name_plural": "changes of sessions",
                        "ordering": ["programme", "changed_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("session_key", "sequence"),
                                name="session_change_once_per_version",
                                violation_error_message="This change is recorded already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SessionReminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminders",
                                to="training_sessions.trainingsession",
                                verbose_name="session",
                            ),
                        ),
                        ("hours", models.PositiveSmallIntegerField(verbose_name="hours before")),
                        ("starts_at", models.DateTimeField(verbose_name="start reminded of")),
                        ("queued_at", models.DateTimeField(verbose_name="queued")),
                    ],
                    options={
                        "verbose_name": "reminder of a session",
                        "verbose_name_plural": "reminders of sessions",
                        "ordering": ["session", "-hours"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("session", "hours", "starts_at"),
                                name="session_reminder_once_per_start",
                                violation_error_message="This reminder has gone out.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckInDesk",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "session",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="check_in_desk",
                                to="training_sessions.trainingsession",
                                verbose_name="session",
                            ),
                        ),
                        (
                            "secret",
                            models.CharField(
                                default=sessions.models.check_in.new_secret,
                                editable=False,
                                max_length=64,
                                verbose_name="secret",
                            ),
                        ),
                        ("opened_at", models.DateTimeField(verbose_name="opened")),
                        (
                            "opened_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="opened by",
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                    ],
                    options={
                        "verbose_name": "check-in",
                        "verbose_name_plural": "check-ins of sessions",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_at__isnull", True),
                                    ("closed_at__gte", models.F("opened_at")),
                                    _connector="OR",
                                ),
                                name="check_in_desk_closes_after_opening",
                                violation_error_message="A check-in cannot be closed before it was opened.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckIn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="check_ins",
                                to="training_sessions.trainingsession",
                                verbose_name="session",
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="check_ins",
                                to="registrations.registration",
                                verbose_name="registration",
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("typed", "code typed on the personal page"),
                                    ("scanned", "code scanned, browser known"),
                                    ("mailed", "code scanned, confirmed by mail"),
                                ],
                                max_length=7,
                                verbose_name="how",
                            ),
                        ),
                        (
                            "came_at",
                            models.DateTimeField(
                                help_text="When the code was typed or scanned: minutes count from here.",
                                verbose_name="came",
                            ),
                        ),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
                    ],
                    options={
                        "verbose_name": "person’s check-in",
                        "verbose_name_plural": "people’s check-ins",
                        "ordering": ["session", "came_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("session", "registration"),
                                name="check_in_once_per_session",
                                violation_error_message="This person has checked in to this session already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_at__isnull", True),
                                    ("confirmed_at__gte", models.F("came_at")),
                                    _connector="OR",
                                ),
                                name="check_in_confirmed_after_coming",
                                violation_error_message="A check-in cannot be confirmed before the code was given.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CorrectionRequest",
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
                                related_name="correction_requests",
                                to="registrations.registration",
                                verbose_name="registration",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="correction_requests",
                                to="training_sessions.trainingsession",
                                verbose_name="session",
                            ),
                        ),
                        ("sentence", models.CharField(max_length=500, verbose_name="what is wrong")),
                        ("asked_at", models.DateTimeField(verbose_name="asked")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="request withdrawn")),
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
                            "minutes",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="Empty: declined, or not answered.",
                                null=True,
                                verbose_name="minutes granted",
                            ),
                        ),
                        ("answer", models.CharField(blank=True, max_length=500, verbose_name="answer")),
                    ],
                    options={
                        "verbose_name": "request for correction",
                        "verbose_name_plural": "requests for correction",
                        "ordering": ["asked_at", "pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("answered_at__isnull", True), ("withdrawn_at__isnull", True)),
                                fields=["session"],
                                name="correction_open",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at__isnull", True), ("withdrawn_at__isnull", True)),
                                fields=("registration", "session"),
                                name="correction_open_once_per_session",
                                violation_error_message="A request for this session waits for its answer already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answered_at__isnull", True), ("withdrawn_at__isnull", True), _connector="OR"
                                ),
                                name="correction_answered_or_withdrawn",
                                violation_error_message="A request that was withdrawn is not answered.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minutes__isnull", True), ("answered_at__isnull", False), _connector="OR"
                                ),
                                name="correction_granted_by_an_answer",
                                violation_error_message="Only an answer grants minutes.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answered_at__isnull", True),
                                    ("minutes__isnull", False),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="correction_declined_in_words",
                                violation_error_message="Whoever declines says why.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answered_at__isnull", True),
                                        ("answered_at__gte", models.F("asked_at")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("withdrawn_at__isnull", True),
                                        ("withdrawn_at__gte", models.F("asked_at")),
                                        _connector="OR",
                                    ),
                                ),
                                name="correction_ends_after_it_was_asked",
                                violation_error_message="A request cannot end before it was made.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AttendanceIdentity",
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
                                related_name="identities",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                blank=True,
                                help_text="Where the decision holds; empty: in all sessions of the programme.",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="identities",
                                to="training_sessions.trainingsession",
                                verbose_name="session",
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=300, verbose_name="name in the file")),
                        ("email", models.CharField(blank=True, max_length=254, verbose_name="e-mail in the file")),
                        (
                            "registration",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="identities",
                                to="registrations.registration",
                                verbose_name="registration",
                            ),
                        ),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("auto", "certain"),
                                    ("confirm", "likely: a person confirms"),
                                    ("none", "nobody found"),
                                ],
                                default="none",
                                max_length=7,
                                verbose_name="matching",
                            ),
                        ),
                        (
                            "because",
                            models.CharField(
                                blank=True, help_text="A code of sessions.reasons.", max_length=40, verbose_name="why"
                            ),
                        ),
                        (
                            "suggestions",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text="Best first: [[registration, [reasons]], …].",
                                verbose_name="who it may be",
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided by a person")),
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
                    ],
                    options={
                        "verbose_name": "identity in files",
                        "verbose_name_plural": "identities in files",
                        "ordering": ["name", "email", "pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("decided_at__isnull", True), ("registration__isnull", True)),
                                fields=["programme"],
                                name="identity_unknown",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("session__isnull", True)),
                                fields=("programme", "name", "email"),
                                name="identity_once_per_programme",
                                violation_error_message="This name and address are known in the programme already.",
                            ),
                            models.UniqueConstraint(
                                fields=("session", "name", "email"),
                                name="identity_once_per_session",
                                violation_error_message="This name and address are known in the session already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("registration__isnull", True),
                                    ("decision", "auto"),
                                    ("decided_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="identity_counts_if_certain_or_decided",
                                violation_error_message="Only what is certain, or what a person decided, counts for somebody.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AttendanceImport",
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
                                related_name="imports",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: the times in the file say which sessions it is about.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="imports",
                                to="training_sessions.trainingsession",
                                verbose_name="session",
                            ),
                        ),
                        ("file_name", models.CharField(max_length=255, verbose_name="file")),
                        ("content", models.BinaryField(verbose_name="content")),
                        (
                            "content_dropped_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Somebody in the file had the own data erased. Its lines are kept without the name.",
                                null=True,
                                verbose_name="content dropped",
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("time_zone", models.CharField(max_length=64, verbose_name="time zone of the file")),
                        (
                            "order",
                            models.CharField(
                                blank=True, max_length=3, verbose_name="order of its dates, said by a person"
                            ),
                        ),
                        ("mapping", models.JSONField(blank=True, null=True, verbose_name="its columns")),
                        ("shape", models.CharField(blank=True, max_length=64, verbose_name="shape of its table")),
                        (
                            "is_mapping_answered",
                            models.BooleanField(default=False, verbose_name="a person said what its columns are"),
                        ),
                        (
                            "asks",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "nothing"),
                                    ("mapping", "which column is what"),
                                    ("date_order", "whether the day or the month comes first"),
                                    ("zone", "whose clock the times are"),
                                ],
                                max_length=10,
                                verbose_name="question",
                            ),
                        ),
                        ("platform", models.CharField(blank=True, max_length=20, verbose_name="platform")),
                        ("variant", models.CharField(blank=True, max_length=40, verbose_name="layout")),
                        ("notes", models.JSONField(blank=True, default=list, verbose_name="what to know about it")),
                        ("rows_total", models.PositiveIntegerField(blank=True, null=True, verbose_name="rows")),
                        ("rows_done", models.PositiveIntegerField(default=0, verbose_name="rows read")),
                        (
                            "people_total",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="people to count"),
                        ),
                        ("people_done", models.PositiveIntegerField(default=0, verbose_name="people counted")),
                        (
                            "counted_to",
                            models.JSONField(
                                blank=True,
                                help_text="[session, registration], where a next worker goes on.",
                                null=True,
                                verbose_name="last one counted",
                            ),
                        ),
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
                        ("refused_at", models.DateTimeField(blank=True, null=True, verbose_name="refused")),
                        ("refusal", models.CharField(blank=True, max_length=40, verbose_name="why it was refused")),
                        (
                            "refusal_details",
                            models.JSONField(blank=True, default=dict, verbose_name="details of the refusal"),
                        ),
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
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="counted again after it was undone"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attendance import",
                        "verbose_name_plural": "attendance imports",
                        "ordering": ["-uploaded_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("refused_at__isnull", True), ("undone_at__isnull", True)),
                                fields=("session", "sha256"),
                                name="attendance_import_once_per_file",
                                violation_error_message="This file was imported for this session already.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("refused_at__isnull", True), ("session__isnull", True), ("undone_at__isnull", True)
                                ),
                                fields=("programme", "sha256"),
                                name="attendance_import_once_per_programme",
                                violation_error_message="This file was imported for this programme already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("applied_at__isnull", True), ("refused_at__isnull", True), _connector="OR"
                                ),
                                name="attendance_import_applied_or_refused",
                                violation_error_message="An import is applied or refused, not both.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("applied_at__isnull", True),
                                    models.Q(("approved_at__isnull", False), ("read_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="attendance_import_read_and_approved_first",
                                violation_error_message="An import is read and approved before it is applied.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ColumnMapping",
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
                                related_name="column_mappings",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        ("shape", models.CharField(max_length=64, verbose_name="shape")),
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
                        "verbose_name": "column mapping",
                        "verbose_name_plural": "column mappings",
                        "ordering": ["programme", "-said_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "shape"),
                                name="column_mapping_once_per_shape",
                                violation_error_message="The columns of such files are known already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AttendanceEvent",
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
                                related_name="attendance_events",
                                to="registrations.programme",
                                verbose_name="programme",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="training_sessions.trainingsession",
                                verbose_name="session",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("uploaded", "file uploaded"),
                                    ("read", "file read"),
                                    ("refused", "file refused"),
                                    ("answered", "question about a file answered"),
                                    ("approved", "file applied"),
                                    ("applied", "minutes of a file counted"),
                                    ("undone", "file undone"),
                                    ("decided", "said who a line is"),
                                    ("undecided", "took a decision back"),
                                    ("match_asked", "asked to match again"),
                                    ("matched_again", "matched again"),
                                    ("entered", "entered by hand"),
                                    ("cleared", "took an entry by hand back"),
                                    ("corrected", "granted a correction"),
                                    ("declined", "declined a correction"),
                                    ("desk_opened", "check-in opened"),
                                    ("desk_closed", "check-in closed"),
                                    ("recounted", "counted again"),
                                ],
                                max_length=14,
                                verbose_name="what",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="when")),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
                            ),
                        ),
                        (
                            "attendance_import",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="training_sessions.attendanceimport",
                                verbose_name="file",
                            ),
                        ),
                        (
                            "identity",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="training_sessions.attendanceidentity",
                                verbose_name="identity in files",
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="registrations.registration",
                                verbose_name="registration",
                            ),
                        ),
                        ("details", models.JSONField(blank=True, default=dict, verbose_name="details")),
                    ],
                    options={
                        "verbose_name": "event",
                        "verbose_name_plural": "events",
                        "ordering": ["-at", "-pk"],
                        "indexes": [models.Index(fields=["programme", "-at"], name="attendance_event_by_moment")],
                    },
                ),
                migrations.CreateModel(
                    name="SessionLanguage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="languages",
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
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "is_floor",
                            models.BooleanField(
                                default=False,
                                help_text="Not interpreted: what the speakers themselves say.",
                                verbose_name="as it is spoken",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                blank=True,
                                help_text="As the meeting platform calls it, such as “Français”.",
                                max_length=80,
                                verbose_name="channel",
                            ),
                        ),
                        (
                            "link",
                            models.URLField(
                                blank=True,
                                help_text="Empty: the session’s link to join.",
                                max_length=500,
                                verbose_name="link of its own",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "language of a session",
                        "verbose_name_plural": "languages of a session",
                        "ordering": ["session", "-is_floor", "language"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("session", "language"),
                                name="session_language_once",
                                violation_error_message="The session has this language already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LanguageChoice",
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
                                related_name="language_choices",
                                to="registrations.registration",
                                verbose_name="registration",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="language_choices",
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
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        ("chosen_at", models.DateTimeField(verbose_name="chosen")),
                    ],
                    options={
                        "verbose_name": "choice of a language",
                        "verbose_name_plural": "choices of languages",
                        "ordering": ["session", "registration"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("registration", "session"),
                                name="language_choice_once_per_session",
                                violation_error_message="This person’s language in the session is recorded already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("language", ""), _negated=True),
                                name="language_choice_names_a_language",
                                violation_error_message="Choose a language.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Material",
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
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="materials",
                                to="training_sessions.trainingsession",
                                verbose_name="session",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("slides", "Slides"), ("recording", "Recording"), ("reading", "Reading")],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        (
                            "rights",
                            models.CharField(
                                blank=True,
                                help_text="Who holds them and what others may do, such as CC BY 4.0.",
                                max_length=300,
                                verbose_name="rights",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True,
                                help_text="Who made it, or where it was published first.",
                                max_length=300,
                                verbose_name="source",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="place in the order")),
                        (
                            "published_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Empty: only organisers see it.",
                                null=True,
                                verbose_name="published",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "material",
                        "verbose_name_plural": "materials",
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="MaterialFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "material",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="training_sessions.material",
                                verbose_name="material",
                            ),
                        ),
                        (
                            "language",
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
                                help_text="Empty: not known.",
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "file",
                            models.FileField(
                                blank=True,
                                help_text="PDF, PowerPoint, Word or OpenDocument, 50 MB at most. Link to anything larger.",
                                upload_to=sessions.models.materials._place,
                                verbose_name="file",
                            ),
                        ),
                        (
                            "link",
                            models.URLField(
                                blank=True,
                                help_text="Where it is kept, if not here. It begins with https://.",
                                max_length=500,
                                validators=[django.core.validators.URLValidator(schemes=["https"])],
                                verbose_name="link",
                            ),
                        ),
                        ("ending", models.CharField(blank=True, editable=False, max_length=5)),
                        (
                            "size",
                            models.PositiveBigIntegerField(editable=False, null=True, verbose_name="size in bytes"),
                        ),
                        ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
                        (
                            "fetched",
                            models.PositiveBigIntegerField(
                                default=0,
                                editable=False,
                                help_text="Once per person and day, robots aside.",
                                verbose_name="fetched",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "language version",
                        "verbose_name_plural": "language versions",
                        "ordering": ["material", "language"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("material", "language"),
                                name="material_once_per_language",
                                violation_error_message="The material has a version in this language already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("file", ""), models.Q(("link", ""), _negated=True)),
                                    models.Q(models.Q(("file", ""), _negated=True), ("link", "")),
                                    _connector="OR",
                                ),
                                name="material_is_a_file_or_a_link",
                                violation_error_message="Choose a file or enter a link, one of the two.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FetchSalt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(unique=True)),
                        ("salt", models.CharField(max_length=64)),
                    ],
                ),
                migrations.CreateModel(
                    name="MaterialFetch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "material_file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="fetches",
                                to="training_sessions.materialfile",
                            ),
                        ),
                        ("day", models.DateField(db_index=True)),
                        ("visitor", models.CharField(max_length=64)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("material_file", "day", "visitor"), name="fetch_once_per_person_and_day"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AttendanceRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "attendance_import",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="training_sessions.attendanceimport",
                                verbose_name="import",
                            ),
                        ),
                        ("position", models.PositiveIntegerField(verbose_name="place among the import’s rows")),
                        ("line", models.PositiveIntegerField(verbose_name="line of the file")),
                        (
                            "meeting",
                            models.CharField(blank=True, max_length=300, verbose_name="meeting, as the file calls it"),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendance_rows",
                                to="training_sessions.trainingsession",
                                verbose_name="session",
                            ),
                        ),
                        (
                            "identity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rows",
                                to="training_sessions.attendanceidentity",
                                verbose_name="identity",
                            ),
                        ),
                        ("joined_at", models.DateTimeField(blank=True, null=True, verbose_name="joined")),
                        ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="left")),
                        (
                            "seconds",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="seconds that the file states"
                            ),
                        ),
                        ("is_open", models.BooleanField(default=False, verbose_name="without a moment of leaving")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("attendee", "attendee"),
                                    ("presenter", "presenter"),
                                    ("panelist", "panelist"),
                                    ("organizer", "organiser"),
                                    ("host", "host"),
                                ],
                                default="attendee",
                                max_length=10,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "excluded_because",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("in_waiting_room", "in the waiting room"),
                                    ("no_times", "without readable times"),
                                    ("not_a_person", "not a person"),
                                ],
                                max_length=16,
                                verbose_name="left out",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "line of a file",
                        "verbose_name_plural": "lines of a file",
                        "ordering": ["attendance_import", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("attendance_import", "position"),
                                name="attendance_row_once_per_position",
                                violation_error_message="This line of the file was read already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("left_at__isnull", True), ("joined_at__isnull", False), _connector="OR"
                                ),
                                name="attendance_row_joined_before_it_left",
                                violation_error_message="Whoever left has joined.",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
