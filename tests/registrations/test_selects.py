from registrations.selects import QuickSelect


def options(value, choices):
    return QuickSelect(choices=choices).render("zone", value)


def test_the_option_that_was_chosen_is_selected_and_no_other():
    choices = [("", "any"), ("a&b", 'A & "B"'), ("c", "C")]
    drawn = {
        value: f'<select name="zone"><option value=""{empty}>any</option>\n'
        f'<option value="a&amp;b"{first}>A &amp; &quot;B&quot;</option>\n<option value="c"{second}>C</option></select>'
        for value, empty, first, second in (
            (None, " selected", "", ""),
            ("a&b", "", " selected", ""),
            ("c", "", "", " selected"),
            ('"><script>', "", "", ""),
        )
    }
    assert {value: options(value, choices) for value in drawn} == drawn
