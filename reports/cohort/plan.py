"""Who does what: a whole cohort decided before anybody goes through a door. Pure, and the same for the same seed."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reports.cohort.people import Person, home_countries, home_towns, make_person, spread
from reports.cohort.published import (
    Share,
    mean_sums,
    pick,
    printed_number,
    ratings_with_sum,
    shuffled,
    ticks,
    total_near,
)
from sessions.matching import Candidate, Decision, Identity, Roster, name_of

Answers = Mapping[str, str | list[str]]
Interval = tuple[int, int]
"""Seconds from the start of a session to joining and to leaving."""

VALID_SECTORS = ("government", "private", "un_igo", "ngo")
SECTOR_FIGURES = {sector: f"sector_{sector}" for sector in ("government", "private", "academia", "un_igo", "ngo")}
MULTIPLE = {"practical": "useful_practical", "conceptual": "useful_conceptual", "case_studies": "useful_case_studies"}
RATINGS = ("rating_overall", "rating_materials", "rating_platform", "rating_duration", "rating_translation")
SUGGESTIONS = (
    "More practical exercises, please.",
    "Case studies from countries like mine would help.",
    "A network to stay in touch with the other participants.",
    "The interpretation was good; the slides should come a day earlier.",
    "Please hold the sessions at a time that suits the Americas too.",
)


@dataclass
class Participant:
    """One made-up person and everything that this person will do."""

    person: Person
    presence: dict[int, list[Interval]] = field(default_factory=dict)
    """Connections by session number."""
    is_signed_in: bool = True
    """Whether the meeting platform reports the registered address."""
    answers: Answers | None = None


@dataclass
class Figures:
    """The printed figures of one programme, by id."""

    by_id: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, programme: Mapping[str, Any]) -> "Figures":
        """From one programme's entry in the figures file."""
        return cls({figure["id"]: figure for figure in programme["figures"]})

    def count(self, figure_id: str) -> int:
        """A printed count."""
        return int(printed_number(self.by_id[figure_id]["printed"]))

    def share(self, figure_id: str) -> Share:
        """A printed percentage."""
        figure = self.by_id[figure_id]
        return Share(printed_number(figure["printed"]), figure["precision"])

    def sums(self, figure_id: str, n: int) -> range:
        """The sums that lead to a printed mean."""
        figure = self.by_id[figure_id]
        return mean_sums(printed_number(figure["printed"]), figure["precision"], n)


def plan_course(figures: Figures, lengths: Sequence[int], rule: Mapping[str, Any], seed: int) -> list[Participant]:
    """The cohort of a course with attendance, certificates and a survey; `lengths` are its sessions' in seconds."""
    chance = random.Random(seed)  # noqa: S311 - reproducible on purpose
    shares = {sector: figures.share(figure_id) for sector, figure_id in SECTOR_FIGURES.items()}
    total, sectors = total_near(printed_number(figures.by_id["registrations"]["printed"]), shares, chance)
    genders = _genders(figures, total, chance)
    countries = home_countries(figures.count("countries") + chance.randint(1, 9), chance)
    people = _people(shuffled(sectors, chance), genders, spread(countries, total, chance), chance, cities=400)
    participants = [Participant(person) for person in people]
    _plan_attendance_and_responses(participants, figures, lengths, rule, chance)
    _mark_guests(participants, chance)
    return participants


def _genders(figures: Figures, total: int, chance: random.Random) -> list[str]:
    women = pick(figures.share("gender_female").counts(total), chance)
    men = pick([n for n in figures.share("gender_male").counts(total) if n <= total - women], chance)
    others = total - women - men
    another = chance.randint(0, others)
    return shuffled({"female": women, "male": men, "another": another, "undisclosed": others - another}, chance)


