import importlib

import pytest

from certificates.requirements import as_json, from_json, simple

rule_as_data = importlib.import_module("certificates.migrations.0002_rule_as_data")


@pytest.mark.parametrize("columns", [(4, True), (0, True), (3, False), (0, False)])
def test_rules_in_columns_become_trees_and_columns_again(columns):
    tree = rule_as_data.tree_of(*columns)
    sessions, survey = columns
    assert from_json(tree) == simple(sessions_required=sessions, is_survey_required=survey)
    assert as_json(from_json(tree)) == tree
    assert rule_as_data.columns_of(tree) == columns


@pytest.mark.parametrize(
    "members",
    [
        [{"kind": "minutes", "at_least": 9}],
        [{"kind": "sessions", "at_least": 2}, {"kind": "sessions", "at_least": 3}],
        [{"kind": "survey", "survey": 7}],
        [{"kind": "group", "mode": "any", "members": [{"kind": "sessions", "at_least": 2}]}],
    ],
)
def test_a_tree_that_the_columns_cannot_hold_does_not_become_another_rule(members):
    assert rule_as_data.columns_of({"kind": "group", "mode": "all", "members": members}) is None


def test_any_of_two_is_not_both():
    tree = {**rule_as_data.tree_of(2, True), "mode": "any"}
    assert rule_as_data.columns_of(tree) is None
