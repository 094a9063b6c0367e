"""What becomes of the settings of other engines?"""

import pytest

from engine.importer import ImportResult
from tests.importer.building import (
    BPMN,
    ZEEBE,
    between,
    condition,
    element,
    file_of,
    found,
    imported,
    kind,
    rules,
    settings,
)

FAMILY = ["camunda", "operaton", "flowable", "activiti"]
SPIFF = 'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"'


def extended(tag: str, inside: str, attributes: str = "") -> str:
    return f'<{tag} id="x" {attributes}><extensionElements>{inside}</extensionElements></{tag}>'


def mappings(result: ImportResult) -> list[tuple[str, str, str]]:
    lines = element(result, "x").iter(f"{ZEEBE}input", f"{ZEEBE}output")
    return [
        (str(i.tag).removeprefix(ZEEBE), i.get("source", ""), i.get("target", "")) for i in lines
    ]


@pytest.mark.parametrize("engine", FAMILY)
def test_who_does_a_user_task_and_until_when_is_translated(engine: str) -> None:
    attributes = {
        "assignee": "${owner}",
        "candidateUsers": "ann, bob",
        "candidateGroups": "agent",
        "dueDate": "${due}",
        "followUpDate": "2026-01-01T10:00:00Z",
        "priority": "50",
        "formKey": "check_form",
    }
    written = " ".join(f'{engine}:{name}="{value}"' for name, value in attributes.items())

    result = imported(file_of(between(f'<userTask id="x" {written}/>')))

    assert settings(result, "x") == {
        "userTask": {},
        "assignmentDefinition": {
            "assignee": "=owner",
            "candidateUsers": "ann, bob",
            "candidateGroups": "agent",
        },
        "taskSchedule": {"dueDate": "=due", "followUpDate": "2026-01-01T10:00:00Z"},
        "priorityDefinition": {"priority": "50"},
        "formDefinition": {"formId": "check_form"},
    }
    assert result.executable


@pytest.mark.parametrize(
    ("attributes", "job_type"),
    [
        ('camunda:type="external" camunda:topic="refund"', "refund"),
        ('camunda:delegateExpression="${refundDelegate}"', "refundDelegate"),
        ('camunda:class="com.shop.Refund"', "com.shop.Refund"),
        ('camunda:expression="${refunds.pay(order)}"', "refunds.pay"),
        ('flowable:type="http"', "http"),
    ],
)
def test_what_a_service_task_calls_is_the_type_of_its_job(attributes: str, job_type: str) -> None:
    result = imported(file_of(between(f'<serviceTask id="x" {attributes}/>')))

    assert settings(result, "x")["taskDefinition"]["type"] == job_type
    assert result.executable


def test_retries_and_fields_belong_to_the_job() -> None:
    inside = (
        "<camunda:failedJobRetryTimeCycle>R5/PT1M</camunda:failedJobRetryTimeCycle>"
        '<flowable:field name="url" stringValue="http://example.org"/>'
    )
    task = extended("serviceTask", inside, 'camunda:type="external" camunda:topic="t"')

    result = imported(file_of(between(task)))

    assert settings(result, "x")["taskDefinition"] == {"type": "t", "retries": "5"}
    (header,) = element(result, "x").iter(f"{ZEEBE}header")
    assert dict(header.items()) == {"key": "url", "value": "http://example.org"}


def test_inputs_and_outputs_are_mappings() -> None:
    inside = (
        '<camunda:inputOutput><camunda:inputParameter name="a">${b}</camunda:inputParameter>'
        '<camunda:inputParameter name="c">fixed</camunda:inputParameter>'
        '<camunda:inputParameter name="d"><camunda:list><camunda:value>1</camunda:value>'
        "<camunda:value>${e}</camunda:value></camunda:list></camunda:inputParameter>"
        '<camunda:inputParameter name="f"><camunda:map><camunda:entry key="k">v</camunda:entry>'
        "</camunda:map></camunda:inputParameter>"
        '<camunda:outputParameter name="g">${h.i}</camunda:outputParameter></camunda:inputOutput>'
    )
    task = extended("serviceTask", inside, 'camunda:type="external" camunda:topic="t"')

    result = imported(file_of(between(task)))

    assert mappings(result) == [
        ("input", "=b", "a"),
        ("input", "fixed", "c"),
        ("input", '=["1", e]', "d"),
        ("input", '={"k": "v"}', "f"),
        ("output", "=h.i", "g"),
    ]
    assert result.executable


