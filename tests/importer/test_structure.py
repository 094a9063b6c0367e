"""Is what a drawing only implies made explicit, and is nothing lost on the way?"""

from lxml import etree

from engine.forms import parse_form
from tests.importer.building import (
    BPMN,
    between,
    condition,
    element,
    file_of,
    flow_pairs,
    flows,
    found,
    imported,
    kind,
    rules,
    settings,
)

USER = '<userTask id="x"/>'


def test_a_process_without_the_mark_is_made_executable() -> None:
    result = imported(file_of(between(USER), executable=""))

    assert found(result, "made-executable") == {"p"}
    assert result.executable


def test_a_process_marked_as_a_drawing_stays_one_beside_one_that_runs() -> None:
    other = '<process id="q" isExecutable="false"><task id="drawn"/></process>'

    result = imported(file_of(between(USER), beside=other))

    assert element(result, "q").get("isExecutable") == "false"
    (finding,) = [f for f in result.findings if f.rule == "process-not-executed"]
    assert "drawn" in finding.message_en


def test_a_file_without_a_step_has_no_process() -> None:
    assert "process-missing" in rules(imported(file_of("")))


def test_missing_ids_are_generated() -> None:
    process = (
        '<startEvent id="s"/><userTask/><userTask id="x"/>'
        '<sequenceFlow sourceRef="s" targetRef="x"/>'
    )
    result = imported(file_of(process))

    assert found(result, "id-generated") == {"userTask", "sequenceFlow"}


def test_impossible_ids_are_renamed_with_all_that_refers_to_them() -> None:
    result = imported(file_of(between('<userTask id="{1 2}"/>', "{1 2}")))

    assert "id_1_2" in found(result, "id-renamed")
    assert ("s", "id_1_2") in flow_pairs(result)
    assert result.executable


def test_twins_are_parted_and_an_error() -> None:
    result = imported(file_of(between(USER) + '<userTask id="x"/>'))

    assert found(result, "id-repeated") == {"x_2"}
    assert not result.executable


def test_a_dangling_flow_is_named_and_removed() -> None:
    lost = '<sequenceFlow id="lost" sourceRef="x"/>'

    result = imported(file_of(between(USER) + lost))

    assert found(result, "dangling-flow") == {"lost"}
    assert result.executable


def test_a_flow_that_names_one_end_finds_the_other_at_the_step_it_touches() -> None:
    task = '<userTask id="x"><incoming>in</incoming></userTask>'
    process = f'<startEvent id="s"/>{task}<sequenceFlow id="in" sourceRef="s"/>'

    result = imported(file_of(process))

    assert found(result, "flow-end-found") == {"in"}
    assert ("s", "x") in flow_pairs(result)


def test_a_start_event_is_added_before_the_first_step() -> None:
    result = imported(file_of(USER))

    assert found(result, "implicit-start") == {"p"}
    assert ("start_p", "x") in flow_pairs(result)
    assert result.executable


def test_several_first_steps_all_begin() -> None:
    result = imported(file_of('<userTask id="x"/><userTask id="y"/>'))

    assert {("fork_start_p", "x"), ("fork_start_p", "y")} <= flow_pairs(result)
    assert kind(result, "fork_start_p") == "parallelGateway"


def test_a_circle_has_no_start() -> None:
    circle = USER + '<userTask id="y"/>' + flows(("x", "y"), ("y", "x"))

    assert found(imported(file_of(circle)), "start-not-found") == {"p"}


def test_an_end_event_is_added_where_a_path_stops() -> None:
    result = imported(file_of('<startEvent id="s"/>' + USER + flows(("s", "x"))))

    assert found(result, "implicit-end") == {"x"}
    assert ("x", "end_x") in flow_pairs(result)


def test_several_flows_out_of_a_step_are_a_parallel_split() -> None:
    process = between(USER) + '<userTask id="y"/>' + flows(("x", "y"))

    result = imported(file_of(process))

    assert found(result, "implicit-split") == {"x"}
    assert {("x", "split_x"), ("split_x", "e"), ("split_x", "y")} <= flow_pairs(result)
    assert kind(result, "split_x") == "parallelGateway"


def gateway(first: str = "", second: str = "", tag: str = "exclusiveGateway", **more: str) -> bytes:
    """Write a gateway ``g`` with two ways, each with a condition or none."""
    written = "".join(f' {name}="{value}"' for name, value in more.items())
    ways = "".join(
        f'<sequenceFlow id="g_{target}" name="{name}" sourceRef="g" targetRef="{target}">'
        + (f"<conditionExpression>{text}</conditionExpression>" if text else "")
        + "</sequenceFlow>"
        for target, name, text in (("e", "Yes", first), ("f", "No", second))
    )
    return file_of(
        f'<startEvent id="s"/><{tag} id="g" name="Agreed?"{written}/><endEvent id="e"/>'
        f'<endEvent id="f"/>{flows(("s", "g"))}{ways}'
    )


