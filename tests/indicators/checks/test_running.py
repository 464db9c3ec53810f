"""Running all rules."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from indicators.checks import RULES, Severity, check
from indicators.checks.forms import TEXTS, Form
from indicators.checks.running import Setting, Settings
from indicators.values import parse_value
from tests.indicators.checks.forms import LABELS, form, target

words = st.text(
    st.sampled_from("≥≤><=0123456789.,%百分比元万亿年月日个提高完成率（）、，。；：满意度 \n"), max_size=12
) | st.text(max_size=8)
amounts = st.none() | st.decimals(min_value=0, max_value=Decimal(10) ** 14, places=2)
targets = st.builds(
    target, st.sampled_from(sorted(LABELS)), words, words, scope=st.sampled_from(["period", "annual"]),
    position=st.integers(0, 5),
)  # fmt: skip


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Forms with anything in them."""
    texts = {path: draw(st.none() | words) for path in TEXTS}
    return Form(
        1, "140404", draw(st.integers(1990, 2100)), texts, amount=draw(amounts), period_amount=draw(amounts),
        funding=draw(st.just({}) | st.fixed_dictionaries({scope: st.dictionaries(st.sampled_from(["central", "local"]), amounts) for scope in ("period", "annual")})),
        goals=draw(st.dictionaries(st.sampled_from(["period", "annual"]), words)), targets=tuple(draw(st.lists(targets, max_size=6))),
        is_form=draw(st.booleans()),
    )  # fmt: skip


@given(forms())
def test_no_text_makes_a_rule_raise_and_every_finding_names_a_field_that_exists(form: Form) -> None:
    known = {*TEXTS, "filed_at", "goals.period", "goals.annual", "funding.period.total", "funding.annual.total"}
    known |= {f"funding.{scope}.{source}" for scope, cells in form.funding.items() for source in cells}
    known |= {target.at(part) for target in form.targets for part in ("name", "value", "label", "category")}
    for finding in check(form):
        assert finding.fields
        assert set(finding.fields) <= known, finding
        assert {correction.path for correction in finding.corrections} <= known
        assert finding.rule
        assert finding.severity
        assert finding.message.endswith(("。", "？"))


def corrected(form: Form, corrections: tuple[tuple[str, str], ...]) -> Form:
    """The form with the proposed texts in it."""
    texts, goals, changed = dict(form.texts), dict(form.goals), {target.number: target for target in form.targets}
    for path, text in corrections:
        if path.startswith("indicator."):
            _, number, part = path.split(".")
            read = {"value": text, **dict(zip(("operator", "amount", "unit"), parse_value(text), strict=True))}
            new = (
                {"category": text, "label": LABELS[text]}
                if part == "category"
                else {part: text}
                if part == "name"
                else read
            )
            changed[int(number)] = changed[int(number)]._replace(**new)
        elif path.startswith("goals."):
            goals[path.removeprefix("goals.")] = text
        else:
            texts[path] = text
    fields = {name: getattr(form, name) for name in Form.__dataclass_fields__}
    return Form(**{**fields, "texts": texts, "goals": goals, "targets": tuple(changed.values())})


@given(forms())
def test_a_correction_takes_its_finding_away_and_brings_none_of_a_higher_severity(form: Form) -> None:
    before = check(form)
    for finding in before:
        if not finding.corrections:
            continue
        after = check(corrected(form, finding.corrections))
        assert (finding.rule, finding.fields) not in {(one.rule, one.fields) for one in after}
        known = {(one.rule, one.fields) for one in before}
        new = [one.severity for one in after if (one.rule, one.fields) not in known]
        assert all(severity >= finding.severity for severity in new if severity and finding.severity)


def test_rules_can_be_turned_off_and_weighed_otherwise() -> None:
    bad = form(amount=2, period_amount=1)
    (finding,) = [one for one in check(bad) if one.rule == "money.period-below-annual"]
    assert finding.severity is Severity.MUST
    weighed = check(bad, settings=Settings({finding.rule: Setting(severity=Severity.HINT)}))
    assert [one.severity for one in weighed if one.rule == finding.rule] == [Severity.HINT]
    off = check(bad, settings=Settings({finding.rule: Setting(is_on=False)}))
    assert finding.rule not in {one.rule for one in off}


def test_rules_have_ids_of_their_own_and_say_what_they_do() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.title
        assert rule.source
        assert rule.explanation.endswith("。")
        assert rule.bad
        assert rule.good
