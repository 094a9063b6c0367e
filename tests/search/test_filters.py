"""Which things does a search find for each kind of condition?"""

from datetime import timedelta

import pytest

from engine.domain.search import Condition, Operator, Search
from engine.errors import InvalidInput
from engine.persistence.database import Connection
from engine.persistence.search.catalogue import Catalogue
from engine.persistence.search.definitions import PROCESS_DEFINITIONS
from engine.persistence.search.instances import ELEMENT_INSTANCES, PROCESS_INSTANCES
from engine.persistence.search.predicates import like_pattern
from engine.persistence.search.user_tasks import USER_TASKS
from engine.persistence.search.variables import VARIABLES
from engine.persistence.search.visibility import EVERYTHING
from tests.search.seed import START, Seed


def found(
    connection: Connection, catalogue: Catalogue[object], *conditions: Condition
) -> list[object]:
    result = catalogue.search(connection, Search(conditions=conditions), visible=EVERYTHING)
    return [getattr(item, catalogue.key) for item in result.items]


def where(field: str, operator: Operator, value: object, name: str | None = None) -> Condition:
    return Condition(field=field, operator=operator, value=value, name=name)


ASSIGNEES = {"ann": "ann", "bob": "bob", "nobody": None}


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        pytest.param(Operator.EQ, "ann", {"ann"}, id="eq-finds-the-same"),
        pytest.param(Operator.NEQ, "ann", {"bob", "nobody"}, id="neq-finds-others-and-none"),
        pytest.param(Operator.EXISTS, True, {"ann", "bob"}, id="exists-finds-any-value"),
        pytest.param(Operator.EXISTS, False, {"nobody"}, id="exists-false-finds-no-value"),
        pytest.param(Operator.IN, ["ann", "eve"], {"ann"}, id="in-finds-one-of-them"),
        pytest.param(Operator.IN, [], set(), id="in-an-empty-list-finds-nothing"),
        pytest.param(Operator.NOT_IN, ["ann"], {"bob", "nobody"}, id="not-in-finds-none-too"),
        pytest.param(Operator.LIKE, "A*", {"ann"}, id="like-does-not-care-about-capitals"),
        pytest.param(Operator.LIKE, "?o?", {"bob"}, id="like-question-mark-is-one-character"),
        pytest.param(Operator.LIKE, "%", set(), id="like-percent-is-a-plain-character"),
    ],
)
def test_a_text_condition_finds(
    connection: Connection, seed: Seed, operator: Operator, value: object, expected: set[str]
) -> None:
    instance = seed.instance(seed.definition())
    keys = {name: seed.task(instance, assignee=who) for name, who in ASSIGNEES.items()}

    got = found(connection, USER_TASKS, where("assignee", operator, value))

    assert set(got) == {keys[name] for name in expected}


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        pytest.param(Operator.GT, [2], id="gt-is-after"),
        pytest.param(Operator.GTE, [1, 2], id="gte-is-from"),
        pytest.param(Operator.LT, [0], id="lt-is-before"),
        pytest.param(Operator.LTE, [0, 1], id="lte-is-until"),
    ],
)
def test_a_date_condition_finds(
    connection: Connection, seed: Seed, operator: Operator, expected: list[int]
) -> None:
    instance = seed.instance(seed.definition())
    keys = [seed.task(instance, due_date=START + timedelta(hours=n)) for n in range(3)]

    got = found(connection, USER_TASKS, where("due_date", operator, START + timedelta(hours=1)))

    assert got == [keys[n] for n in expected]


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        pytest.param(Operator.EQ, "finance", {"both", "finance"}, id="eq-finds-any-of-its-groups"),
        pytest.param(Operator.NEQ, "finance", {"none"}, id="neq-finds-those-without-that-group"),
        pytest.param(Operator.IN, ["agent"], {"both"}, id="in"),
        pytest.param(Operator.NOT_IN, ["agent"], {"finance", "none"}, id="not-in"),
        pytest.param(Operator.EXISTS, False, {"none"}, id="exists-false-finds-tasks-of-nobody"),
        pytest.param(Operator.EXISTS, True, {"both", "finance"}, id="exists-finds-the-others"),
        pytest.param(Operator.LIKE, "fin*", {"both", "finance"}, id="like"),
    ],
)
def test_a_candidate_group_condition_finds(
    connection: Connection, seed: Seed, operator: Operator, value: object, expected: set[str]
) -> None:
    instance = seed.instance(seed.definition())
    keys = {
        "both": seed.task(instance, groups=("agent", "finance")),
        "finance": seed.task(instance, groups=("finance",)),
        "none": seed.task(instance, users=("finance",)),
    }

    got = found(connection, USER_TASKS, where("candidate_group", operator, value))

    assert set(got) == {keys[name] for name in expected}


