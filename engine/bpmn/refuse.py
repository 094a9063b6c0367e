"""What is wrong with a diagram, in the words of the person who drew it (English and Chinese).

Each rule has a stable id. ``{...}`` is filled in by whoever finds it. Nothing that this module
does not know can be said about a file, so the catalogue of reasons is complete here.
"""

from engine.domain.findings import Finding, Rule, Severity

RULES: dict[str, Rule] = {
    # The file
    "not-xml": Rule(
        "The file cannot be read as XML: {reason}",
        "文件不是可读取的 XML：{reason}",
        "Save it again as BPMN 2.0 XML, encoded as UTF-8.",
        "请以 UTF-8 编码重新保存为 BPMN 2.0 XML。",
    ),
    "not-bpmn": Rule(
        "The file is not a BPMN 2.0 model.",
        "文件不是 BPMN 2.0 模型。",
        "Export the diagram as BPMN 2.0 XML.",
        "请将图导出为 BPMN 2.0 XML。",
    ),
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
    "impossible-id": Rule(
        'The id "{id}" is not possible in XML.',
        "ID“{id}”不符合 XML 的规定。",
        "Begin it with a letter or _, and use only letters, digits, _, - and dots.",
        "请以字母或 _ 开头，且只使用字母、数字、_、- 和点。",
    ),
    "too-long": Rule(
        "The {what} is longer than {most} characters.",
        "{what} 超过 {most} 个字符。",
        "Shorten it; a description may be as long as you like.",
        "请缩短；说明文字（documentation）的长度不限。",
    ),
    # What is not what it seems
    "foreign-element": Rule(
        "The element {what} is not of BPMN's vocabulary; it only looks like part of the process.",
        "元素 {what} 不属于 BPMN 词汇，只是看起来像流程的一部分。",
        "Draw it as BPMN, or remove it.",
        "请用 BPMN 重新绘制，或将其删除。",
    ),
    "hidden-element": Rule(
        "A BPMN element ({what}) is hidden among the settings of another; it would not run.",
        "BPMN 元素（{what}）藏在另一元素的设置中，不会执行。",
        "Draw it in the open, or remove it.",
        "请在图中绘制，或将其删除。",
    ),
    "misplaced-element": Rule(
        "A {what} cannot be inside {where}; it would not run.",
        "{what} 不能位于 {where} 之内，不会执行。",
        "Draw it directly in the process or in a sub-process.",
        "请直接绘制在流程或子流程中。",
    ),
    "look-alike-setting": Rule(
        "The setting {what} looks like one that is carried out, but is of another vocabulary.",
        "设置 {what} 看似会被执行，但属于另一词汇。",
        "Set it again in the modeler, or remove it.",
        "请在建模器中重新设置，或将其删除。",
    ),
    "prefixed-attribute": Rule(
        "The attribute {what} is written with a prefix, so that nobody reads it.",
        "属性 {what} 带有前缀，不会被读取。",
        "Write it without the prefix.",
        "请去掉前缀。",
    ),
    "part-twice": Rule(
        "There is more than one {what}; only one of them would be read.",
        "存在多个 {what}，只有一个会被读取。",
        "Keep one.",
        "请只保留一个。",
    ),
    "markup-in-text": Rule(
        "The text of {what} is interrupted by an element; part of it would not be read.",
        "{what} 的文本被元素打断，部分内容不会被读取。",
        "Write it again as plain text.",
        "请改写为纯文本。",
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
        "Nothing needs to be done; keep values in variables.",
        "无需处理；数值请保存在变量中。",
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
        "Nothing needs to be done; remove it if it should do something.",
        "无需处理；如需其起作用，请删除并重新设置。",
        severity=Severity.WARNING,
    ),
    "invalid-value": Rule(
        '"{value}" is no valid value of {what}.',
        "“{value}”不是 {what_zh} 的有效值。",
        "Correct the value.",
        "请更正该值。",
    ),
    "expression-error": Rule(
        "The expression {expression} cannot be understood: {reason}",
        "无法理解表达式 {expression}：{reason}",
        "Correct the expression.",
        "请更正表达式。",
    ),
    "expression-not-allowed": Rule(
        "{what} must be a fixed text here, not an expression.",
        "{what_zh} 在此必须是固定文本，不能是表达式。",
        "Write it without the leading =.",
        "请去掉开头的 =，填写固定文本。",
    ),
    # Flows
    "broken-flow": Rule(
        "The sequence flow does not lead from one element to another of the same process.",
        "顺序流没有连接同一流程中的两个元素。",
        "Draw the flow again between two elements of one process or sub-process.",
        "请在同一流程或子流程的两个元素之间重新绘制。",
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
        "Write it as FEEL, for example =amount > 100.",
        "请写成 FEEL，例如 =amount > 100。",
    ),
    "condition-on-default": Rule(
        "The default flow must not have a condition.",
        "默认流不能设置条件。",
        "Remove the condition; the flow is taken when no other condition holds.",
        "请删除条件；其他条件都不成立时会走默认流。",
    ),
    "default-unknown": Rule(
        "The default flow does not leave this element.",
        "默认流不是从该元素流出的。",
        "Choose one of the flows that leave the element.",
        "请从该元素流出的顺序流中选择。",
    ),
    "unreachable": Rule(
        "No path leads here from a start event.",
        "从开始事件无法到达此处。",
        "Connect it, or remove it.",
        "请将其连接，或删除。",
        severity=Severity.WARNING,
    ),
    # Starts, ends, events
    "start-missing": Rule(
        "{what} has no start event.",
        "{what_zh}没有开始事件。",
        "Add a start event.",
        "请添加开始事件。",
    ),
    "start-ambiguous": Rule(
        "There is more than one plain start event.",
        "存在多个普通开始事件。",
        "Keep one.",
        "请只保留一个。",
    ),
    "start-in-subprocess": Rule(
        "A sub-process needs exactly one start event, a plain one.",
        "子流程必须且只能有一个普通开始事件。",
        "Begin the sub-process with one start event that waits for nothing.",
        "请让子流程以一个无触发条件的开始事件开始。",
    ),
    "trigger-missing": Rule(
        "An event sub-process needs exactly one start event, and that an event to wait for.",
        "事件子流程必须且只能有一个带触发条件的开始事件。",
        "Choose a timer, message, signal, condition, error, escalation or compensation for its "
        "start event.",
        "请为其开始事件选择定时器、消息、信号、条件、错误、升级或补偿。",
    ),
    "events-combined": Rule(
        "An event can wait for one thing only.",
        "一个事件只能等待一种触发。",
        "Draw one event for each thing.",
        "请为每种触发分别绘制事件。",
    ),
    "boundary-host": Rule(
        "The event is not attached to an activity of the same process.",
        "该边界事件没有附着在同一流程的活动上。",
        "Put it on the edge of an activity, and choose what it waits for.",
        "请将其放在活动的边界上，并选择触发条件。",
    ),
    "link-unmatched": Rule(
        'The link "{name}" needs exactly one catching event in the same process or sub-process.',
        "链接“{name}”在同一流程或子流程中必须且只能有一个捕获事件。",
        "Give both ends the same name, and every catching end a name of its own.",
        "请为两端设置相同的名称，且每个捕获端的名称唯一。",
    ),
    "event-gateway-target": Rule(
        "After an event-based gateway only timer, message, signal and conditional events may "
        "follow, each reached from this gateway alone.",
        "事件网关之后只能是定时器、消息、信号或条件事件，且只能由该网关到达。",
        "Put an event between the gateway and what comes then.",
        "请在网关与后续元素之间放置一个事件。",
    ),
    "event-gateway-ways": Rule(
        "An event-based gateway needs at least two ways.",
        "事件网关至少需要两条出口。",
        "Add a second event behind it, or remove the gateway.",
        "请在其后添加第二个事件，或删除该网关。",
    ),
    "message-missing": Rule(
        "No message with a name is chosen.",
        "没有选择带名称的消息。",
        "Choose a message.",
        "请选择消息。",
    ),
    "message-name-not-static": Rule(
        "The message that starts a process needs a fixed name.",
        "启动流程的消息必须使用固定名称。",
        "Write the name without the leading =.",
        "请去掉名称开头的 =。",
    ),
    "signal-missing": Rule(
        "No signal with a name is chosen.",
        "没有选择带名称的信号。",
        "Choose a signal.",
        "请选择信号。",
    ),
    "signal-name-not-static": Rule(
        "The signal that starts a process needs a fixed name.",
        "启动流程的信号必须使用固定名称。",
        "Write the name without the leading =.",
        "请去掉名称开头的 =。",
    ),
    "correlation-key-missing": Rule(
        'The message "{name}" has no subscription correlation key.',
        "消息“{name}”没有设置订阅关联键。",
        "Set it, for example =case_number.",
        "请设置，例如 =case_number。",
    ),
    "code-missing": Rule(
        "The {what} that is thrown needs a code.",
        "抛出的{what_zh}需要代码。",
        "Choose or create one with a code.",
        "请选择或新建带代码的定义。",
    ),
    "caught-twice": Rule(
        "Two events on the same edge catch the same {what}.",
        "同一边界上有两个事件捕获相同的{what_zh}。",
        "Remove one of them, or let it catch another.",
        "请删除其中一个，或改为捕获其他对象。",
    ),
    "error-not-interrupting": Rule(
        "An error or a cancellation always interrupts the activity; draw the event with a solid "
        "border.",
        "错误事件和取消事件总是中断活动，请使用实线边框的边界事件。",
        "Make the event interrupting.",
        "请将该事件设为中断。",
    ),
    "compensation-handler": Rule(
        "The compensation event does not lead to exactly one activity marked for compensation "
        "in the same process or sub-process.",
        "补偿边界事件没有关联到同一流程或子流程中唯一一个带补偿标记的活动。",
        "Draw an association from the event to the activity that undoes.",
        "请从该事件画一条关联线到执行补偿的活动。",
    ),
    "compensation-handler-edge": Rule(
        "A compensation activity has no events on its edge.",
        "补偿活动不能附着边界事件。",
        "Put it into a sub-process marked for compensation, and the event on it there.",
        "请将其放入带补偿标记的子流程，并在其中附着该事件。",
    ),
    "compensation-target": Rule(
        'Nothing undoes "{activity}", or it does not lie beside the event that asks for it.',
        "“{activity}”没有补偿处理，或不在抛出补偿的事件所在范围内。",
        "Choose an activity of the same scope with a compensation event on its edge.",
        "请选择同一范围内带补偿边界事件的活动。",
    ),
    "compensation-start": Rule(
        "Compensation starts an event sub-process only inside a sub-process, which it undoes.",
        "补偿开始事件只能用于子流程内的事件子流程，用来撤销该子流程。",
        "Put what can be undone into a sub-process together with it.",
        "请将可撤销的步骤与其一起放入一个子流程。",
    ),
    "cancel-misplaced": Rule(
        "A cancel event is possible only as an end event of a transaction or on its edge.",
        "取消事件只能作为事务子流程的结束事件或其边界事件。",
        "Draw a transaction around what is cancelled.",
        "请用事务子流程包住要取消的步骤。",
    ),
    "cancel-uncaught": Rule(
        "The transaction can be cancelled, but has no cancel event on its edge.",
        "事务可被取消，但其边界上没有取消事件。",
        "Attach a cancel event that says how the process goes on.",
        "请附着一个取消边界事件，说明流程如何继续。",
    ),
    "input-not-applied": Rule(
        "An event that is waited for has no input mapping, only an output mapping.",
        "等待触发的事件没有输入映射，只有输出映射。",
        "Remove the input mapping.",
        "请删除输入映射。",
    ),
    # Timers
    "timer-missing": Rule(
        "The timer does not say when.",
        "定时器没有设置时间。",
        "Give it one date, duration or cycle.",
        "请设置日期、时长或周期中的一种。",
    ),
    "timer-invalid": Rule(
        '"{value}" is not {expected} (ISO 8601).',
        "“{value}”不是有效的{expected_zh}（ISO 8601）。",
        "Write it as ISO 8601, for example PT2H or 2026-01-31T09:00:00+08:00.",
        "请按 ISO 8601 填写，例如 PT2H 或 2026-01-31T09:00:00+08:00。",
    ),
    "timer-backwards": Rule(
        "The duration {value} leads into the past; the timer is due at once.",
        "时长 {value} 指向过去，定时器会立即到期。",
        "Remove the minus sign, or the timer if nothing is to be waited for.",
        "请去掉负号；如果无需等待，请删除定时器。",
        severity=Severity.WARNING,
    ),
    "timer-cycle-misplaced": Rule(
        "A repeating timer is possible only at a start event of the process, at a "
        "non-interrupting event on an edge or as a non-interrupting start of an event "
        "sub-process.",
        "重复定时器只能用于流程的开始事件、非中断边界事件或非中断事件子流程的开始事件。",
        "Use a duration or a date, or make the event non-interrupting.",
        "请使用时长或日期，或将事件设为非中断。",
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
    "setting-missing": Rule(
        "{what} is missing.",
        "缺少 {what_zh}。",
        "Set it in the properties of the element.",
        "请在元素属性中设置。",
    ),
    "settings-clash": Rule(
        "{what} exclude each other.",
        "{what_zh} 不能同时设置。",
        "Keep one of them.",
        "请只保留其中一个。",
    ),
    "loop-collection-missing": Rule(
        "The multi-instance activity has no input collection.",
        "多实例活动没有设置输入集合。",
        "Set it, for example =items, or =for i in 1..3 return i for three rounds.",
        "请设置，例如 =items；循环三次可写 =for i in 1..3 return i。",
    ),
    "loop-endless": Rule(
        "The activity's loop has neither a condition nor a maximum, so it would never end.",
        "该活动的循环既没有条件也没有最大次数，永远不会结束。",
        "Give it a loop condition in FEEL, for example =attempts < 3, or a loopMaximum.",
        "请设置 FEEL 循环条件（例如 =attempts < 3）或 loopMaximum。",
    ),
    "loop-cardinality": Rule(
        "The multi-instance activity has a fixed number of iterations; only collections count.",
        "多实例活动设置了固定循环次数；这里只按集合循环。",
        "Remove the number and set the input collection, for example =for i in 1..3 return i.",
        "请删除该次数并设置输入集合，例如 =for i in 1..3 return i。",
    ),
    "four-eyes-unknown": Rule(
        'fourEyesWith names "{task}", which is no user task of this process.',
        "fourEyesWith 引用的“{task}”不是本流程的用户任务。",
        "Name the id of a user task of this process.",
        "请填写本流程中用户任务的 ID。",
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
