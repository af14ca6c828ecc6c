from django.db import migrations

CHUNK = 1000


def gather(apps, schema_editor):
    """Put each response's answers into it, with what its author was, and mark who has answered."""
    Response = apps.get_model("surveys", "Response")
    Answer = apps.get_model("surveys", "Answer")
    AnsweredMark = apps.get_model("surveys", "AnsweredMark")
    copied = ["gender", "sector", "country", "city"]
    keys = list(Response.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        responses = Response.objects.select_related("registration").in_bulk(keys[start : start + CHUNK])
        answers = (
            Answer.objects.filter(response__in=responses).select_related("question").order_by("question__position")
        )
        for answer in answers:
            responses[answer.response_id].answers[answer.question.name] = answer.value
        for response in responses.values():
            for name in copied:
                setattr(response, name, str(getattr(response.registration, name)))
        Response.objects.bulk_update(responses.values(), ["answers", *copied])
        AnsweredMark.objects.bulk_create(
            [AnsweredMark(survey_id=r.survey_id, registration_id=r.registration_id) for r in responses.values()],
            ignore_conflicts=True,
        )


def scatter(apps, schema_editor):
    """Write a row for each answer again."""
    Response = apps.get_model("surveys", "Response")
    Question = apps.get_model("surveys", "Question")
    Answer = apps.get_model("surveys", "Answer")
    questions = {(q.survey_id, q.name): q.pk for q in Question.objects.all()}
    for response in Response.objects.iterator(CHUNK):
        Answer.objects.bulk_create(
            Answer(response_id=response.pk, question_id=questions[response.survey_id, name], value=value)
            for name, value in response.answers.items()
            if (response.survey_id, name) in questions
        )


class Migration(migrations.Migration):
    dependencies = [("surveys", "0002_forms")]

    operations = [migrations.RunPython(gather, scatter)]
