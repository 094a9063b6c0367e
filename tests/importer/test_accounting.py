"""Is every flow node that goes in either in what runs afterwards, or named in a finding?"""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importer.accounting import flow_nodes, lost_nodes
from tests.importer.building import file_of, imported

_EVENTS = ["", "<timerEventDefinition/>", '<linkEventDefinition name="L"/>']
_EVENTS += [
    "<messageEventDefinition/>",
    "<signalEventDefinition/>",
    "<conditionalEventDefinition/>",
]
_EVENTS += ["<compensateEventDefinition/>", "<terminateEventDefinition/>"]
_PLAIN = ["task", "userTask", "serviceTask", "scriptTask", "receiveTask", "callActivity"]
_PLAIN += ["exclusiveGateway", "inclusiveGateway", "parallelGateway", "complexGateway"]
_PLAIN += ["eventBasedGateway", "businessRuleTask", "sendTask", "manualTask"]
_EVENT_TAGS = ["startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent"]
_BLOCKS = ["subProcess", "adHocSubProcess", "transaction"]


@st.composite
def graphs(draw: st.DrawFn, depth: int = 0, prefix: str = "n") -> str:
    """Draw what a process holds: any nodes, any flows, some of them leading nowhere."""
    count = draw(st.integers(1, 5))
    ids = [f"{prefix}{number}" for number in range(count)]
    parts = []
    for node_id in ids:
        tags = _PLAIN + _EVENT_TAGS + (_BLOCKS if depth < 2 else []) + ["boundaryEvent"]
        tag = draw(st.sampled_from(tags))
        inside, more = "", ""
        if tag in _BLOCKS:
            inside = draw(graphs(depth=depth + 1, prefix=f"{node_id}_"))
            more = draw(st.sampled_from(["", ' triggeredByEvent="true"']))
        elif tag in (*_EVENT_TAGS, "boundaryEvent"):
            inside = draw(st.sampled_from(_EVENTS))
            more = f' attachedToRef="{draw(st.sampled_from(ids))}"' * (tag == "boundaryEvent")
        parts.append(f'<{tag} id="{node_id}"{more}>{inside}</{tag}>')
    ends = st.sampled_from([*ids, "nowhere"])
    for number in range(draw(st.integers(0, 7))):
        text = draw(st.sampled_from(["", "=a", "${a}", "${a.b()}", "yes"]))
        condition = f"<conditionExpression>{text}</conditionExpression>" * bool(text)
        parts.append(
            f'<sequenceFlow id="{prefix}f{number}" sourceRef="{draw(ends)}"'
            f' targetRef="{draw(ends)}">{condition}</sequenceFlow>'
        )
    return "".join(parts)


@given(graph=graphs(), executable=st.sampled_from(["true", "false", ""]))
@settings(max_examples=150, deadline=None)
def test_no_node_is_lost_in_silence(graph: str, executable: str) -> None:
    data = file_of(graph, executable=executable)

    result = imported(data)

    assert lost_nodes(data, result) == []


@given(graph=graphs())
@settings(max_examples=50, deadline=None)
def test_importing_a_translated_file_changes_no_node(graph: str) -> None:
    once = imported(file_of(graph))

    again = imported(once.bpmn)

    assert [n.get("id") for n in flow_nodes(again.bpmn)] == [
        n.get("id") for n in flow_nodes(once.bpmn)
    ]