def test_a_person_decides_where_the_conditions_are_missing() -> None:
    result = imported(gateway())

    assert found(result, "human-decision") == {"g"}
    assert {("s", "decide_g"), ("decide_g", "g")} <= flow_pairs(result)
    assert condition(result, "g_e") == '=decide_g_way = "g_e"'
    assert result.executable


def test_the_added_decision_has_a_form_with_the_ways_to_choose_from() -> None:
    result = imported(gateway())

    form = parse_form(result.forms["decide_g.form"], resource_name="decide_g.form")
    assert settings(result, "decide_g")["formDefinition"]["formId"] == form.form_id
    assert "Yes" in result.forms["decide_g.form"].decode()


def test_a_condition_for_people_is_a_question_to_one() -> None:
    result = imported(gateway("customer agrees", "customer refuses"))

    assert found(result, "human-decision") == {"g"}


def test_the_one_way_without_a_condition_is_the_default() -> None:
    result = imported(gateway("=agreed"))

    assert found(result, "implicit-default") == {"g_f"}
    assert element(result, "g").get("default") == "g_f"


def test_a_default_flow_with_a_condition_loses_it() -> None:
    result = imported(gateway("=agreed", "=not(agreed)", default="g_f"))

    assert found(result, "default-corrected") == {"g"}
    assert condition(result, "g_f") == ""


def test_a_default_that_does_not_leave_the_gateway_is_removed() -> None:
    result = imported(gateway("=agreed", "=not(agreed)", default="s_g"))

    assert found(result, "default-corrected") == {"g"}
    assert result.executable


def test_conditions_out_of_a_parallel_gateway_are_removed_and_named() -> None:
    result = imported(gateway("=agreed", tag="parallelGateway"))

    assert found(result, "condition-without-effect") == {"g_e"}
    assert result.executable


def test_links_become_flows() -> None:
    link = '<linkEventDefinition name="L"/>'
    process = (
        f'<startEvent id="s"/><intermediateThrowEvent id="t">{link}</intermediateThrowEvent>'
        f'<intermediateCatchEvent id="c">{link}</intermediateCatchEvent><endEvent id="e"/>'
        + flows(("s", "t"), ("c", "e"))
    )
    result = imported(file_of(process))

    assert found(result, "link-stitched") == {"t"}
    assert ("t", "c") in flow_pairs(result)
    assert result.executable


def test_a_link_that_leads_nowhere_is_an_error() -> None:
    link = '<linkEventDefinition name="L"/>'
    thrown = f'<intermediateThrowEvent id="x">{link}</intermediateThrowEvent>'

    result = imported(file_of(f'<startEvent id="s"/>{thrown}{flows(("s", "x"))}'))

    assert found(result, "link-unmatched") == {"x"}
    assert not result.executable


def test_an_event_that_says_nothing_becomes_a_question() -> None:
    result = imported(file_of(between('<intermediateCatchEvent id="x" name="Paid"/>')))

    assert found(result, "event-undefined") == {"x"}
    assert kind(result, "x") == "userTask"
    assert result.executable


def test_an_event_on_an_edge_that_says_nothing_is_an_error() -> None:
    edge = '<boundaryEvent id="b" attachedToRef="x"/>'

    assert found(imported(file_of(between(USER) + edge)), "boundary-undefined") == {"b"}


def test_what_the_engine_cannot_run_becomes_a_step_for_a_person() -> None:
    task = '<scriptTask id="x" name="Score" scriptFormat="groovy"><script>1</script></scriptTask>'

    result = imported(file_of(between(task)))

    assert found(result, "human-step") == {"x"}
    assert (kind(result, "x"), element(result, "x").get("name")) == ("userTask", "Score")
    assert result.executable


def test_the_steps_inside_one_that_a_person_takes_over_are_named() -> None:
    block = '<adHocSubProcess id="x"><task id="inner"/></adHocSubProcess>'

    result = imported(file_of(between(block)))

    assert found(result, "inside-human-step") == {"inner"}


def test_an_end_event_that_cannot_run_is_a_step_with_an_end_behind_it() -> None:
    end = '<endEvent id="x"><messageEventDefinition/></endEvent>'

    result = imported(file_of(f'<startEvent id="s"/>{end}{flows(("s", "x"))}'))

    assert kind(result, "x") == "userTask"
    assert ("x", "end_x") in flow_pairs(result)
    assert result.executable


def test_a_start_event_that_cannot_start_is_a_plain_one() -> None:
    start = '<startEvent id="s"><conditionalEventDefinition/></startEvent>'
    process = start + '<userTask id="x"/>' + flows(("s", "x"))

    result = imported(file_of(process))

    assert found(result, "start-event-plain") == {"s"}
    assert result.executable


