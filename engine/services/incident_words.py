"""What an incident means and what to do about it, in the words of an operator, both languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IncidentWords:
    """What happened, and the way out."""

    en: str
    zh: str
    mend_en: str
    mend_zh: str


_WORDS = {
    "JOB_NO_RETRIES": IncidentWords(
        "An outside system could not do what the step asks for, however often it was tried.",
        "外部系统多次尝试后仍无法完成该步骤的请求。",
        "Mend the cause the message names (address, credentials, data), then retry.",
        "请根据消息排除原因（地址、凭证或数据），然后重试。",
    ),
    "CONDITION_ERROR": IncidentWords(
        "No way out of a gateway fits, or a condition gives neither true nor false.",
        "网关没有符合条件的出口，或某个条件的结果不是真或假。",
        "Correct the variable that the condition reads, then retry; tell the process owner.",
        "请更正条件所读取的变量后重试，并告知流程负责人。",
    ),
    "EXTRACT_VALUE_ERROR": IncidentWords(
        "An expression of the step gives no usable value.",
        "该步骤的表达式没有得到可用的值。",
        "Correct the variable that the expression reads, then retry.",
        "请更正表达式所读取的变量，然后重试。",
    ),
    "IO_MAPPING_ERROR": IncidentWords(
        "A value could not be handed into or out of the step.",
        "无法将值传入或传出该步骤。",
        "Correct the variable that the mapping reads, then retry.",
        "请更正映射所读取的变量，然后重试。",
    ),
    "CALLED_DECISION_ERROR": IncidentWords(
        "The decision that the step asks is not there.",
        "该步骤所调用的决策不存在。",
        "Ask the process owner to deploy the decision, then retry.",
        "请流程负责人部署该决策，然后重试。",
    ),
    "DECISION_EVALUATION_ERROR": IncidentWords(
        "The decision has no answer for these values.",
        "决策无法根据这些值给出结果。",
        "Correct the values, or ask the process owner to mend the table; then retry.",
        "请更正这些值，或请流程负责人修正决策表，然后重试。",
    ),
    "UNHANDLED_ERROR_EVENT": IncidentWords(
        "The step ended with an error that no event in the diagram catches.",
        "该步骤以错误结束，而流程图中没有捕获该错误的事件。",
        "Tell the process owner; cancel the case or let a new version handle the error.",
        "请告知流程负责人；可取消该案件，或由新版本处理该错误。",
    ),
    "UNKNOWN": IncidentWords(
        "The diagram did not come to rest, so the step was not carried out.",
        "流程图无法停止运行，因此该步骤未执行。",
        "Tell the process owner: a loop in the diagram has no end.",
        "请告知流程负责人：流程图中的循环没有终点。",
    ),
}

_OTHER = IncidentWords(
    "The step could not be carried out.",
    "该步骤无法执行。",
    "Read the message, mend the cause, then retry.",
    "请阅读消息，排除原因后重试。",
)


def words_for(error_type: str) -> IncidentWords:
    """Return the words for a cause; general ones for a cause that has none of its own."""
    return _WORDS.get(error_type, _OTHER)
