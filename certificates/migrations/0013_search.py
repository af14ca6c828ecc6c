from django.db import migrations

from registrations.trigrams import gone, made


class Migration(migrations.Migration):
    dependencies = [("certificates", "0012_lists")]

    operations = [
        migrations.RunPython(
            made("certificate_search", "certificates_certificate", ["serial", "printed_name", "code"]),
            gone("certificate_search"),
        ),
    ]