def test_tags_must_all_be_there_and_an_underscore_is_no_wildcard(
    connection: Connection, seed: Seed
) -> None:
    process = seed.definition()
    tagged = seed.instance(process, tags=["vip_east", "online"])
    seed.instance(process, tags=["vipXeast", "online"])
    seed.instance(process, tags=["online"])

    got = found(connection, PROCESS_INSTANCES, where("tags", Operator.EQ, ("vip_east", "online")))

    assert got == [tagged]


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        pytest.param(Operator.EQ, "online", {"online"}, id="eq"),
        pytest.param(Operator.NEQ, "online", {"store"}, id="neq-needs-the-variable"),
        pytest.param(Operator.IN, ["online", "store"], {"online", "store"}, id="in"),
        pytest.param(Operator.NOT_IN, ["store"], {"online"}, id="not-in-needs-the-variable"),
        pytest.param(Operator.EXISTS, False, {"without"}, id="exists-false"),
    ],
)
def test_a_variable_condition_finds_instances(
    connection: Connection, seed: Seed, operator: Operator, value: object, expected: set[str]
) -> None:
    process = seed.definition()
    keys = {name: seed.instance(process) for name in ("online", "store", "without")}
    seed.variable(keys["online"], "channel", "online")
    seed.variable(keys["store"], "channel", "store")
    seed.variable(keys["without"], "place", "online")

    got = found(connection, PROCESS_INSTANCES, where("variables", operator, value, "channel"))

    assert set(got) == {keys[name] for name in expected}


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        pytest.param(Operator.EQ, {"a": 1}, {"one"}, id="eq-of-a-context"),
        pytest.param(Operator.NEQ, {"a": 1}, {"two"}, id="neq"),
        pytest.param(Operator.IN, [2, 3], {"two"}, id="in"),
        pytest.param(Operator.NOT_IN, [2, 3], {"one"}, id="not-in"),
        pytest.param(Operator.EXISTS, True, {"one", "two"}, id="exists"),
        pytest.param(Operator.EXISTS, False, set(), id="every-variable-has-a-value"),
    ],
)
def test_variables_are_found_by_value(
    connection: Connection, seed: Seed, operator: Operator, value: object, expected: set[str]
) -> None:
    instance = seed.instance(seed.definition())
    keys = {
        "one": seed.variable(instance, "one", {"a": 1}),
        "two": seed.variable(instance, "two", 2),
    }

    got = found(connection, VARIABLES, where("value", operator, value))

    assert set(got) == {keys[name] for name in expected}


def test_a_sealed_value_cannot_be_searched_by_pattern(connection: Connection) -> None:
    with pytest.raises(InvalidInput, match="sealed"):
        found(connection, VARIABLES, where("value", Operator.LIKE, "secret*"))


def test_conditions_on_an_element_mean_one_and_the_same_element(
    connection: Connection, seed: Seed
) -> None:
    instance = seed.instance(seed.definition())
    seed.element(instance, element_id="pay", state="COMPLETED")
    seed.element(instance, element_id="notify", state="ACTIVE")

    got = found(
        connection,
        PROCESS_INSTANCES,
        where("element_id", Operator.EQ, "pay"),
        where("element_instance_state", Operator.EQ, "ACTIVE"),
    )

    assert got == []


