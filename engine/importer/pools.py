"""Processes and pools: which run, and what is drawn between them."""

from engine.importer.draft import Draft
from engine.importer.xml import BPMN, Element, flag, is_node, name_of, nodes_in, remove


def separate_pools(draft: Draft) -> None:
    """Mark processes as executable, and name what passes between pools only on paper."""
    processes = list(draft.root.iterchildren(f"{BPMN}process"))
    filled = [process for process in processes if nodes_in(process)]
    if not filled:
        draft.report.add("process-missing", None)
        return
    _mark(draft, filled)
    for process in processes:
        if process not in filled:
            process.set("isExecutable", "false")
    pools = [
        participant
        for participant in draft.root.iter(f"{BPMN}participant")
        if participant.get("processRef", "") in {process.get("id") for process in filled}
    ]
    if len(pools) > 1:
        draft.report.add("pools-separated", None, count=len(pools))
    named = {e.get("id", ""): name_of(e) for e in draft.root.iter(f"{BPMN}*") if e.get("id")}
    for flow in list(draft.root.iter(f"{BPMN}messageFlow")):
        source, target = flow.get("sourceRef", ""), flow.get("targetRef", "")
        draft.report.add(
            "message-flow-not-carried",
            flow.get("id"),
            source=named.get(source, source) or "?",
            target=named.get(target, target) or "?",
        )
        if source not in named or target not in named:
            # Its two ends are named above; a line from nowhere cannot be drawn.
            remove(flow)


def _mark(draft: Draft, processes: list[Element]) -> None:
    some_run = any(flag(process, "isExecutable") for process in processes)
    for process in processes:
        if flag(process, "isExecutable"):
            continue
        if some_run and process.get("isExecutable") is not None:
            nodes = ", ".join(node.get("id", "") for node in process.iter() if is_node(node))
            draft.report.add("process-not-executed", process.get("id"), nodes=nodes)
            continue
        process.set("isExecutable", "true")
        draft.report.add("made-executable", process.get("id"))
