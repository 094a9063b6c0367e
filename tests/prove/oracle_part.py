"""One scope of a random model, written as BPMN and noted as a graph at the same time."""

from tests.bpmn.build import Content
from tests.prove.oracle_graph import Flow, Graph, Node


class Part:
    """One scope in both forms."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.graph = Graph()
        self.undoable: list[str] = []

    def flow(self, source: str, target: str, way: int | None = None, default: bool = False) -> None:
        """Lead from one node to another."""
        flows = self._node(source).flows
        flow_id = f"{source}_{len(flows)}_{target}"
        condition = "" if way is None else f'=choose("{source}", {way})'
        self.content.flow(source, target, condition, flow_id=flow_id)
        flows.append(Flow(flow_id, target, way, default))

    def node(self, kind: str, node_id: str) -> Node:
        """Note a node of the graph."""
        node = Node(node_id, kind)
        self.graph.nodes[node_id] = node
        return node

    def edge(self, host: str, node: Node) -> None:
        """Note an event on the edge of *host*."""
        self.graph.nodes[host].edges.append(node)

    def _node(self, node_id: str) -> Node:
        edges = [edge for node in self.graph.nodes.values() for edge in node.edges]
        return self.graph.nodes.get(node_id) or next(e for e in edges if e.id == node_id)