def test_a_transaction_stays_one() -> None:
    inside = '<startEvent id="i"/><endEvent id="j"/>' + flows(("i", "j"))

    result = imported(
        file_of(between(f'<transaction id="x" method="##Compensate">{inside}</transaction>'))
    )

    assert kind(result, "x") == "transaction"
    assert result.executable


UNDONE = (
    '<boundaryEvent id="b" attachedToRef="x"><compensateEventDefinition/></boundaryEvent>'
    '<serviceTask id="undo" isForCompensation="true"/>'
    '<association id="a" sourceRef="b" targetRef="undo"/>'
)


def test_a_person_who_stands_in_for_a_compensation_handler_is_one() -> None:
    result = imported(file_of(UNDONE + between(USER)))

    assert found(result, "human-step") == {"undo"}
    assert element(result, "undo").get("isForCompensation") == "true"
    assert result.executable


def test_a_compensation_that_reaches_nothing_is_a_step_for_a_person() -> None:
    thrown = '<compensateEventDefinition activityRef="y"/>'
    throw = f'<intermediateThrowEvent id="t">{thrown}</intermediateThrowEvent>'
    way = flows(("s", "x"), ("x", "t"), ("t", "e"))

    result = imported(file_of(f'<startEvent id="s"/>{USER}{throw}<endEvent id="e"/>{way}'))

    assert found(result, "human-step") == {"t"}
    assert result.executable


def test_pools_are_processes_of_their_own_and_message_flows_are_named() -> None:
    beside = (
        '<collaboration id="c"><participant id="a" name="Shop" processRef="p"/>'
        '<participant id="b" name="Customer" processRef="q"/>'
        '<messageFlow id="m" sourceRef="a" targetRef="b"/></collaboration>'
        '<process id="q"><startEvent id="t"/><endEvent id="u"/>'
        f"{flows(('t', 'u'))}</process>"
    )
    result = imported(file_of(between(USER), beside=beside))

    (pools,) = [f for f in result.findings if f.rule == "pools-separated"]
    assert "2 pools" in pools.message_en
    (message,) = [f for f in result.findings if f.rule == "message-flow-not-carried"]
    assert "from Shop to Customer" in message.message_en
    assert element(result, "q").get("isExecutable") == "true"


def test_data_objects_are_kept_for_the_drawing() -> None:
    data = '<dataObject id="d"/><dataObjectReference id="r" dataObjectRef="d"/>'

    result = imported(file_of(between(USER) + data))

    assert kind(result, "r") == "dataObjectReference"
    assert result.executable


def drawn(*shapes: str) -> bytes:
    plane = (
        '<bpmndi:BPMNDiagram id="dia"><bpmndi:BPMNPlane id="plane" bpmnElement="p">'
        f"{''.join(shapes)}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
    )
    return file_of(USER).replace(b"</definitions>", plane.encode() + b"</definitions>")


def shape(bounds: str, element_id: str = "x") -> str:
    given = f'id="{element_id}_di" bpmnElement="{element_id}"'
    return f"<bpmndi:BPMNShape {given}>{bounds}</bpmndi:BPMNShape>"


def test_broken_coordinates_are_repaired() -> None:
    result = imported(drawn(shape('<dc:Bounds x="NaN" y="1e99" width="-1" height="80"/>')))

    bounds = element(result, "x_di")[0]
    assert [bounds.get(n) for n in ("x", "y", "width", "height")] == ["0", "0", "100", "80"]
    assert found(result, "diagram-repaired") == {"x"}


def test_a_shape_of_nothing_is_removed() -> None:
    result = imported(drawn(shape('<dc:Bounds x="0" y="0" width="9" height="9"/>', "ghost")))

    assert found(result, "diagram-repaired") == {"ghost"}
    assert b"ghost" not in result.bpmn


def test_what_is_added_is_drawn_too() -> None:
    result = imported(drawn(shape('<dc:Bounds x="200" y="80" width="100" height="80"/>')))

    di = "{http://www.omg.org/spec/BPMN/20100524/DI}"
    drawn_elements = {e.get("bpmnElement") for e in etree.fromstring(result.bpmn).iter(f"{di}*")}
    assert {"start_p", "end_x"} <= drawn_elements


def test_a_file_without_a_drawing_says_so() -> None:
    assert "diagram-missing" in rules(imported(file_of(USER)))


def test_nodes_name_exactly_the_flows_that_touch_them() -> None:
    stale = '<userTask id="x"><incoming>gone</incoming></userTask>'

    result = imported(file_of(between(stale)))

    node = element(result, "x")
    assert [node.findtext(BPMN + side) for side in ("incoming", "outgoing")] == ["s_x", "x_e"]
