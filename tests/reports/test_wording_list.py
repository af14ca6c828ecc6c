"""The questionnaire as it was asked."""

import pytest

from reports.results import compute_results
from reports.wording_list import asked
from tests.surveys_factories import QuestionFactory, ResponseFactory, SurveyFactory

pytestmark = pytest.mark.django_db


def test_rating_is_told_by_its_own_scale():
    survey = SurveyFactory()
    QuestionFactory(survey=survey, name="overall")
    QuestionFactory(survey=survey, name="recommend", parameters={"start": 0, "end": 10, "step": 1})
    ResponseFactory(survey=survey, answers={"overall": "4", "recommend": "10"})

    told = asked(compute_results(survey.programme).surveys[0])

    assert [question.kind for question in told.questions] == ["rating 1 to 5", "rating 0 to 10"]
