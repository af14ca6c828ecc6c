"""Rules that are tried out before they are adopted."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import certificates.models.rules


class Migration(migrations.Migration):
    dependencies = [
        ("registrations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("certificates", "0002_rule_as_data"),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        validators=[certificates.models.rules.validate_requirements], verbose_name="requirements"
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created")),
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
            ],
            options={
                "verbose_name": "draft of a completion rule",
                "verbose_name_plural": "drafts of completion rules",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="ruledraft",
            constraint=models.CheckConstraint(
                condition=models.Q(("share_required__gte", 1), ("share_required__lte", 100)),
                name="rule_draft_share_is_a_percentage",
                violation_error_message="The share must be between 1 and 100 percent.",
            ),
        ),
    ]