def _people(
    sectors: Sequence[str], genders: Sequence[str], countries: Sequence[str], chance: random.Random, *, cities: int
) -> list[Person]:
    towns = home_towns(countries, cities, chance)
    return [
        make_person(number, gender=gender, sector=sector, country=country, city=town, chance=chance)
        for number, (sector, gender, country, town) in enumerate(
            zip(sectors, genders, countries, towns, strict=True), start=1
        )
    ]


def _plan_attendance_and_responses(
    participants: list[Participant],
    figures: Figures,
    lengths: Sequence[int],
    rule: Mapping[str, Any],
    chance: random.Random,
) -> None:
    """Those certified attended enough and answered; some did only the one, some only the other, the rest neither."""
    certified, responses = figures.count("certificates"), figures.count("responses")
    silent = chance.randint(20, 60)
    drawn = chance.sample(participants, len(participants))
    diligent = {id(participant) for participant in drawn[: silent + certified]}
    for participant in drawn:
        participant.presence = _presence(lengths, rule, chance, is_enough=id(participant) in diligent)
    responders = drawn[silent : silent + responses]
    _plan_answers(responders, figures, chance)


def _presence(
    lengths: Sequence[int], rule: Mapping[str, Any], chance: random.Random, *, is_enough: bool
) -> dict[int, list[Interval]]:
    numbers = range(1, len(lengths) + 1)
    needed = rule["sessions_required"]
    full_count = chance.choice(range(needed, len(lengths) + 1)) if is_enough else chance.randint(0, needed - 1)
    full = set(chance.sample(numbers, full_count))
    presence = {}
    for number, length in zip(numbers, lengths, strict=True):
        if number in full:
            presence[number] = _long_stay(length, rule["share_required"], chance)
        elif chance.random() < 0.3:
            presence[number] = _short_stay(length, rule["share_required"], chance)
    return presence


