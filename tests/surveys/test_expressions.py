import datetime as dt
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.expressions import (
    ExpressionError,
    Fault,
    cycle_in,
    evaluate,
    first_reference_forward,
    is_true,
    order_of,
    parse,
)
from surveys.expressions.syntax import Call, Current, Literal, Name, Operation

TODAY = dt.date(2026, 11, 22)


def value(text, current=None, **answers):
    return evaluate(parse(text), answers, current, today=TODAY)


def truth(text, current=None, **answers):
    return is_true(parse(text), answers, current, today=TODAY)


def test_parse_gives_names_and_the_tree():
    expression = parse("${age} >= 18 and selected(${topics}, 'trade')")

    assert expression.names == {"age", "topics"}
    assert expression.uses_current is False
    assert parse(". > 1").root == Operation(">", Current(), Literal(Decimal(1)))
    assert parse('selected(${ a }, "x")').root == Call("selected", (Name("a"), Literal("x")))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("1 + 2 * 3", Decimal(7)),
        ("(1 + 2) * 3", Decimal(9)),
        ("10 - 3 - 2", Decimal(5)),
        ("10-3", Decimal(7)),
        ("7 div 2", Decimal("3.5")),
        ("-7 mod 3", Decimal(-1)),
        ("0.1 + 0.2 = 0.3", True),
        ("--5", Decimal(5)),
        ("1 < 2 = true()", True),
        ("1 = 1 or 1 div 0 = 2 and false()", True),
        ("'a' = 'a' and not('a' = 'b')", True),
        ("round(2.5)", Decimal(3)),
        ("round(-2.5)", Decimal(-2)),
        ("round(3.14159, 2)", Decimal("3.14")),
        ("int(-7.9)", Decimal(-7)),
        ("int('x') = int('x')", False),
        ("number('12.50')", Decimal("12.50")),
        ("floor(-1.5)", Decimal(-2)),
        ("ceiling(1.2)", Decimal(2)),
        ("abs(-3)", Decimal(3)),
        ("min(3, 1, '')", Decimal(1)),
        ("max(3, '12')", Decimal(12)),
        ("sum(1, '', 2)", Decimal(3)),
        ("if(1 > 2, 'a', 'b')", "b"),
        ("coalesce('', 'x', 'y')", "x"),
        ("coalesce('', '')", ""),
        ("string-length('été')", Decimal(3)),
        ("concat('a', 1.50, true())", "a1.5true"),
        ("selected('a b c', 'b')", True),
        ("selected('ab', 'a')", False),
        ("count-selected(' a  b ')", Decimal(2)),
        ("selected-at('a b c', 1)", "b"),
        ("selected-at('a', 7)", ""),
        ("regex('AB123', '[A-Z]{2}[0-9]+')", True),
        ("regex('xAB123', '[A-Z]{2}[0-9]+')", False),
        ("today()", TODAY),
        ("today() - 1 < today()", True),
        ("date('2026-11-22') = today()", True),
        ("date('2026-02-30')", ""),
        ("string(today())", "2026-11-22"),
        ("number('2026-11-22') - number('2026-11-01')", Decimal(21)),
        ("contains('abc', 'b') and starts-with('abc', 'a') and ends-with('abc', 'c')", True),
        ("normalize-space('  a   b ')", "a b"),
        ("boolean('false')", True),
    ],
)
def test_evaluate_computes(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("${a} = ''", True),
        ("${a} != ''", False),
        ("${a} = 0", False),  # '' is no number, and no number equals nothing
        ("${a} != 0", True),
        ("${a} > 0", False),
        ("${a} < 1", False),
        ("${a} <= 0 or ${a} >= 0", False),
        ("not(${a} > 0)", True),
        ("${a} + 1 = 1", False),
        ("${a}", False),
        ("not(${a})", True),
        ("string-length(${a}) = 0", True),
        ("count-selected(${a}) = 0", True),
        ("selected(${a}, '')", False),
        ("coalesce(${a}, 5) = 5", True),
        ("int(${a}) = 0", False),
    ],
)
@pytest.mark.parametrize("answers", [{}, {"a": ""}, {"a": None}])
def test_an_empty_answer_is_an_empty_text_and_no_number(text, expected, answers):
    assert truth(text, **answers) is expected


def test_answers_are_compared_as_numbers_where_one_side_is_a_number():
    assert truth("${a} > 9", a="10")
    assert truth("${a} = 10", a="10.0")
    assert truth("${a} < ${b}", a="9", b="10")
    assert not truth("${a} = ${b}", a="10", b="10.0")
    assert truth("${born} < today()", born="1990-01-31")
    assert truth("${born} > '1990-01-01'", born="1990-01-31")
    assert not truth("${a} > 9", a="many")


def test_the_dot_is_the_answer_in_question():
    assert truth(". >= 0 and . <= 100", "55")
    assert not truth(". >= 0 and . <= 100", "101")
    assert not truth("not(selected(., 'none') and count-selected(.) > 1)", "none cases")
    assert truth("not(selected(., 'none') and count-selected(.) > 1)", "none")


