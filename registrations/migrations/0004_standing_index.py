from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("registrations", "0017_standing_index")]

    dependencies = [
        ("registrations", "0003_search"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                fields=["programme", "withdrawn_at", "seated_at", "confirmed_at"], name="registration_by_standing"
            ),
        ),
    ]
