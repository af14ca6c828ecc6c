from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("surveys", "0003_answers_in_the_response")]

    operations = [migrations.DeleteModel(name="Answer")]
