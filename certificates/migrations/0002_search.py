from django.db import migrations

from registrations.trigrams import gone, made


class Migration(migrations.Migration):
    replaces = [("certificates", "0013_search")]

    dependencies = [("certificates", "0001_initial")]

    operations = [
        migrations.RunPython(
            made("certificate_search", "certificates_certificate", ["serial", "printed_name", "code"]),
            gone("certificate_search"),
        ),
    ]
