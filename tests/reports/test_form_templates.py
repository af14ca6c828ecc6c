"""How forms are drawn: every help and error is tied to its field, and the summary leads to each."""

import re

from crispy_forms.utils import render_crispy_form
from django import forms


class Sheet(forms.Form):
    name = forms.CharField(help_text="As in your passport.")
    city = forms.CharField(required=False)
    colour = forms.ChoiceField(choices=[("r", "Red"), ("b", "Blue")], widget=forms.RadioSelect, help_text="One.")
    is_agreed = forms.BooleanField(label="I agree")


def drawn(data=None):
    """The form's HTML without the breaks between its lines."""
    return render_crispy_form(Sheet(data), context={}).replace("\n", "")


def tag_of(html, start):
    """The one tag that begins like `start`."""
    (found,) = re.findall(rf"<{start}[^>]*>", html)
    return found


def test_help_is_tied_to_its_field():
    html = drawn()
    assert 'aria-describedby="id_name_helptext"' in tag_of(html, 'input type="text" name="name"')
    assert '<p class="hint" id="id_name_helptext">As in your passport.</p>' in html


def test_errors_are_tied_to_their_field():
    html = drawn({"name": ""})
    tag = tag_of(html, 'input type="text" name="name"')
    assert 'aria-describedby="id_name_helptext id_name_error"' in tag
    assert 'aria-invalid="true"' in tag
    assert '<ul class="errorlist" id="id_name_error">' in html


def test_several_buttons_are_one_group_with_a_legend():
    html = drawn({})
    assert '<fieldset class="field field-error" aria-describedby="id_colour_helptext id_colour_error">' in html
    assert "<legend>Colour</legend>" in html


def test_optional_fields_say_so_and_required_ones_do_not():
    html = drawn()
    assert '<label for="id_city">City <span class="optional">(optional)</span></label>' in html
    assert '<label for="id_name">Name</label>' in html


def test_summary_leads_to_every_field_with_an_error():
    html = drawn({})
    targets = re.findall(r'<a href="#(id_\w+)">', html)
    assert targets == ["id_name", "id_colour_0", "id_is_agreed"]
    assert [html.count(f'id="{target}"') for target in targets] == [1, 1, 1]


def test_a_form_without_errors_has_no_summary():
    assert "error-summary" not in drawn()
