"""Two people at one form: a form of two texts, over what is stored."""

import pytest
from django import forms

from registrations.forms_at_once import AtOnce

BEFORE = {"title": "One", "days": 30}


class SomeForm(AtOnce, forms.Form):
    title = forms.CharField(required=False)
    days = forms.IntegerField(required=False)


def sent(stored, opened, **typed):
    return SomeForm({"opened": opened, "title": "One", "days": "30", **typed}, initial=stored)


@pytest.mark.parametrize(
    "stored, typed, kept",
    [
        (BEFORE, {"title": "Mine"}, {"title": "Mine", "days": 30}),
        ({"title": "Theirs", "days": None}, {}, {"title": "Theirs", "days": None}),
        ({"title": "One", "days": 7}, {"title": "Mine"}, {"title": "Mine", "days": 7}),
        ({"title": "Same", "days": 30}, {"title": "Same"}, {"title": "Same", "days": 30}),
    ],
)
def test_what_only_somebody_else_changed_stays(stored, typed, kept):
    form = sent(stored, SomeForm(initial=BEFORE).opened, **typed)
    assert (form.is_valid(), form.cleaned_data) == (True, kept)


def test_a_clash_is_shown_and_decided_by_the_next_time():
    stored = {"title": "Theirs", "days": 7}
    first = sent(stored, SomeForm(initial=BEFORE).opened, title="Mine")
    assert (first.is_valid(), list(first.errors)) == (False, ["title"])
    assert "“Theirs”" in str(first.errors["title"])
    second = sent(stored, first.opened, title="Mine")
    assert (second.is_valid(), second.cleaned_data) == (True, {"title": "Mine", "days": 7})
    third = sent({"title": "Again", "days": 7}, first.opened, title="Mine")
    assert not third.is_valid()