@pytest.mark.parametrize(
    ("inside", "parent", "child", "lines"),
    [
        ("", "false", "false", []),
        ('<camunda:in variables="all"/><camunda:out variables="all"/>', "true", "true", []),
        (
            '<camunda:in source="a" target="b"/><camunda:out sourceExpression="${c}" target="d"/>',
            "false",
            "false",
            [("input", "=a", "b"), ("output", "=c", "d")],
        ),
    ],
)
def test_what_travels_to_a_called_process_is_what_was_named(
    inside: str, parent: str, child: str, lines: list[tuple[str, str, str]]
) -> None:
    call = extended("callActivity", inside, 'calledElement="sub" camunda:asyncBefore="true"')

    result = imported(file_of(between(call)))

    assert settings(result, "x")["calledElement"] == {
        "processId": "sub",
        "propagateAllParentVariables": parent,
        "propagateAllChildVariables": child,
    }
    assert mappings(result) == lines


def test_a_decision_is_called_by_its_id() -> None:
    task = (
        '<businessRuleTask id="x" camunda:decisionRef="d" camunda:resultVariable="r"'
        ' camunda:decisionRefBinding="deployment"/>'
    )
    result = imported(file_of(between(task)))

    assert settings(result, "x")["calledDecision"] == {
        "decisionId": "d",
        "resultVariable": "r",
        "bindingType": "deployment",
    }


@pytest.mark.parametrize(
    ("loop", "collection"),
    [
        ('<multiInstanceLoopCharacteristics camunda:collection="${goods}"/>', "=goods"),
        ('<multiInstanceLoopCharacteristics flowable:collection="goods"/>', "=goods"),
        (
            "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>"
            "</multiInstanceLoopCharacteristics>",
            "=for i in 1..(3) return i",
        ),
        (
            "<multiInstanceLoopCharacteristics><loopDataInputRef>goods</loopDataInputRef>"
            "</multiInstanceLoopCharacteristics>",
            "=goods",
        ),
    ],
)
def test_a_repetition_runs_over_a_collection(loop: str, collection: str) -> None:
    result = imported(file_of(between(f'<userTask id="x">{loop}</userTask>')))

    (written,) = element(result, "x").iter(f"{ZEEBE}loopCharacteristics")
    assert written.get("inputCollection") == collection
    assert result.executable


def test_properties_and_the_version_are_kept() -> None:
    inside = '<camunda:properties><camunda:property name="k" value="v"/></camunda:properties>'
    data = file_of(between(extended("userTask", inside))).replace(
        b'<process id="p"', b'<process id="p" camunda:versionTag="v7"'
    )
    result = imported(data)

    (written,) = element(result, "x").iter(f"{ZEEBE}property")
    assert dict(written.items()) == {"name": "k", "value": "v"}
    assert settings(result, "p")["versionTag"] == {"value": "v7"}


def test_bpmn_owners_are_candidates() -> None:
    owner = (
        "<potentialOwner><resourceAssignmentExpression><formalExpression>user(ann), group(agent)"
        "</formalExpression></resourceAssignmentExpression></potentialOwner>"
    )
    result = imported(file_of(between(f'<userTask id="x">{owner}</userTask>')))

    assert settings(result, "x")["assignmentDefinition"] == {
        "candidateUsers": "ann",
        "candidateGroups": "agent",
    }


@pytest.mark.parametrize(
    "setting",
    [
        '<camunda:executionListener event="start" class="com.shop.L"/>',
        '<camunda:taskListener event="create" delegateExpression="${l}"/>',
        "<camunda:connector/>",
        "<camunda:inputOutput><camunda:inputParameter name='a'><camunda:script>1</camunda:script>"
        "</camunda:inputParameter></camunda:inputOutput>",
        '<flowable:somethingNew value="1"/>',
    ],
)
def test_a_setting_that_changes_what_happens_is_an_error_and_stays(setting: str) -> None:
    result = imported(file_of(between(extended("userTask", setting))))

    assert found(result, "setting-untranslated") == {"x"}
    assert not result.executable
    assert any(marker in result.bpmn for marker in (b"camunda:", b"flowable:"))


def test_an_assignee_that_cannot_be_translated_stays_where_it_was() -> None:
    result = imported(file_of(between('<userTask id="x" camunda:assignee="${b.find(c)}"/>')))

    assert found(result, "condition-untranslated") == {"x"}
    assert settings(result, "x") == {"userTask": {}}
    assert not result.executable


def test_what_was_translated_is_said() -> None:
    result = imported(file_of(between('<userTask id="x" camunda:assignee="ann"/>')))

    assert found(result, "setting-translated") == {"x"}


def test_what_was_translated_only_in_part_is_a_question() -> None:
    result = imported(file_of(between('<userTask id="x" camunda:formKey="embedded:app:a.html"/>')))

    assert found(result, "setting-question") == {"x"}
    assert "formDefinition" not in settings(result, "x")


