import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("training_sessions", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="trainingsession",
            name="margin_minutes",
            field=models.PositiveSmallIntegerField(
                default=10,
                help_text="Presence so long before the start and after the end counts, too. Nobody gets more minutes than the session has.",
                validators=[django.core.validators.MaxValueValidator(180)],
                verbose_name="margin in minutes",
            ),
        ),
    ]