def test_an_instance_is_found_by_an_incident_at_an_element(
    connection: Connection, seed: Seed
) -> None:
    process = seed.definition()
    stuck, fine = seed.instance(process), seed.instance(process)
    at = seed.element(stuck)
    seed.element(fine)
    seed.incident(stuck, element_instance_key=at)

    got = found(
        connection,
        PROCESS_INSTANCES,
        where("has_element_instance_incident", Operator.EQ, True),
    )

    assert got == [stuck]


def test_an_element_instance_names_its_active_incident(connection: Connection, seed: Seed) -> None:
    instance = seed.instance(seed.definition())
    at = seed.element(instance)
    seed.incident(instance, element_instance_key=at, state="RESOLVED")
    active = seed.incident(instance, element_instance_key=at)

    view = ELEMENT_INSTANCES.find(connection, at, visible=EVERYTHING)

    assert view is not None
    assert (view.has_incident, view.incident_key) == (True, active)


@pytest.mark.parametrize(
    ("latest", "versions"),
    [pytest.param(True, [2], id="only-the-latest"), pytest.param(False, [1], id="only-older")],
)
def test_definitions_are_found_by_being_the_latest_version(
    connection: Connection, seed: Seed, latest: bool, versions: list[int]
) -> None:
    seed.definition(version=1)
    seed.definition(version=2)
    seed.definition(version=3, kind="form")

    result = PROCESS_DEFINITIONS.search(
        connection,
        Search(conditions=[where("is_latest_version", Operator.EQ, latest)]),
        visible=EVERYTHING,
    )

    assert [view.version for view in result.items] == versions


def test_alternatives_are_ored_and_added_to_the_other_conditions(
    connection: Connection, seed: Seed
) -> None:
    instance = seed.instance(seed.definition())
    ann = seed.task(instance, assignee="ann", priority=80)
    seed.task(instance, assignee="ann", priority=10)
    bob = seed.task(instance, assignee="bob", priority=80)
    seed.task(instance, assignee="eve", priority=80)

    result = USER_TASKS.search(
        connection,
        Search(
            conditions=[where("priority", Operator.EQ, 80)],
            alternatives=[
                [where("assignee", Operator.EQ, "ann")],
                [where("assignee", Operator.EQ, "bob")],
            ],
        ),
        visible=EVERYTHING,
    )

    assert [view.user_task_key for view in result.items] == [ann, bob]


@pytest.mark.parametrize("tenant", ["<default>", "other"])
def test_there_is_one_tenant(connection: Connection, seed: Seed, tenant: str) -> None:
    instance = seed.instance(seed.definition())

    got = found(connection, PROCESS_INSTANCES, where("tenant_id", Operator.EQ, tenant))

    assert got == ([instance] if tenant == "<default>" else [])


def test_an_unknown_field_is_named(connection: Connection) -> None:
    with pytest.raises(InvalidInput, match="'colour'") as raised:
        found(connection, USER_TASKS, where("colour", Operator.EQ, "red"))

    assert raised.value.problems[0].pointer == "/filter"


@pytest.mark.parametrize(
    ("wildcards", "sql"),
    [
        pytest.param("a*b?", "a%b_", id="wildcards"),
        pytest.param(r"a\*b\?", "a*b?", id="escaped-wildcards-are-plain"),
        pytest.param("100%_", r"100\%\_", id="wildcards-of-sql-are-plain"),
        pytest.param(r"a\\b", r"a\\b", id="an-escaped-backslash-is-plain"),
        pytest.param(r"C:\dir", r"C:\\dir", id="another-backslash-is-plain"),
    ],
)
def test_a_like_pattern_is_translated(wildcards: str, sql: str) -> None:
    assert like_pattern(wildcards) == sql
