import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registrations", "0002_privacy_text_one"),
        ("registrations", "__first__"),
        ("training_sessions", "0002_margin"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="attendanceimport",
            name="attendance_import_once_per_file",
        ),
        migrations.RemoveConstraint(
            model_name="attendancerow",
            name="attendance_row_once_per_line",
        ),
        migrations.RemoveConstraint(
            model_name="attendancerow",
            name="attendance_row_match_has_a_reason",
        ),
        migrations.RemoveConstraint(
            model_name="attendancerow",
            name="attendance_row_excluded_or_matched",
        ),
        migrations.RemoveConstraint(
            model_name="attendancerow",
            name="attendance_row_assigned_by_hand_at_a_time",
        ),
        migrations.CreateModel(
            name="AttendanceEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                            ("matched_again", "matched again"),
                            ("entered", "entered by hand"),
                            ("cleared", "took an entry by hand back"),
                            ("corrected", "granted a correction"),
                            ("recounted", "counted again"),
                        ],
                        max_length=14,
                        verbose_name="what",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                ("details", models.JSONField(blank=True, default=dict, verbose_name="details")),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="AttendanceIdentity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=300, verbose_name="name in the file")),
                ("email", models.CharField(blank=True, max_length=254, verbose_name="e-mail in the file")),
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
            ],
            options={
                "verbose_name": "identity in files",
                "verbose_name_plural": "identities in files",
                "ordering": ["name", "email", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ColumnMapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shape", models.CharField(max_length=64, verbose_name="shape")),
                ("mapping", models.JSONField(verbose_name="columns")),
                ("said_at", models.DateTimeField(verbose_name="said")),
            ],
            options={
                "verbose_name": "column mapping",
                "verbose_name_plural": "column mappings",
                "ordering": ["programme", "-said_at"],
            },
        ),
        migrations.AlterModelOptions(
            name="attendancerow",
            options={
                "ordering": ["attendance_import", "position"],
                "verbose_name": "line of a file",
                "verbose_name_plural": "lines of a file",
            },
        ),
        migrations.AddField(
            model_name="attendanceimport",
            name="approved_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="applying was asked for"),
        ),
        migrations.AddField(
            model_name="attendanceimport",
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
            model_name="attendanceimport",
            name="asks",
            field=models.CharField(
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
        migrations.AddField(
            model_name="attendanceimport",
            name="counted_to",
            field=models.JSONField(
                blank=True,
                help_text="[session, registration], where a next worker goes on.",
                null=True,
                verbose_name="last one counted",
            ),
        ),
        migrations.AddField(
            model_name="attendanceimport",
            name="shape",
            field=models.CharField(blank=True, max_length=64, verbose_name="shape of its table"),
        ),
        migrations.AddField(
            model_name="attendanceimport",
            name="is_mapping_answered",
            field=models.BooleanField(default=False, verbose_name="a person said what its columns are"),
        ),
        migrations.AddField(
            model_name="attendanceimport",
            name="mapping",
            field=models.JSONField(blank=True, null=True, verbose_name="its columns"),
        ),
        migrations.AddField(
            model_name="attendanceimport",
            name="notes",
            field=models.JSONField(blank=True, default=list, verbose_name="what to know about it"),
        ),
        migrations.AddField(
            model_name="attendanceimport",
            name="order",
            field=models.CharField(blank=True, max_length=3, verbose_name="order of its dates, said by a person"),
        ),
        migrations.AddField(
            model_name="attendanceimport",
            name="people_done",
            field=models.PositiveIntegerField(default=0, verbose_name="people counted"),
        ),
        migrations.AddField(
            model_name="attendanceimport",
            name="people_total",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="people to count"),
        ),
        migrations.AddField(
            model_name="attendanceimport",
            name="platform",
            field=models.CharField(blank=True, max_length=20, verbose_name="platform"),
        ),
        migrations.AddField(
            model_name="attendanceimport",
            name="programme",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="imports",
                to="registrations.programme",
                verbose_name="programme",
            ),
        ),
        migrations.AddField(
            model_name="attendanceimport",
            name="read_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="read"),
        ),
        migrations.AddField(
            model_name="attendanceimport",
            name="taken_back_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="counted again after it was undone"),
        ),
        migrations.AddField(
            model_name="attendanceimport",
            name="undone_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="undone"),
        ),
        migrations.AddField(
            model_name="attendanceimport",
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
            model_name="attendanceimport",
            name="variant",
            field=models.CharField(blank=True, max_length=40, verbose_name="layout"),
        ),
        migrations.AddField(
            model_name="attendancerow",
            name="is_open",
            field=models.BooleanField(default=False, verbose_name="without a moment of leaving"),
        ),
        migrations.AddField(
            model_name="attendancerow",
            name="meeting",
            field=models.CharField(blank=True, max_length=300, verbose_name="meeting, as the file calls it"),
        ),
        migrations.AddField(
            model_name="attendancerow",
            name="position",
            field=models.PositiveIntegerField(null=True, verbose_name="place among the import’s rows"),
        ),
        migrations.AddField(
            model_name="attendancerow",
            name="role",
            field=models.CharField(
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
        migrations.AddField(
            model_name="attendancerow",
            name="seconds",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="seconds that the file states"),
        ),
        migrations.AddField(
            model_name="attendancerow",
            name="session",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attendance_rows",
                to="training_sessions.trainingsession",
                verbose_name="session",
            ),
        ),
        migrations.AddField(
            model_name="handentry",
            name="source",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="attendance",
            name="source",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="attendanceimport",
            name="rows_done",
            field=models.PositiveIntegerField(default=0, verbose_name="rows read"),
        ),
        migrations.AlterField(
            model_name="attendanceimport",
            name="session",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty: the times in the file say which sessions it is about.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="imports",
                to="training_sessions.trainingsession",
                verbose_name="session",
            ),
        ),
        migrations.AlterField(
            model_name="attendancerow",
            name="excluded_because",
            field=models.CharField(
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
        migrations.AddField(
            model_name="attendanceevent",
            name="attendance_import",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="events",
                to="training_sessions.attendanceimport",
                verbose_name="file",
            ),
        ),
        migrations.AddField(
            model_name="attendanceevent",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who",
            ),
        ),
        migrations.AddField(
            model_name="attendanceevent",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attendance_events",
                to="registrations.programme",
                verbose_name="programme",
            ),
        ),
        migrations.AddField(
            model_name="attendanceevent",
            name="registration",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="registrations.registration",
                verbose_name="registration",
            ),
        ),
        migrations.AddField(
            model_name="attendanceevent",
            name="session",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="training_sessions.trainingsession",
                verbose_name="session",
            ),
        ),
        migrations.AddField(
            model_name="attendanceidentity",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="attendanceidentity",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="identities",
                to="registrations.programme",
                verbose_name="programme",
            ),
        ),
        migrations.AddField(
            model_name="attendanceidentity",
            name="registration",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="identities",
                to="registrations.registration",
                verbose_name="registration",
            ),
        ),
        migrations.AddField(
            model_name="attendanceidentity",
            name="session",
            field=models.ForeignKey(
                blank=True,
                help_text="Where the decision holds; empty: in all sessions of the programme.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="identities",
                to="training_sessions.trainingsession",
                verbose_name="session",
            ),
        ),
        migrations.AddField(
            model_name="attendanceevent",
            name="identity",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="events",
                to="training_sessions.attendanceidentity",
                verbose_name="identity in files",
            ),
        ),
        migrations.AddField(
            model_name="attendancerow",
            name="identity",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rows",
                to="training_sessions.attendanceidentity",
                verbose_name="identity",
            ),
        ),
        migrations.AddField(
            model_name="columnmapping",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="column_mappings",
                to="registrations.programme",
                verbose_name="programme",
            ),
        ),
        migrations.AddField(
            model_name="columnmapping",
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
        migrations.AddIndex(
            model_name="attendanceidentity",
            index=models.Index(
                condition=models.Q(("decided_at__isnull", True), ("registration__isnull", True)),
                fields=["programme"],
                name="identity_unknown",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendanceidentity",
            constraint=models.UniqueConstraint(
                condition=models.Q(("session__isnull", True)),
                fields=("programme", "name", "email"),
                name="identity_once_per_programme",
                violation_error_message="This name and address are known in the programme already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendanceidentity",
            constraint=models.UniqueConstraint(
                fields=("session", "name", "email"),
                name="identity_once_per_session",
                violation_error_message="This name and address are known in the session already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendanceidentity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("registration__isnull", True), ("decision", "auto"), ("decided_at__isnull", False), _connector="OR"
                ),
                name="identity_counts_if_certain_or_decided",
                violation_error_message="Only what is certain, or what a person decided, counts for somebody.",
            ),
        ),
        migrations.AddIndex(
            model_name="attendanceevent",
            index=models.Index(fields=["programme", "-at"], name="attendance_event_by_moment"),
        ),
        migrations.AddConstraint(
            model_name="columnmapping",
            constraint=models.UniqueConstraint(
                fields=("programme", "shape"),
                name="column_mapping_once_per_shape",
                violation_error_message="The columns of such files are known already.",
            ),
        ),
    ]