def test_settings_of_the_machinery_are_dropped_and_named() -> None:
    task = '<userTask id="x" camunda:asyncBefore="true" camunda:jobPriority="3"/>'

    result = imported(file_of(between(task)))

    assert found(result, "setting-dropped") == {"x"}
    assert result.executable


def two_ways(text: str, more: str = "") -> bytes:
    return file_of(
        '<startEvent id="s"/><exclusiveGateway id="g" default="g_e"/><endEvent id="e"/>'
        '<endEvent id="f"/><sequenceFlow id="s_g" sourceRef="s" targetRef="g"/>'
        '<sequenceFlow id="g_e" sourceRef="g" targetRef="e"/>'
        '<sequenceFlow id="g_f" sourceRef="g" targetRef="f">'
        f"<conditionExpression>{text}</conditionExpression></sequenceFlow>",
        more=more,
    )


@pytest.mark.parametrize(
    ("text", "more", "feel"),
    [
        ("${amount &gt; 5}", "", "=amount > 5"),
        ("=amount &gt; 5", "", "=amount > 5"),
        ("amount &gt; 5 and ok == True", SPIFF, "=amount > 5 and ok = true"),
    ],
)
def test_a_condition_is_feel_afterwards(text: str, more: str, feel: str) -> None:
    result = imported(two_ways(text, more))

    assert condition(result, "g_f") == feel
    assert found(result, "expression-translated") == (set() if text[0] == "=" else {"g_f"})
    assert result.executable


def test_a_condition_that_calls_a_bean_stays_and_is_explained_once() -> None:
    result = imported(two_ways("${bean.ok(order)}"))

    assert condition(result, "g_f") == "${bean.ok(order)}"
    errors = [f.rule for f in result.findings if f.severity == "error"]
    assert errors == ["condition-untranslated"]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ('"PT1H"', "PT1H"),
        ("timedelta(days=2)", "P2D"),
        ("${wait}", "=wait"),
        ("PT5M", "PT5M"),
    ],
)
def test_times_of_other_engines_are_ours(text: str, iso: str) -> None:
    timer = f"<timerEventDefinition><timeDuration>{text}</timeDuration></timerEventDefinition>"
    event = f'<intermediateCatchEvent id="x">{timer}</intermediateCatchEvent>'

    result = imported(file_of(between(event)))

    assert element(result, "x").findtext(f".//{BPMN}timeDuration") == iso
    assert kind(result, "x") == "intermediateCatchEvent"


def spiff(tag: str, inside: str, rest: str = "") -> ImportResult:
    task = f'<{tag} id="x"><extensionElements>{inside}</extensionElements>{rest}</{tag}>'
    return imported(file_of(between(task), more=SPIFF))


def test_a_decision_of_spiff_is_called_by_its_id() -> None:
    inside = "<spiffworkflow:calledDecisionId>d</spiffworkflow:calledDecisionId>"

    result = spiff("businessRuleTask", inside)

    called = settings(result, "x")["calledDecision"]
    assert called == {"decisionId": "d", "resultVariable": "x_result"}


def test_a_form_of_spiff_is_linked_by_the_name_of_its_file() -> None:
    inside = (
        '<spiffworkflow:properties><spiffworkflow:property name="formJsonSchemaFilename"'
        ' value="check-schema.json"/></spiffworkflow:properties>'
    )
    result = spiff("userTask", inside)

    assert settings(result, "x")["formDefinition"]["formId"] == "check"


def test_an_operator_of_spiff_is_a_job_with_its_parameters() -> None:
    inside = (
        '<spiffworkflow:serviceTaskOperator id="http/Get"><spiffworkflow:parameters>'
        '<spiffworkflow:parameter id="url" value="\'http://example.org\'"/>'
        "</spiffworkflow:parameters></spiffworkflow:serviceTaskOperator>"
    )
    result = spiff("serviceTask", inside)

    assert settings(result, "x")["taskDefinition"]["type"] == "http/Get"
    assert mappings(result) == [("input", '="http://example.org"', "url")]


def test_instructions_of_spiff_are_the_documentation() -> None:
    inside = "<spiffworkflow:instructionsForEndUser>Call</spiffworkflow:instructionsForEndUser>"

    result = spiff("manualTask", inside)

    assert element(result, "x").findtext(f"{BPMN}documentation") == "Call"


def test_a_script_of_spiff_that_only_assigns_is_a_feel_script() -> None:
    result = spiff("scriptTask", "", "<script>total = price * 2</script>")

    assert settings(result, "x")["script"] == {
        "expression": "=price * 2",
        "resultVariable": "total",
    }


def test_a_script_around_a_task_of_spiff_is_an_error() -> None:
    result = spiff("userTask", "<spiffworkflow:preScript>x = 1</spiffworkflow:preScript>")

    assert "setting-untranslated" in rules(result)
