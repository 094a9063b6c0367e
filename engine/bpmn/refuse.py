"""What is wrong with a diagram, in the words of the person who drew it (English and Chinese).

Each rule has a stable id. ``{...}`` is filled in by whoever finds it. Nothing that this module
does not know can be said about a file, so the catalogue of reasons is complete here.
"""

from engine.domain.findings import Finding, Rule, Severity

RULES: dict[str, Rule] = {
    # The file
    "not-xml": Rule("The file cannot be read as XML: {reason}", "文件不是可读取的 XML：{reason}"),
    "not-bpmn": Rule("The file is not a BPMN 2.0 model.", "文件不是 BPMN 2.0 模型。"),
    "no-process": Rule(
        "The file has no executable process.",
        "文件中没有可执行的流程。",
        'Tick "Executable" on the process.',
        "请在流程属性中勾选“可执行”。",
    ),
    "missing-id": Rule(
        "A {what} has no id.", "一个 {what} 没有 ID。", "Give it an id.", "请设置 ID。"
    ),
    "duplicate-id": Rule(
        'The id "{id}" is used more than once.',
        "ID“{id}”被多次使用。",
        "Give each element an id of its own.",
        "请为每个元素设置唯一的 ID。",
    ),
    # Constructs
    "unsupported-element": Rule(
        "{what} is not supported; it would not run as drawn.",
        "不支持{what_zh}，无法按图执行。",
        "Draw it with supported elements.",
        "请改用受支持的元素。",
    ),
    "not-executed": Rule(
        "{what} is drawn but has no effect when the process runs.",
        "{what_zh}仅作图示，执行时不起作用。",
        severity=Severity.WARNING,
    ),
    "unsupported-extension": Rule(
        "The setting {what} is not carried out.",
        "设置 {what} 不会被执行。",
        "Remove it, or draw what it should do.",
        "请删除该设置，或用图形表达其作用。",
    ),
    "foreign-extension": Rule(
        "The setting {what} is of another program and has no effect here.",
        "设置 {what} 属于其他程序，在此不起作用。",
        severity=Severity.WARNING,
    ),
    "invalid-value": Rule(
        '"{value}" is no valid value of {what}.', "“{value}”不是 {what} 的有效值。"
    ),
    "expression-error": Rule(
        "The expression {expression} cannot be understood: {reason}",
        "无法理解表达式 {expression}：{reason}",
    ),
    "expression-not-allowed": Rule(
        "{what} must be a fixed text here, not an expression.",
        "{what} 在此必须是固定文本，不能是表达式。",
    ),
    # Flows
    "broken-flow": Rule(
        "The sequence flow does not lead from one element to another of the same process.",
        "顺序流没有连接同一流程中的两个元素。",
    ),
    "impossible-flow": Rule(
        "A sequence flow cannot {what}.", "顺序流不能{what_zh}。", "Remove it.", "请删除该顺序流。"
    ),
    "condition-not-at-gateway": Rule(
        "Only flows out of an activity or an exclusive or inclusive gateway may have a condition.",
        "只有从活动、排他网关或包容网关流出的顺序流才能设置条件。",
        "Put an exclusive gateway after the element.",
        "请在该元素之后添加排他网关。",
    ),
    "condition-missing": Rule(
        "The flow out of the gateway has neither a condition nor is it the default.",
        "从网关流出的顺序流既没有条件，也不是默认流。",
        "Give it a condition beginning with =, or make it the default flow.",
        "请填写以 = 开头的条件，或将其设为默认流。",
    ),
    "condition-not-feel": Rule(
        'The condition "{condition}" is not FEEL; it must begin with =.',
        "条件“{condition}”不是 FEEL 表达式，必须以 = 开头。",
    ),
    "condition-on-default": Rule(
        "The default flow must not have a condition.", "默认流不能设置条件。"
    ),
    "default-unknown": Rule(
        "The default flow does not leave this element.", "默认流不是从该元素流出的。"
    ),
    "unreachable": Rule(
        "No path leads here from a start event.",
        "从开始事件无法到达此处。",
        severity=Severity.WARNING,
    ),
    # Starts, ends, events
    "start-missing": Rule("{what} has no start event.", "{what_zh}没有开始事件。"),
    "start-ambiguous": Rule(
        "There is more than one plain start event.",
        "存在多个普通开始事件。",
        "Keep one.",
        "请只保留一个。",
    ),
    "start-in-subprocess": Rule(
        "A sub-process needs exactly one start event, a plain one.",
        "子流程必须且只能有一个普通开始事件。",
    ),
    "trigger-missing": Rule(
        "An event sub-process needs exactly one start event, and that an event to wait for.",
        "事件子流程必须且只能有一个带触发条件的开始事件。",
        "Choose a timer, message, error or escalation for its start event.",
        "请为其开始事件选择定时器、消息、错误或升级。",
    ),
    "events-combined": Rule("An event can wait for one thing only.", "一个事件只能等待一种触发。"),
    "boundary-host": Rule(
        "The event is not attached to an activity of the same process.",
        "该边界事件没有附着在同一流程的活动上。",
    ),
    "link-unmatched": Rule(
        'The link "{name}" needs exactly one catching event in the same process or sub-process.',
        "链接“{name}”在同一流程或子流程中必须且只能有一个捕获事件。",
        "Give both ends the same name, and every catching end a name of its own.",
        "请为两端设置相同的名称，且每个捕获端的名称唯一。",
    ),
    "event-gateway-target": Rule(
        "After an event-based gateway only timer and message events may follow, each reached "
        "from this gateway alone.",
        "事件网关之后只能是定时器事件或消息事件，且只能由该网关到达。",
        "Put an event between the gateway and what comes then.",
        "请在网关与后续元素之间放置一个事件。",
    ),
    "event-gateway-ways": Rule(
        "An event-based gateway needs at least two ways.", "事件网关至少需要两条出口。"
    ),
    "message-missing": Rule(
        "No message with a name is chosen.",
        "没有选择带名称的消息。",
        "Choose a message.",
        "请选择消息。",
    ),
    "message-name-not-static": Rule(
        "The message that starts a process needs a fixed name.", "启动流程的消息必须使用固定名称。"
    ),
    "correlation-key-missing": Rule(
        'The message "{name}" has no subscription correlation key.',
        "消息“{name}”没有设置订阅关联键。",
        "Set it, for example =case_number.",
        "请设置，例如 =case_number。",
    ),
    "code-missing": Rule("The {what} that is thrown needs a code.", "抛出的{what_zh}需要代码。"),
    "caught-twice": Rule(
        "Two events on the same edge catch the same {what}.",
        "同一边界上有两个事件捕获相同的{what_zh}。",
    ),
    "error-not-interrupting": Rule(
        "An error always interrupts the activity; draw the event with a solid border.",
        "错误事件总是中断活动，请使用实线边框的边界事件。",
    ),
    "input-not-applied": Rule(
        "An event that is waited for has no input mapping, only an output mapping.",
        "等待触发的事件没有输入映射，只有输出映射。",
    ),
    # Timers
    "timer-missing": Rule("The timer does not say when.", "定时器没有设置时间。"),
    "timer-invalid": Rule(
        '"{value}" is not {expected} (ISO 8601).',
        "“{value}”不是有效的时间（ISO 8601）：{expected}。",
    ),
    "timer-cycle-misplaced": Rule(
        "A repeating timer is possible only at a start event of the process, at a "
        "non-interrupting event on an edge or as a non-interrupting start of an event "
        "sub-process.",
        "重复定时器只能用于流程的开始事件、非中断边界事件或非中断事件子流程的开始事件。",
    ),
    # Activities
    "user-task-not-zeebe": Rule(
        "The user task lacks the Camunda user task implementation (zeebe:userTask).",
        "该用户任务未使用 Camunda 用户任务实现（zeebe:userTask）。",
        'Choose "Camunda user task" as its implementation.',
        "请将实现方式设为“Camunda 用户任务”。",
    ),
    "form-embedded": Rule(
        "The form is not linked by its id ({what}).",
        "表单没有按 ID 关联（{what}）。",
        "Link a form by its id.",
        "请按表单 ID 关联。",
    ),
    "setting-missing": Rule("{what} is missing.", "缺少 {what}。"),
    "settings-clash": Rule("{what} exclude each other.", "{what} 不能同时设置。"),
    "loop-collection-missing": Rule(
        "The multi-instance activity has no input collection.", "多实例活动没有设置输入集合。"
    ),
    "four-eyes-unknown": Rule(
        'fourEyesWith names "{task}", which is no user task of this process.',
        "fourEyesWith 引用的“{task}”不是本流程的用户任务。",
    ),
}


class Findings:
    """Collects what is found in one file."""

    def __init__(self, resource_name: str) -> None:
        self._resource = resource_name
        self.found: list[Finding] = []

    def add(self, rule: str, element_id: str | None, **parts: object) -> None:
        """Record that *rule* applies to an element."""
        self.found.append(
            RULES[rule].finding(rule, resource=self._resource, element_id=element_id, parts=parts)
        )

    @property
    def errors(self) -> list[Finding]:
        """Those that refuse the deployment."""
        return [finding for finding in self.found if finding.severity is Severity.ERROR]
