import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sessions.models.check_in


class Migration(migrations.Migration):
    dependencies = [
        ("registrations", "0002_privacy_text_one"),
        ("training_sessions", "0005_ledger_constraints"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        help_text="When the code was typed or scanned: minutes count from here.", verbose_name="came"
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
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
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_ins",
                        to="training_sessions.trainingsession",
                        verbose_name="session",
                    ),
                ),
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
                            ("confirmed_at__isnull", True), ("confirmed_at__gte", models.F("came_at")), _connector="OR"
                        ),
                        name="check_in_confirmed_after_coming",
                        violation_error_message="A check-in cannot be confirmed before the code was given.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckInDesk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
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
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_in_desk",
                        to="training_sessions.trainingsession",
                        verbose_name="session",
                    ),
                ),
            ],
            options={
                "verbose_name": "check-in",
                "verbose_name_plural": "check-ins of sessions",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True), ("closed_at__gte", models.F("opened_at")), _connector="OR"
                        ),
                        name="check_in_desk_closes_after_opening",
                        violation_error_message="A check-in cannot be closed before it was opened.",
                    )
                ],
            },
        ),
    ]
