"""Everything the linter can say, in the owner's words, in both languages."""

from functools import partial

from engine.domain.findings import Finding, Rule, Severity

_warning = partial(Rule, severity=Severity.WARNING)
_info = partial(Rule, severity=Severity.INFO)

RULES: dict[str, Rule] = {
    "join-waits-for-ever": _warning(
        "The parallel join waits for a way that {gateway} may never take.",
        "并行汇聚会等待 {gateway} 可能不会选择的路径。",
        "Join the ways with the kind of gateway that parted them.",
        "请使用与分支相同类型的网关进行汇聚。",
    ),
    "join-never-fed": _warning(
        "The parallel join waits for a token from {source}, where none comes before it is through.",
        "并行汇聚等待来自 {source} 的令牌，但在汇聚通过之前不会有令牌到达那里。",
        "Bring ways back with an exclusive gateway; remove ways that nothing leads to.",
        "返回的路径请用排他网关合并；没有来源的路径请删除。",
    ),
    "path-without-end": _warning(
        "From here no path leads to an end.",
        "从此处没有任何路径通向结束。",
        "Add a way out that leads to an end event.",
        "请添加一条通向结束事件的出口。",
    ),
    "dead-boundary-event": _warning(
        "The event never happens: {host} throws no error or escalation.",
        "该事件不会发生：{host} 不会抛出错误或升级。",
        "Remove it, or attach it to the activity that throws.",
        "请删除，或附着到会抛出的活动上。",
    ),
    "host-never-waits": _warning(
        "The event never happens: {host} is done at once and waits for nothing.",
        "该事件不会发生：{host} 会立即完成，不作任何等待。",
        "Remove it, or attach it to the step that takes time.",
        "请删除，或附着到需要等待的步骤上。",
    ),
    "signal-uncaught": _warning(
        "No process among the files waits for the signal “{name}”.",
        "文件中没有流程等待信号“{name}”。",
        "Check its name, or lint it together with the process that waits for it.",
        "请检查名称，或与等待该信号的流程一起检查。",
    ),
    "condition-constant": _warning(
        "The condition reads no variable, so nobody looks at it a second time: {text}.",
        "条件没有读取任何变量，因此不会被再次检查：{text}。",
        "Let it read the variable that it waits for, or use a timer.",
        "请让条件读取所等待的变量，或改用定时器。",
    ),
    "condition-not-noticed": _warning(
        "The condition reads none of the variables at whose change it is looked at: {names}.",
        "条件没有读取会触发检查的任何变量：{names}。",
        "Name the variables that the condition reads, or none for all of them.",
        "请填写条件读取的变量，留空则表示全部。",
    ),
    "compensates-nothing": _warning(
        "The event undoes nothing: no activity beside it has a compensation event on its edge.",
        "该事件不会撤销任何步骤：同一范围内没有带补偿边界事件的活动。",
        "Attach compensation events to what is to be undone, or use a plain event.",
        "请为需要撤销的活动附着补偿事件，或改用普通事件。",
    ),
    "never-undone": _warning(
        "Nothing ever asks for this compensation.",
        "没有任何事件触发该补偿。",
        "Throw compensation in the same process or sub-process, or remove the event.",
        "请在同一流程或子流程中抛出补偿，或删除该事件。",
    ),
    "cancel-never-happens": _warning(
        "The event never happens: {host} has no cancel end event.",
        "该事件不会发生：{host} 内没有取消结束事件。",
        "Remove it, or end a way of the transaction with a cancel event.",
        "请删除，或在事务中使用取消结束事件。",
    ),
    "unknown-variable": _warning(
        "Nothing in the process writes {names}.",
        "流程中没有任何步骤写入 {names}。",
        "Check the spelling; it must come from the start, a form, a job or a message.",
        "请检查拼写；该变量须来自启动、表单、作业或消息。",
    ),
    "unknown-form": _warning(
        "The form “{id}” is not among the files.",
        "文件中没有表单“{id}”。",
        "Deploy it together with the process.",
        "请与流程一起部署。",
    ),
    "unknown-decision": _warning(
        "The decision “{id}” is not among the files.",
        "文件中没有决策“{id}”。",
        "Deploy it together with the process.",
        "请与流程一起部署。",
    ),
    "unknown-process": _warning(
        "The called process “{id}” is not among the files.",
        "文件中没有被调用的流程“{id}”。",
        "Deploy it together with the process.",
        "请一起部署。",
    ),
    "form-text-missing": _info(
        "There is no {language} for: {texts}. People see it in the form's other language.",
        "缺少{language_zh}：{texts}。用户将看到表单的另一种语言。",
        "Write it under Translations in the form's editor.",
        "请在表单编辑器的“翻译”中填写。",
    ),
    "timer-without-zone": _warning(
        "The time {text} has no time zone; it would be read as UTC or refused.",
        "时间 {text} 没有时区，可能按 UTC 解释或被拒绝。",
        "Add the zone, for example +08:00.",
        "请加上时区，例如 +08:00。",
    ),
    "endless-cycle": _info(
        "The timer repeats for as long as the activity is open: {text}.",
        "只要活动未结束，定时器就会一直重复：{text}。",
        "Bound it, for example R3/PT24H, if it should stop.",
        "如需停止，请限制次数，例如 R3/PT24H。",
    ),
    "nobody-to-do-it": _warning(
        "The user task names nobody who may do it: no assignee, candidates or lane.",
        "用户任务没有指定办理人：无负责人、候选人或泳道。",
        "Name a group, or draw the task in a lane.",
        "请指定用户组，或将任务放入泳道。",
    ),
    "user-task-without-form": _info(
        "The user task has no form; nothing can be entered.",
        "用户任务没有表单，无法录入内容。",
        "Link a form if something is to be recorded.",
        "如需记录内容，请关联表单。",
    ),
    "name-missing": _warning(
        "The step has no name; people see only its id.",
        "该步骤没有名称，用户只能看到 ID。",
        "Give it a name.",
        "请填写名称。",
    ),
    "name-zh-missing": _info(
        "The step has no Chinese name.",
        "该步骤没有中文名称。",
        "Set the property name.zh.",
        "请设置属性 name.zh。",
    ),
}


class Report:
    """Collects the findings of one file."""

    def __init__(self, resource_name: str) -> None:
        self._resource = resource_name
        self.found: list[Finding] = []

    def add(self, rule: str, element_id: str | None, **parts: object) -> None:
        """Record that *rule* applies to an element."""
        self.found.append(
            RULES[rule].finding(rule, resource=self._resource, element_id=element_id, parts=parts)
        )
