"""Does a link event jump to its other end?"""

from engine.domain.events import FlowTaken
from tests.bpmn.build import Content, Diagram, link
from tests.bpmn.harness import story


def jumping() -> Diagram:
    """Two ways that jump to one place."""
    diagram = Diagram().start().parallel("split").user("after")
    diagram.add("intermediateCatchEvent", "landing", link("on")).chain("landing", "after")
    for name in ("first", "second"):
        diagram.add("intermediateThrowEvent", name, link("on")).flow("split", name)
    return diagram.chain("start", "split")


def test_every_throwing_link_leads_to_the_catching_one_of_its_name() -> None:
    instance = story(jumping())

    assert instance.waiting == ["after", "after"]
    assert instance.path == ["start", "split", "first", "second", "landing", "landing"]


def test_a_jump_is_no_sequence_flow_of_the_diagram() -> None:
    instance = story(jumping())

    assert {e.element_id for e in instance.of(FlowTaken)} == set(instance.model.flows) - {
        flow.id for flow in instance.model.flows.values() if flow.source == "after"
    }
    assert not any("link" in flow for flow in instance.model.flows)


def test_links_of_one_name_in_two_sub_processes_do_not_mix() -> None:
    diagram = Diagram().start().chain("start", "sub_a", "sub_b")
    for name in "ab":
        inner = Content().start(f"in_{name}").user(f"u_{name}").chain(f"in_{name}", f"throw_{name}")
        inner.add("intermediateThrowEvent", f"throw_{name}", link("on"))
        inner.add("intermediateCatchEvent", f"catch_{name}", link("on"))
        diagram.sub(f"sub_{name}", inner.chain(f"catch_{name}", f"u_{name}"))

    instance = story(diagram)
    assert instance.waiting == ["u_a"]

    assert instance.complete("u_a").waiting == ["u_b"]


def test_a_join_counts_a_jump_like_a_sequence_flow() -> None:
    diagram = Diagram().start().parallel("split").user("u").user("after")
    diagram.add("intermediateThrowEvent", "throw", link("on")).chain("split", "throw")
    diagram.add("intermediateCatchEvent", "catch", link("on")).chain("catch", "join")
    diagram.add("inclusiveGateway", "join").chain("start", "split", "u", "join", "after")

    instance = story(diagram)
    assert instance.waiting == ["u"]

    assert instance.complete("u").waiting == ["after"]
    assert instance.path.count("join") == 1
