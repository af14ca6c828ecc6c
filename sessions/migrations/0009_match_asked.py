from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("training_sessions", "0008_presence_events"),
    ]

    operations = [
        migrations.AlterField(
            model_name="attendanceevent",
            name="kind",
            field=models.CharField(
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
                    ("match_asked", "asked to match again"),
                    ("matched_again", "matched again"),
                    ("entered", "entered by hand"),
                    ("cleared", "took an entry by hand back"),
                    ("corrected", "granted a correction"),
                    ("declined", "declined a correction"),
                    ("desk_opened", "check-in opened"),
                    ("desk_closed", "check-in closed"),
                    ("recounted", "counted again"),
                ],
                max_length=14,
                verbose_name="what",
            ),
        ),
    ]
