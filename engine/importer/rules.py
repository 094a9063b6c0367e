"""Everything the importer can say about a file, in the owner's words, in both languages.

``{...}`` is filled in by whoever finds it. An error keeps the file from being executable.
"""

from collections.abc import Iterable
from functools import partial

from engine.domain.findings import Finding, Rule, Severity

_error = partial(Rule, severity=Severity.ERROR)
_warning = partial(Rule, severity=Severity.WARNING)
_info = partial(Rule, severity=Severity.INFO)

RULES: dict[str, Rule] = {
    # The bytes
    "import-not-readable": _error(
        "The file cannot be read: {reason}.",
        "无法读取文件：{reason}。",
        "Save it again as BPMN 2.0 XML, encoded as UTF-8.",
        "请重新另存为 UTF-8 编码的 BPMN 2.0 XML。",
    ),
    "import-not-bpmn": _error(
        "The file is {what}, not a BPMN 2.0 model.",
        "该文件是 {what}，不是 BPMN 2.0 模型。",
        "Export the diagram as BPMN 2.0 XML.",
        "请将图导出为 BPMN 2.0 XML。",
    ),
    "control-characters": _warning(
        "{count} control characters that XML forbids were removed.",
        "已删除 {count} 个 XML 禁止的控制字符。",
        "Check names and texts near them.",
        "请检查附近的名称和文本。",
    ),
    "encoding-broken": _warning(
        "{count} characters are not {encoding} and show as \ufffd.",
        "有 {count} 个字符不是 {encoding} 编码，显示为 \ufffd。",
        "Save the file again with the encoding that it declares.",
        "请按声明的编码重新保存文件。",
    ),
    "look-alike-element": _warning(
        'An element "{what}" of another vocabulary looks like BPMN but is none; it was removed.',
        "元素“{what}”看似 BPMN，但属于其他词汇表，已删除。",
        "Draw it as BPMN if it is meant to run.",
        "如需执行，请用 BPMN 绘制。",
    ),
    "hidden-model": _warning(
        'A BPMN element "{what}" was hidden among the settings of another; it was removed.',
        "BPMN 元素“{what}”隐藏在其他元素的设置中，已删除。",
        "Draw it in the open if it is meant to run.",
        "如需执行，请在图中直接绘制。",
    ),
    "comment-in-text": _error(
        "A comment interrupts the text “{text}”; what was shown may not be what runs.",
        "注释打断了文本“{text}”；显示的内容可能与执行的内容不同。",
        "Check the text and write it again without a comment.",
        "请检查并在不含注释的情况下重新填写。",
    ),
    "markup-in-name": _warning(
        "The name contained markup, which was removed: “{name}”.",
        "名称中包含标记，已删除：“{name}”。",
        "Check the name.",
        "请检查名称。",
    ),
    # Identity
    "id-generated": _info(
        "A {what} had no id; it is now “{id}”.",
        "一个 {what} 没有 ID，现为“{id}”。",
        "Choose a telling id if you like.",
        "可以改为更有意义的 ID。",
    ),
    "id-renamed": _info(
        "The id “{old}” is not possible in XML; it is now “{id}”.",
        "ID“{old}”不符合 XML 规范，现为“{id}”。",
        "Choose a telling id if you like.",
        "可以改为更有意义的 ID。",
    ),
    "id-repeated": _error(
        "The id “{old}” is used more than once; this one is now “{id}”. Flows may mean either.",
        "ID“{old}”被多次使用，此处现为“{id}”。顺序流所指不明。",
        "Check which element the flows should lead to.",
        "请检查顺序流应指向哪个元素。",
    ),
    # Processes
    "made-executable": _info(
        "The process was not marked as executable; it is now.",
        "流程未标记为可执行，现已标记。",
        "Take the mark away if it is only a drawing.",
        "如果仅作图示，请取消标记。",
    ),
    "process-not-executed": _info(
        "The process stays a drawing: it is not marked as executable. It holds: {nodes}.",
        "该流程未标记为可执行，仅作图示。其中包含：{nodes}。",
        "Mark it as executable if it should run.",
        "如需执行，请标记为可执行。",
    ),
    "process-missing": _error(
        "The file holds no process that could run.",
        "文件中没有可以执行的流程。",
        "Draw a process with at least one step.",
        "请绘制至少包含一个步骤的流程。",
    ),
    "pools-separated": _info(
        "The file has {count} pools with processes; each is a process of its own now.",
        "文件中有 {count} 个含流程的池，现各为独立流程。",
        "Start each where its work begins.",
        "请在各自的起点启动。",
    ),
    "message-flow-not-carried": _warning(
        "A message flow from {source} to {target} is drawn, but carries nothing by itself.",
        "从 {source} 到 {target} 的消息流仅作图示，不会自动传递消息。",
        "Send the message with a message event and publish it with its key.",
        "请用消息事件发送，并设置关联键。",
    ),
    # Flows
    "dangling-flow": _warning(
        "The sequence flow “{name}” from {source} to {target} leads nowhere; it was removed.",
        "从 {source} 到 {target} 的顺序流“{name}”没有连接两端，已删除。",
        "Draw it again between two steps of one process.",
        "请在同一流程的两个步骤之间重新绘制。",
    ),
    "flow-end-found": _info(
        "The sequence flow named only one end; the other was found at the step it touches.",
        "顺序流只写明一端，另一端已根据相连步骤补全。",
        "Check where it leads.",
        "请检查其走向。",
    ),
    "implicit-start": _info(
        "There was no start event; one was added before {nodes}.",
        "没有开始事件，已在 {nodes} 之前添加。",
        "Check that the process should begin there.",
        "请检查流程是否应从此开始。",
    ),
    "start-not-found": _error(
        "There is no start event, and every step has another before it.",
        "没有开始事件，且每个步骤都有前置步骤。",
        "Add a start event where the process begins.",
        "请在流程起点添加开始事件。",
    ),
    "implicit-end": _info(
        "The path ended without an end event; one was added.",
        "路径没有结束事件，已添加。",
        "Check that nothing should follow.",
        "请检查后面是否应有其他步骤。",
    ),
    "implicit-split": _info(
        "Several flows leave the step; a {what} now says how.",
        "多条顺序流从该步骤流出，已添加{what_zh}明确分支方式。",
        "Check that this is what the drawing means.",
        "请检查是否符合原意。",
    ),
    "implicit-default": _warning(
        "The flow had no condition where all others have one; it is now the default.",
        "其他出口都有条件，唯独该顺序流没有，现设为默认流。",
        "Check that it is taken when no other condition holds.",
        "请检查它是否应在其他条件均不满足时执行。",
    ),
    "default-corrected": _warning(
        "The default flow of the gateway was not possible as written and was corrected: {what}.",
        "网关的默认流写法不可行，已更正：{what}。",
        "Check which way is taken when no condition holds.",
        "请检查所有条件不满足时的走向。",
    ),
    "condition-without-effect": _warning(
        "A condition has no effect on a flow out of such a gateway; “{condition}” was removed.",
        "此类网关的出口条件不起作用，已删除“{condition}”。",
        "Use an exclusive gateway if it should decide.",
        "如需判断，请使用排他网关。",
    ),
    "human-decision": _warning(
        "The gateway does not say when which way is taken ({ways}); a person is asked: {id}.",
        "网关没有说明何时选择哪条路（{ways}），已添加人工判断步骤 {id}。",
        "Write conditions beginning with =, and remove the added step.",
        "请填写以 = 开头的条件，并删除添加的步骤。",
    ),
    "condition-untranslated": _error(
        "The {what} “{text}” could not be translated: {reason}.",
        "无法翻译{what_zh}“{text}”：{reason_zh}。",
        "Write it as FEEL, beginning with =.",
        "请改写为以 = 开头的 FEEL 表达式。",
    ),
    "expression-translated": _info(
        "“{old}” was translated to “{new}”.",
        "“{old}”已翻译为“{new}”。",
        "Check that it means the same.",
        "请检查含义是否相同。",
    ),
    "link-stitched": _info(
        "The link “{name}” is now a sequence flow to {target}.",
        "链接“{name}”现为指向 {target} 的顺序流。",
        "Nothing needs to be done.",
        "无需处理。",
    ),
    "link-unmatched": _error(
        "The link “{name}” has {count} ends to lead to, not one.",
        "链接“{name}”有 {count} 个目标，而不是一个。",
        "Draw one catching link event of that name in the same process.",
        "请在同一流程中绘制一个同名的捕获链接事件。",
    ),
    # Steps
    "human-step": _warning(
        "{what} cannot run as written and is now a step for a person. {reason}",
        "{what}无法按原样执行，现为人工步骤。{reason_zh}",
        "Describe the step to whoever does it, or set it up as the engine needs it.",
        "请向执行人说明该步骤，或按引擎要求设置。",
    ),
    "inside-human-step": _warning(
        "The step was part of {id}, which is one step for a person now.",
        "该步骤原属于 {id}，后者现为一个人工步骤。",
        "Draw the steps one after the other if each should be seen.",
        "如需逐一显示，请按顺序绘制这些步骤。",
    ),
    "event-undefined": _warning(
        "The event does not say what it waits for; a person is asked whether it has happened.",
        "事件没有说明等待什么，现由人工确认是否发生。",
        "Choose a timer or a message.",
        "请选择定时器或消息。",
    ),
    "boundary-undefined": _error(
        "The event on the edge does not say what it waits for.",
        "边界事件没有说明等待什么。",
        "Choose a timer, a message or an error.",
        "请选择定时器、消息或错误。",
    ),
    "start-event-plain": _warning(
        "The start event ({what}) cannot start the process here; it is a plain one now.",
        "开始事件（{what}）在此不能启动流程，现为普通开始事件。",
        "Say what starts the process: a person, a timer or a message.",
        "请说明由什么启动流程：人工、定时器或消息。",
    ),
    # Settings of other engines
    "setting-translated": _info(
        "The setting {what} was translated.",
        "设置 {what} 已翻译。",
        "Nothing needs to be done.",
        "无需处理。",
    ),
    "setting-dropped": _info(
        "The setting {what} means nothing here and was removed.",
        "设置 {what} 在此没有意义，已删除。",
        "Nothing needs to be done.",
        "无需处理。",
    ),
    "setting-question": _warning(
        "The setting {what} was translated as well as possible: {reason}",
        "设置 {what} 已尽量翻译：{reason}",
        "Check it.",
        "请检查。",
    ),
    "setting-untranslated": _error(
        "The setting {what} changes what happens and could not be translated: {reason}",
        "设置 {what} 会影响执行，但无法翻译：{reason}",
        "Draw what it does, then remove it.",
        "请用图形表达其作用，然后删除。",
    ),
    # The drawing
    "diagram-repaired": _info(
        "The drawing of the element was broken: {what}.",
        "元素的图形数据有误：{what}。",
        "Move it to its place.",
        "请将其移到合适的位置。",
    ),
    "diagram-missing": _warning(
        "The file has no drawing of the process, only its description.",
        "文件只有流程描述，没有图形。",
        "Open it in a modeler and lay it out.",
        "请在建模工具中打开并布局。",
    ),
}


class Report:
    """Collects the findings of one import, each once, in the order they were made."""

    def __init__(self, resource_name: str) -> None:
        self._resource = resource_name
        self._found: dict[Finding, None] = {}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what was found so far."""
        return tuple(self._found)

    @property
    def has_errors(self) -> bool:
        """Tell whether something stands in the way of running the file."""
        return any(finding.severity is Severity.ERROR for finding in self._found)

    def add(self, rule: str, element_id: str | None, **parts: object) -> None:
        """Record that *rule* applies to an element."""
        found = RULES[rule].finding(
            rule, resource=self._resource, element_id=element_id, parts=parts
        )
        self._found[found] = None

    def take(self, findings: Iterable[Finding]) -> None:
        """Add what the engine says, unless the importer has said it of the same element."""
        explained = {f.element_id for f in self._found if f.severity is Severity.ERROR}
        for finding in findings:
            if finding.rule not in _SAID_BETTER or finding.element_id not in explained:
                self._found[finding] = None


_SAID_BETTER = frozenset({"unsupported-extension", "condition-not-feel", "expression-error"})
"""Rules of the engine that only repeat, in general words, an error the importer has explained."""