def _long_stay(length: int, share_required: int, chance: random.Random) -> list[Interval]:
    """Connections that cover clearly more than the share required, some of them broken or doubled by a second device."""
    slack = length * (100 - share_required) // 100
    start = chance.randint(-600, slack // 3)
    end = length + chance.randint(-slack // 3, 300)
    kind = chance.random()
    if kind < 0.25:  # the line dropped once
        cut, gap = chance.randint(start + 600, end - 1200), chance.randint(5, slack // 6)
        return [(start, cut), (cut + gap, end)]
    if kind < 0.32:  # phone and computer at once
        middle = chance.randint(start + 600, end - 1200)
        return [(start, end), (middle, middle + 600)]
    return [(start, end)]


def _short_stay(length: int, share_required: int, chance: random.Random) -> list[Interval]:
    stay = chance.randint(60, length * (share_required - 10) // 100)
    start = chance.randint(0, length - stay)
    return [(start, start + stay)]


def _mark_guests(participants: Sequence[Participant], chance: random.Random) -> None:
    """Some join without signing in: the report has their name and no address. Only names that are certainly one person's."""
    seen = Counter(name_of(participant.person.printed_name).bare for participant in participants)
    people = [participant.person for participant in participants]
    roster = Roster(
        Candidate(key, person.email, (f"{person.given_name} {person.family_name}".strip(), person.printed_name))
        for key, person in enumerate(people)
    )
    matches = roster.match_all(Identity(person.printed_name, "") for person in people)
    for participant, person in zip(participants, people, strict=True):
        is_unique = seen[name_of(person.printed_name).bare] == 1
        is_guest = is_unique and " " in person.printed_name and chance.random() < 0.35
        is_certain = matches[Identity(person.printed_name, "")].decision is Decision.AUTO
        participant.is_signed_in = not (is_guest and is_certain)


def _plan_answers(responders: Sequence[Participant], figures: Figures, chance: random.Random) -> None:
    """Valid responses as many as printed: from the sectors of the base, complete. The others break one of the two."""
    valid_count = figures.count("valid_responses")
    within = [p for p in responders if p.person.sector in VALID_SECTORS]
    outside = [p for p in responders if p.person.sector not in VALID_SECTORS]
    valid, incomplete = within[:valid_count], within[valid_count:]
    for participant, answers in zip(valid, _valid_answers(figures, valid_count, chance), strict=True):
        participant.answers = answers
    for participant in outside:
        participant.answers = _any_answers(chance)
    for participant in incomplete:
        answers = dict(_any_answers(chance))
        for name in chance.sample(RATINGS, chance.randint(1, 3)):
            answers[name] = ""
        participant.answers = answers


def _valid_answers(figures: Figures, n: int, chance: random.Random) -> list[Answers]:
    understood = ticks(n, pick(figures.share("greater_understanding").counts(n), chance), chance)
    will_apply = ticks(n, pick(figures.share("will_apply").counts(n), chance), chance)
    ratings = {name: ratings_with_sum(n, pick(figures.sums(name, n), chance), chance) for name in RATINGS}
    useful = {
        option: ticks(n, pick(figures.share(figure_id).counts(n), chance), chance)
        for option, figure_id in MULTIPLE.items()
    }
    return [
        {
            "greater_understanding": "yes" if understood[index] else "no",
            "will_apply": "yes" if will_apply[index] else chance.choice(("maybe", "maybe", "no")),
            **{name: str(values[index]) for name, values in ratings.items()},
            "useful": [option for option, ticked in useful.items() if ticked[index]] or ["exchange"],
            **_free_answers(chance),
        }
        for index in range(n)
    ]


def _any_answers(chance: random.Random) -> Answers:
    return {
        "greater_understanding": chance.choice(("yes", "yes", "yes", "no")),
        "will_apply": chance.choice(("yes", "maybe", "no")),
        **{name: str(chance.choice((2, 3, 4, 4, 5, 5))) for name in RATINGS},
        "useful": chance.sample(list(MULTIPLE), chance.randint(1, 3)),
        **_free_answers(chance),
    }


def _free_answers(chance: random.Random) -> dict[str, str | list[str]]:
    priorities = ("digitalization", "ecommerce", "tourism", "agriculture", "trade", "small_business", "education")
    return {
        "priorities": chance.sample(priorities, chance.randint(1, 4)),
        "suggestions": chance.choice(SUGGESTIONS) if chance.random() < 0.25 else "",
    }


def plan_webinars(figures: Figures, seed: int) -> list[Participant]:
    """The cohort of a webinar series: those who answered its survey."""
    chance = random.Random(seed)  # noqa: S311 - reproducible on purpose
    total = figures.count("respondents")
    women = pick(figures.share("respondents_female").counts(total), chance)
    countries = spread(home_countries(figures.count("respondent_countries"), chance), total, chance)
    sectors = chance.choices(("private", "government", "academia", "ngo", "un_igo"), (5, 3, 2, 1, 1), k=total)
    cities = figures.count("respondent_cities") + chance.randint(5, 60)
    genders = shuffled({"female": women, "male": total - women}, chance)
    people = _people(sectors, genders, countries, chance, cities=cities)
    yes_counts = ("knowledge_increased_count", "will_collaborate", "brokered_partnerships")
    knows, works, brokered = (ticks(total, figures.count(figure_id), chance) for figure_id in yes_counts)
    return [
        Participant(
            person,
            answers={
                "knowledge_increased": "yes" if knows[index] else "no",
                "will_collaborate": "absolutely" if works[index] else chance.choice(("perhaps", "no")),
                "brokered_partnership": "yes" if brokered[index] else "no",
            },
        )
        for index, person in enumerate(people)
    ]


def audience_counts(total: int, cells: int, chance: random.Random) -> list[int]:
    """`cells` whole numbers that add up to `total`, none of them equal by design."""
    weights = [chance.random() + 0.2 for _cell in range(cells)]
    counts = [int(total * weight / sum(weights)) for weight in weights]
    counts[0] += total - sum(counts)
    return counts
