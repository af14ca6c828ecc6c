import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registrations", "0002_privacy_text_one"),
        ("training_sessions", "0006_check_in"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CorrectionRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sentence", models.CharField(max_length=500, verbose_name="what is wrong")),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="request withdrawn")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
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
                        condition=models.Q(("minutes__isnull", True), ("answered_at__isnull", False), _connector="OR"),
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
    ]
