"""The questions that the bank begins with: Kirkpatrick's first two levels, self-rated knowledge, net promoter."""

import json
from pathlib import Path

from django.db import migrations
from django.utils import timezone

DATA = Path(__file__).parent.parent / "data" / "bank.json"


def entries():
    """The questions with their texts by language."""
    return json.loads(DATA.read_text(encoding="utf-8"))


def versions(texts):
    """Versions of a label in the languages other than English."""
    return {language: {"label": text} for language, text in texts.items() if language != "en"}


def fill(apps, schema_editor):
    """Add the questions whose keys are not there yet."""
    BankQuestion = apps.get_model("surveys", "BankQuestion")
    for entry in entries():
        BankQuestion.objects.get_or_create(
            key=entry["key"],
            defaults={
                "kind": entry["kind"],
                "label": entry["label"]["en"],
                "language": "en",
                "translations": versions(entry["label"]),
                "parameters": entry["parameters"],
                "choices": [
                    {
                        "value": choice["value"],
                        "label": choice["label"]["en"],
                        "translations": versions(choice["label"]),
                        "is_exclusive": False,
                        "is_other": False,
                    }
                    for choice in entry["choices"]
                ],
                "created_at": timezone.now(),
            },
        )


def empty(apps, schema_editor):
    """Take those away that no survey asks."""
    keys = [entry["key"] for entry in entries()]
    apps.get_model("surveys", "BankQuestion").objects.filter(key__in=keys, uses__isnull=True).delete()


class Migration(migrations.Migration):
    replaces = [("surveys", "0011_start_bank")]

    dependencies = [("surveys", "0001_initial")]

    operations = [migrations.RunPython(fill, empty)]
