/** The properties panel: longer texts. */
export const explanations: Readonly<Record<string, string>> = {
  "A specific point in time defined as ISO 8601 combined date and time representation.":
    "按 ISO 8601 写的日期和时间，表示一个确定的时刻。",
  "UTC time": "UTC 时间",
  "UTC plus 2 hours zone offset": "UTC 加 2 小时",
  "Documentation: Timer events": "文档：定时事件",
  "Timer documentation": "定时器文档",
  "How to configure a timer": "如何设置定时器",
  "A cycle defined as ISO 8601 repeating intervals format.": "按 ISO 8601 写的重复间隔。",
  "A cycle defined as ISO 8601 repeating intervals format, or a cron expression.":
    "按 ISO 8601 写的重复间隔，或 cron 表达式。",
  "every 10 seconds, up to 5 times": "每 10 秒一次，最多 5 次",
  "every day, infinitely": "每天一次，不限次数",
  "every hour on the hour from 9-5 p.m. UTC Monday-Friday": "周一至周五 UTC 9 时至 17 时每个整点",
  "A time duration defined as ISO 8601 durations format.": "按 ISO 8601 写的时长。",
  "15 seconds": "15 秒",
  "1 hour and 30 minutes": "1 小时 30 分钟",
  "14 days": "14 天",
  "List of process variable names that trigger the condition evaluation.":
    "哪些流程变量变化时重新判断条件。",
  "Variable events that trigger the condition evaluation.\n\nIf none selected, all variable events will trigger the condition evaluation.":
    "哪些变量事件会重新判断条件。\n\n都不选时，任何变量事件都会重新判断。",
  "If turned on, all variables from the parent process instance will be propagated to the child process instance.":
    "打开后，父流程实例的全部变量都传给子流程实例。",
  "Otherwise, only variables defined via input mappings will be propagated.":
    "否则只传输入映射中定义的变量。",
  "If turned on, all variables from the child process instance will be propagated to the parent process instance.":
    "打开后，子流程实例的全部变量都传回父流程实例。",
  "Otherwise, only variables defined via output mappings will be propagated.":
    "否则只传输出映射中定义的变量。",
  "The template applied was not found. Therefore, its properties cannot be shown. Unlink to access the data.":
    "找不到所用的模板，无法显示其属性。解除关联后可以查看数据。",
  "A new version of the template is available: {templateVersion}":
    "模板有新版本：{templateVersion}",
  "A version of this template is available that supports your environment: {templateVersion}":
    "此模板有适合您环境的版本：{templateVersion}",
  "This template is deprecated.": "此模板已弃用。",
  "No compatible version of this template was found for your environment. Unlink to access the template’s data.":
    "没有适合您环境的模板版本。解除关联后可以查看数据。",
  "Scientific notation is disallowed in FEEL.": "FEEL 中不能使用科学计数法。",
  "Parameter won't be created as local variable.": "此参数不会成为局部变量。",
  "Parameter won't be available in process scope.": "此参数在流程范围内不可用。",
  "Process variable name must not be empty.": "流程变量名不能为空。",
  "Process variable name must not contain spaces.": "流程变量名不能含空格。",
  "Learn more.": "了解更多。",
  " or ": "或",
  "). ": "）。",
  "Define who the task is assigned to. One or all of the following attributes can be specified simultaneously. ":
    "规定任务分派给谁。以下各项可以只填一项，也可以同时填写。",
  "User task documentation": "用户任务文档",
  "User task form documentation": "用户任务表单文档",
  "User task priority documentation": "用户任务优先级文档",
  "Define a boolean condition expression that defines when this flow is taken. ":
    "填写一个结果为是或否的表达式，决定何时走这条流向。",
  "Conditions documentation": "条件文档",
  "Learn how to define conditions.": "如何编写条件",
  "Evaluate a business rule, for example a DMN decision. To add a custom implementation, use a job worker. ":
    "执行业务规则，例如 DMN 决策。要自行实现，请选择作业执行者。",
  "Business rule task documentation": "业务规则任务文档",
  "Implement a script task using an inline FEEL expression. To add a custom implementation, use a job worker. ":
    "用 FEEL 表达式实现脚本任务。要自行实现，请选择作业执行者。",
  "Script task documentation": "脚本任务文档",
  "Implement a user task managed by Camunda. To add a custom implementation, use a job worker. ":
    "由 Redress 管理的用户任务。要自行实现，请选择作业执行者。",
  "Link a form created with the Camunda Forms editor. To associate a custom form, application, or URL to the user task, specify an external reference. ":
    "引用一张表单；也可以填写外部表单、应用或网址。",
  "Link or embed a form created with the Camunda Forms editor. To associate a custom form, application, or URL to the user task, specify a form key. ":
    "引用或内嵌一张表单；也可以填写表单键。",
  "Define the decision to evaluate and how to map back the evaluation result. ":
    "规定执行哪个决策，以及结果放在哪里。",
  "Send task documentation": "发送任务文档",
  "Configure the message that the task waits for. ": "设置此任务等待的消息。",
  "Receive task message documentation": "接收任务文档",
  "Configure the message that will start this process instance. ": "设置启动流程实例的消息。",
  "Message start event documentation": "消息开始事件文档",
  "Configure the message that this event waits for. ": "设置此事件等待的消息。",
  "Message catch event documentation": "消息捕获事件文档",
  "Configure the message that will trigger this boundary event. ": "设置触发此边界事件的消息。",
  "Message boundary event documentation": "消息边界事件文档",
  "Define the ID of the process to call (e.g. ": "填写要调用的流程 ID（例如",
  "Call activity documentation": "调用活动文档",
  "Specify which job workers handle the task work to execute a service (e.g. ":
    "规定由哪些作业执行者执行此服务（例如",
  "Service task documentation": "服务任务文档",
  "Specify which job workers handle the task work to evaluate business rules. ":
    "规定由哪些作业执行者执行业务规则。",
  "Specify which job workers handle the task work to execute a script. ":
    "规定由哪些作业执行者执行脚本。",
  "Specify which job workers handle the task work to send a message (e.g. ":
    "规定由哪些作业执行者发送消息（例如",
  "Specify which job workers handle the event work. ": "规定由哪些作业执行者处理此事件。",
  "Message throw event documentation": "消息抛出事件文档",
  "Execute this task for each element of a given collection. ": "对集合中的每个元素执行一次。",
  "Define an input collection expression that defines the collection to iterate over (e.g. ":
    "填写要遍历的集合的表达式（例如",
  "To collect the output define the output collection and the output element expressions. ":
    "要收集结果，请填写输出集合和输出元素的表达式。",
  "Multi instance documentation": "多实例文档",
  "Define an error code (e.g. ": "填写错误代码（例如",
  "Error event documentation": "错误事件文档",
  "Add input mappings to control what is passed to the activity as local variables. ":
    "用输入映射规定哪些内容作为局部变量传给此活动。",
  "Input mappings documentation": "输入映射文档",
  "Add output mappings to control which variables are merged back into the process scope. ":
    "用输出映射规定哪些变量写回流程。",
  "Output mappings documentation": "输出映射文档",
  "The number of times the engine tries executing this activity if a worker signals a failure. The default is three.":
    "作业执行者报告失败时最多执行几次。默认 3 次。",
  "Latest binding": "最新版本",
  "Uses the most recent deployed resource.": "使用最近部署的版本。",
  "Deployment binding": "同一次部署",
  "Uses the resource found in the same deployment.": "使用同一次部署中的版本。",
  "Version tag binding": "版本标签",
  "Uses the most recent deployed resource with the given version tag.":
    "使用带此版本标签的最近部署的版本。",
  "Version tag by which this process can be referenced.": "引用此流程时用的版本标签。",
  "Version tag by which the called process will be referenced.": "所调用流程的版本标签。",
  "Version tag by which the called decision will be referenced.": "所调用决策的版本标签。",
  "Version tag by which the linked form will be referenced.": "所引用表单的版本标签。",
  "Specifies the priority of a user task. Must be an integer between 0 and 100. If no value is provided, the default value is 50. ":
    "用户任务的优先级，0 到 100 的整数，默认 50。",
  "Define the completion behavior of an ad-hoc subprocess. If no completion condition is set, it will be completed after all active elements have been completed. ":
    "规定自由子流程何时完成。不设条件时，激活的元素全部完成后完成。",
  "Ad-hoc subprocess documentation": "自由子流程文档",
  "Define a collection of elements which will be activated when the ad-hoc subprocess is reached. ":
    "规定到达自由子流程时激活哪些元素。",
  "Identifier computed from the process context that is used to correlate an incoming message (e.g. ":
    "由流程数据算出的标识，用来对应收到的消息（例如",
  "Subscription correlation key documentation": "订阅关联键文档",
};
