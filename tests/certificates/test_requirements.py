import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.requirements import (
    DEEPEST,
    AssignmentAccepted,
    Group,
    Malformed,
    Minutes,
    Mode,
    OrganisersYes,
    Sessions,
    SurveyAnswered,
    TheseSessions,
    as_json,
    depth,
    from_json,
    simple,
)

KEYS = st.integers(1, 9)
LEAVES = st.one_of(
    st.builds(Sessions, st.integers(1, 5)),
    st.builds(Minutes, st.integers(1, 600)),
    st.builds(lambda keys: TheseSessions(tuple(sorted(keys))), st.sets(KEYS, min_size=1, max_size=3)),
    st.builds(SurveyAnswered, st.none() | KEYS),
    st.builds(AssignmentAccepted, KEYS),
)


def groups(members):
    listed = st.lists(members, min_size=1, max_size=4).map(tuple)
    return listed.flatmap(
        lambda each: st.one_of(
            st.just(Group(Mode.ALL, each)),
            st.just(Group(Mode.ANY, each)),
            st.builds(lambda count: Group(Mode.AT_LEAST, each, count), st.integers(1, len(each))),
        )
    )


TREES = groups(LEAVES | groups(LEAVES))


@given(TREES)
def test_a_tree_is_read_back_as_it_was_written(root):
    assert from_json(json.loads(json.dumps(as_json(root)))) == root


def test_a_yes_is_read_back_with_its_words():
    root = Group(Mode.ALL, (OrganisersYes("took part in the group work"),))
    assert from_json(as_json(root)) == root


def nested(levels):
    inner = {"kind": "sessions", "at_least": 1}
    for _level in range(levels):
        inner = {"kind": "group", "mode": "all", "members": [inner]}
    return inner


def whole(*members, **group):
    return {"kind": "group", "mode": "all", "members": list(members), **group}


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"kind": "sessions", "at_least": 4},
        {"kind": "group", "mode": "some", "members": []},
        {"kind": "group", "mode": "all"},
        whole({"kind": "magic"}),
        whole({"kind": "sessions"}),
        whole({"kind": "sessions", "at_least": 0}),
        whole({"kind": "sessions", "at_least": True}),
        whole({"kind": "sessions", "at_least": "4"}),
        whole({"kind": "sessions", "at_least": 1001}),
        whole({"kind": "minutes", "at_least": -1}),
        whole({"kind": "these_sessions", "sessions": []}),
        whole({"kind": "these_sessions", "sessions": [True]}),
        whole({"kind": "survey", "survey": "x"}),
        whole({"kind": "assignment", "assignment": None}),
        whole({"kind": "yes", "about": "x" * 201}),
        whole({"kind": "yes"}, {"kind": "yes"}),
        whole({"kind": "group", "mode": "any", "members": []}),
        whole({"kind": "survey", "survey": None}, mode="at_least", count=2),
        whole({"kind": "survey", "survey": None}, mode="at_least"),
        whole(*[{"kind": "survey", "survey": None}] * 40),
        nested(DEEPEST + 1),
    ],
)
def test_what_is_no_rule_is_refused(data):
    with pytest.raises(Malformed):
        from_json(data)


def test_groups_nest_three_deep():
    assert depth(from_json(nested(DEEPEST))) == DEEPEST == 3


def test_the_commonest_rule_has_sessions_and_perhaps_the_survey():
    assert simple(sessions_required=4, is_survey_required=True) == Group(Mode.ALL, (Sessions(4), SurveyAnswered()))
    assert simple(sessions_required=0, is_survey_required=False) == Group(Mode.ALL, ())
