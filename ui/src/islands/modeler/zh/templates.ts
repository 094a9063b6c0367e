/** What our element templates (workflows/templates) say. */
export const templates: Readonly<Record<string, string>> = {
  "Reads the customer file. Throws the BPMN error customer_unknown.":
    "读取顾客档案。查无此人时抛出 BPMN 错误 customer_unknown。",
  Result: "结果",
  Attempts: "尝试次数",
  "How often the job is tried before it becomes an incident": "尝试几次之后成为事故",
  "Wait before the next attempt": "下次尝试前的等待时间",
  "ISO 8601 duration, for example PT1M": "ISO 8601 时长，例如 PT1M",
  Customer: "顾客",
  "Customer number": "顾客编号",
  "Receives customer_id, name, email, phone, language, segment, channels, consent, last_surveyed_at":
    "得到 customer_id、name、email、phone、language、segment、channels、consent、last_surveyed_at",
  "Writes to a customer from a message template in English or Chinese.":
    "按中文或英文的消息模板给顾客写邮件。",
  To: "收件人",
  "E-mail address": "邮箱地址",
  "Name of a file in workflows/messages, without language and ending":
    "workflows/messages 中的文件名，不含语言和后缀",
  Language: "语言",
  "en or zh": "en 或 zh",
  Values: "取值",
  "FEEL context with what the placeholders name": "FEEL 上下文，含各占位符的值",
  "Receives message_id": "得到 message_id",
  "Credits loyalty points, exactly once.": "发放积分，只发放一次。",
  Points: "积分",
  "Whole number": "整数",
  Reason: "原因",
  "Shown in the ledger": "显示在积分账本中",
  "Receives entry_id and balance": "得到 entry_id 和 balance",
  "Reads an order with its items. Throws the BPMN error order_unknown.":
    "读取订单及其商品。查无此单时抛出 BPMN 错误 order_unknown。",
  Order: "订单",
  "Order number": "订单编号",
  "Receives order_id, customer_id, ordered_at, delivered_at, store_id, online, currency and items":
    "得到 order_id、customer_id、ordered_at、delivered_at、store_id、online、currency 和 items",
  "Publishes a message that starts or continues another process.":
    "发布一条消息，启动或继续另一个流程。",
  "Message name": "消息名称",
  "Name of the message, as the receiving process declares it": "接收流程中声明的消息名称",
  "Correlation key": "关联键",
  "Value by which the receiver is found": "据此找到接收者",
  "Message id": "消息编号",
  "The same id is accepted once only": "相同编号只接受一次",
  "Time to live": "有效时间",
  "How long the message waits for a receiver; ISO 8601 duration":
    "消息等待接收者多久；ISO 8601 时长",
  Variables: "变量",
  "FEEL context with the variables of the message": "FEEL 上下文，含消息的变量",
  "Pays money back for an order, exactly once. Throws the BPMN error refund_rejected.":
    "退还订单款项，只退一次。被拒时抛出 BPMN 错误 refund_rejected。",
  Amount: "金额",
  "More than 0, at most two decimals": "大于 0，最多两位小数",
  Currency: "币种",
  "ISO 4217 code, for example CNY": "ISO 4217 代码，例如 CNY",
  "Shown on the payment": "显示在付款说明中",
  "Receives refund_id, status and amount": "得到 refund_id、status 和 amount",
  "Keeps in the customer file when the customer was asked. Throws the BPMN error customer_unknown.":
    "在顾客档案中记下调查时间。查无此人时抛出 BPMN 错误 customer_unknown。",
  "Asked at": "调查时间",
  "Date and time, for example =string(now())": "日期和时间，例如 =string(now())",
  "Receives last_surveyed_at": "得到 last_surveyed_at",
  "Posts a signed JSON message to another system.": "向另一个系统发送带签名的 JSON 消息。",
  Address: "地址",
  "https address": "https 地址",
  Body: "内容",
  "FEEL context that is sent as JSON": "作为 JSON 发送的 FEEL 上下文",
  "Receives status": "得到 status",
};
