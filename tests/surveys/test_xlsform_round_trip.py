from hypothesis import HealthCheck, given, settings

from surveys.xlsform import Form, FormChoice, FormQuestion, read_form, written
from surveys.xlsform.checking import complaint
from tests.surveys_forms import ZONE, forms

SLOW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@SLOW
@given(forms())
def test_a_form_that_is_written_is_read_as_the_same_and_taken_by_pyxform(form):
    reading = read_form(written(form), zone=ZONE)

    assert (reading.problems, reading.notes) == ((), ())
    assert reading.form == form
    assert complaint(form) == ""


def form_with(*questions):
    return Form("f", "F", "en", questions)


def test_a_check_for_options_that_stand_alone_is_written_for_odk_and_taken_off_again():
    choices = (FormChoice("a", "A"), FormChoice("none", "None of these", is_exclusive=True))
    plain = FormQuestion("q", "select_multiple", "Which?", choices=choices)
    checked = FormQuestion("q", "select_multiple", "Which?", choices=choices, constraint="count-selected(.) < 3")

    for question in (plain, checked):
        assert read_form(written(form_with(question)), zone=ZONE).form.questions == (question,)
