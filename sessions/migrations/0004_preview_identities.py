from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("training_sessions", "0003_previews"),
    ]

    operations = [
        migrations.AddField(
            model_name="importpreview",
            name="last_identity",
            field=models.PositiveBigIntegerField(default=0, verbose_name="identity in files"),
        ),
    ]
