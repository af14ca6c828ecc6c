from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0006_credential"),
    ]

    operations = [
        migrations.AddField(
            model_name="certificate",
            name="hidden_at",
            field=models.DateTimeField(
                blank=True,
                help_text="Set where the owner keeps the certificate private: its page looks like that of an unknown code.",
                null=True,
                verbose_name="public page hidden",
            ),
        ),
    ]
