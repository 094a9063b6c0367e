/** Kinds of elements. Events are put together from what they wait for and where they stand. */
const TRIGGERS: Record<string, string> = {
  Message: "消息",
  Timer: "定时",
  Conditional: "条件",
  Signal: "信号",
  Error: "错误",
  Escalation: "升级",
  Compensation: "补偿",
  Cancel: "取消",
  Link: "链接",
  Terminate: "终止",
};
const PLACES: Record<string, string> = {
  "start event": "开始事件",
  "intermediate catch event": "中间捕获事件",
  "intermediate throw event": "中间抛出事件",
  "boundary event": "边界事件",
  "end event": "结束事件",
};
const PLAIN: Record<string, string> = {
  ...PLACES,
  task: "任务",
  "user task": "用户任务",
  "service task": "服务任务",
  "send task": "发送任务",
  "receive task": "接收任务",
  "manual task": "手工任务",
  "business rule task": "业务规则任务",
  "script task": "脚本任务",
  "call activity": "调用活动",
  transaction: "事务",
  "event sub-process": "事件子流程",
  "sub-process": "子流程",
  "sub-process (collapsed)": "子流程（折叠）",
  "sub-process (expanded)": "子流程（展开）",
  "ad-hoc sub-process": "自由子流程",
  "ad-hoc sub-process (collapsed)": "自由子流程（折叠）",
  "ad-hoc sub-process (expanded)": "自由子流程（展开）",
  "event based instantiating gateway": "启动实例的事件网关",
  "parallel event based instantiating gateway": "启动实例的并行事件网关",
  "exclusive gateway": "排他网关",
  "parallel gateway": "并行网关",
  "inclusive gateway": "包容网关",
  "complex gateway": "复杂网关",
  "event-based gateway": "事件网关",
  "data store reference": "数据存储",
  "data object reference": "数据对象",
  "expanded pool/participant": "泳池（展开）",
  "empty pool/participant": "泳池（空）",
  "sequence flow": "顺序流",
  "default flow": "默认流",
  "conditional flow": "条件流",
  // as the head of the panel writes them
  process: "流程",
  collaboration: "协作",
  participant: "泳池",
  lane: "泳道",
  group: "分组",
  "text annotation": "文本注释",
  association: "关联",
  "message flow": "消息流",
  "data input association": "数据输入关联",
  "data output association": "数据输出关联",
  "sub process": "子流程",
  "event sub process": "事件子流程",
  "ad hoc sub process": "自由子流程",
  "event based gateway": "事件网关",
  "sequence flow default": "默认流",
  "conditional sequence flow": "条件流",
  "default sequence flow": "默认流",
  "intermediate event": "中间事件",
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function titled(text: string): string {
  return text.replace(/(^|[\s/-])([a-z])/g, (found) => found.toUpperCase());
}

function named(): Record<string, string> {
  const found: Record<string, string> = { ...PLAIN };
  for (const [trigger, first] of Object.entries(TRIGGERS)) {
    for (const [place, second] of Object.entries(PLACES)) {
      found[`${trigger.toLowerCase()} ${place}`] = `${first}${second}`;
      found[`${trigger.toLowerCase()} ${place} (non-interrupting)`] = `${first}${second}（非中断）`;
      found[`${trigger.toLowerCase()} ${place} (non interrupting)`] = `${first}${second}（非中断）`;
    }
  }
  return found;
}

export const elements: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(named()).flatMap(([english, chinese]) => [
    [capital(english), chinese],
    [titled(english), chinese],
    [`Append ${english}`, `追加${chinese}`],
    [`Create ${english}`, `创建${chinese}`],
  ]),
);