@pytest.mark.parametrize(
    "text, fault, position",
    [
        ("", Fault.EMPTY, 1),
        ("  ", Fault.EMPTY, 1),
        ("1" * 2001, Fault.TOO_LONG, 1),
        ("(" * 41 + "1" + ")" * 41, Fault.TOO_DEEP, 42),
        ("-" * 50 + "1", Fault.TOO_DEEP, 42),
        ("1" + " + 1" * 60, Fault.TOO_DEEP, 163),
        ("${a} = 1 ; 2", Fault.CHARACTER, 10),
        ("${a} = ‘yes’", Fault.CURLY_QUOTES, 8),
        ("${a} = 'yes", Fault.OPEN_TEXT, 8),
        ("${a = 1", Fault.OPEN_NAME, 1),
        ("${a b} = 1", Fault.OPEN_NAME, 1),
        ("/data/a = 1", Fault.PATH, 1),
        ("../a = 1", Fault.PATH, 1),
        ("${a}[1]", Fault.PATH, 5),
        ("${a} =", Fault.ENDS_EARLY, 7),
        ("(${a}", Fault.ENDS_EARLY, 6),
        ("${a} ${b}", Fault.EXPECTED, 6),
        ("${a} = 1)", Fault.EXPECTED, 9),
        ("selected(${a} 'x')", Fault.EXPECTED, 15),
        ("min(1,)", Fault.EXPECTED, 7),
        ("${a} = yes", Fault.BARE_WORD, 8),
        ("${a} and", Fault.ENDS_EARLY, 9),
        ("pulldata('a', 'b')", Fault.UNKNOWN_FUNCTION, 1),
        ("jr:choice-name(${a}, '${a}')", Fault.CHOICE_NAME, 1),
        ("not()", Fault.ARGUMENTS, 1),
        ("if(1, 2)", Fault.ARGUMENTS, 1),
        ("regex(${a}, ${b})", Fault.PATTERN_NOT_FIXED, 1),
        ("regex(${a}, '[')", Fault.PATTERN, 1),
        ("regex(${a}, '(?=x)x')", Fault.PATTERN, 1),
        (f"regex(${{a}}, '{'a' * 301}')", Fault.PATTERN, 1),
    ],
)
def test_parse_says_what_is_wrong_and_where(text, fault, position):
    with pytest.raises(ExpressionError) as refusal:
        parse(text)

    assert (refusal.value.fault, refusal.value.position) == (fault, position)
    assert "%" not in str(refusal.value)


def test_a_refusal_is_a_sentence():
    with pytest.raises(ExpressionError) as refusal:
        parse("${a} = yes")

    assert str(refusal.value) == "At character 8: write “yes” as 'yes' if it is a text, as ${yes} if it is a question."


def test_many_alternatives_are_no_depth():
    text = " or ".join(f"selected(${{topics}}, 'v{number}')" for number in range(60))

    assert truth(text, topics="v59")


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b", "(.*)*(.*)*(.*)*x", "((a?){50})a{50}"])
def test_no_pattern_hangs(pattern):
    begun = time.process_time()

    assert not truth(f"regex(., '{pattern}')", "a" * 5000 + "!")

    assert time.process_time() - begun < 1


def test_a_circle_of_conditions_is_found_by_name():
    conditions = {name: parse(text) for name, text in {"a": "${b} = 1", "b": "${c} = 1", "c": "${b} = 2"}.items()}

    assert cycle_in(conditions) == ("b", "c")
    assert cycle_in({"a": parse("${a} = 1")}) == ("a",)
    assert cycle_in({"a": parse("${b} = 1"), "c": parse("${a} = 1 and ${b} = 1")}) is None
    assert cycle_in({f"q{n}": parse(f"${{q{n + 1}}} = 1") for n in range(2_000)}) is None


def test_questions_are_put_in_an_order_in_which_they_can_be_decided():
    assert order_of({"a": ["c"], "b": [], "c": ["b", "elsewhere"]}) == ("b", "c", "a")
    with pytest.raises(ValueError, match="a, b"):
        order_of({"a": ["b"], "b": ["a"]})


def test_a_reference_forward_is_found():
    conditions = {"b": parse("${c} = 1 or ${a} = 1")}

    assert first_reference_forward(["a", "b", "c"], conditions) == ("b", "c")
    assert first_reference_forward(["a", "c", "b"], conditions) is None


TEXTS = st.text(alphabet="ab${}'\"().,<>=!+-*/ 019ordivmodantselected:…é", max_size=60)


@given(TEXTS, st.text(max_size=10))
def test_any_text_is_refused_or_evaluated(text, answer):
    try:
        expression = parse(text)
    except ExpressionError:
        return
    evaluate(expression, {"a": answer}, answer, today=TODAY)


NUMBERS = st.integers(-1000, 1000)


def trees(inner):
    return st.tuples(st.sampled_from(["+", "-", "*", "<", "<=", ">", ">=", "=", "!="]), inner, inner)


@given(st.recursive(NUMBERS, trees, max_leaves=15))
def test_whole_numbers_are_computed_as_python_computes_them(tree):
    def written(node):
        return str(node) if isinstance(node, int) else f"({written(node[1])}) {node[0]} ({written(node[2])})"

    def computed(node):
        if isinstance(node, int):
            return node
        left, right = computed(node[1]), computed(node[2])
        if node[0] in ("=", "!=") and isinstance(left, bool) != isinstance(right, bool):
            left, right = bool(left), bool(right)
        return {
            "+": left + right,
            "-": left - right,
            "*": left * right,
            "<": left < right,
            "<=": left <= right,
            ">": left > right,
            ">=": left >= right,
            "=": left == right,
            "!=": left != right,
        }[node[0]]

    assert value(written(tree)) == computed(tree)


def test_huge_numbers_are_written_out():
    assert len(value("string(number(${a}) * number(${a}))", a="9" * 300)) == 601
    assert value("string(0 - 0)") == "0"
    assert value("string(-0)") == "0"
    assert value("string(1 div 0)") == "Infinity"
    assert value("string(0 div 0)") == "NaN"
    assert value("round(number(${a}))", a="9" * 300) > 0
