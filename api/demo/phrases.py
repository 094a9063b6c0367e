"""What customers and staff write, in both languages; ``{goods}`` is the article."""

from dataclasses import dataclass
from typing import Literal

from api.demo.story import Language

Topic = Literal[
    "quality_defect", "not_as_described", "packaging", "expired", "out_of_stock", "damaged",
    "staff_attitude", "return_exchange", "repair", "refund",
    "late_delivery", "damaged_in_transit", "undelivered",
    "platform_fault", "payment_fault", "price", "promotion", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """One text in both languages."""

    en: str
    zh: str

    def say(self, language: Language, goods: str = "") -> str:
        """Return the text in a language, with the article in its place."""
        return (self.zh if language == "zh" else self.en).replace("{goods}", goods)


@dataclass(frozen=True, slots=True)
class Grievance:
    """What a customer complains of: a line and a paragraph."""

    subject: Phrase
    description: Phrase


def _grievance(en: str, zh: str, en_more: str, zh_more: str) -> Grievance:
    return Grievance(Phrase(en, zh), Phrase(en_more, zh_more))


GRIEVANCES: dict[Topic, Grievance] = {
    "quality_defect": _grievance(
        "{goods} stopped working",
        "{goods}用了几天就坏了",
        "It worked for a few days and then would not switch on. I use it as the manual says.",
        "刚用几天就无法开机，我一直按说明书使用，希望尽快解决。",
    ),
    "not_as_described": _grievance(
        "{goods} is not as described",
        "{goods}与描述不符",
        "The page showed another colour and size than what came. I would not have bought this.",
        "页面展示的颜色和尺寸与实物不一致，早知道我不会买。",
    ),
    "packaging": _grievance(
        "{goods} came in a torn box",
        "{goods}的包装破损",
        "The box was torn and taped over. It was meant as a present and cannot be given like this.",
        "外包装破了又用胶带粘上，本来是送人的礼物，现在没法送。",
    ),
    "expired": _grievance(
        "{goods} past its date",
        "{goods}已经过期",
        "The best-before date had passed a week before I bought it. I noticed only at home.",
        "买的时候已经过了保质期一周，到家才发现，请给个说法。",
    ),
    "out_of_stock": _grievance(
        "{goods} sold although not in stock",
        "{goods}下单后说没货",
        "I paid on Sunday and was told on Wednesday that it is not in stock.",
        "周日付的款，周三才通知我没有货，白等了几天。",
    ),
    "damaged": _grievance(
        "{goods} arrived damaged",
        "{goods}收到时已损坏",
        "There is a crack on the side and one part rattles. Photos are attached.",
        "侧面有裂痕，里面有零件松动的声音，照片已附上。",
    ),
    "staff_attitude": _grievance(
        "Unfriendly service in the store",
        "店员服务态度差",
        "I asked twice for help and was sent away; nobody apologised. I expected better.",
        "我两次请店员帮忙都被打发走，没有人道歉，非常失望。",
    ),
    "return_exchange": _grievance(
        "Exchange of {goods} was refused",
        "{goods}换货被拒",
        "The counter sent me away although the defect showed within the warranty.",
        "明明在保修期内出现质量问题，柜台却不给换。",
    ),
    "repair": _grievance(
        "Repair of {goods} takes too long",
        "{goods}维修太久",
        "It has been at your workshop for three weeks and nobody can tell me when it is done.",
        "送修三个星期了，没有人能告诉我什么时候修好。",
    ),
    "refund": _grievance(
        "Refund for {goods} has not arrived",
        "{goods}的退款没有到账",
        "You confirmed the refund ten days ago and nothing has reached my account.",
        "十天前确认退款，到现在一分钱都没到账。",
    ),
    "late_delivery": _grievance(
        "{goods} came a week late",
        "{goods}晚到一周",
        "Delivery was promised for Friday and came a week later, with no word from you.",
        "承诺周五送达，结果晚了一周，期间没有任何通知。",
    ),
    "damaged_in_transit": _grievance(
        "{goods} was damaged on the way",
        "{goods}运输途中损坏",
        "The parcel was wet and dented when the courier handed it over.",
        "快递送到时箱子又湿又瘪，里面也受损了。",
    ),
    "undelivered": _grievance(
        "{goods} never arrived",
        "{goods}一直没收到",
        "The tracking page says delivered, but nothing came and the neighbours have not got it.",
        "物流显示已签收，但我和邻居都没有收到。",
    ),
    "platform_fault": _grievance(
        "The app lost my order",
        "小程序里订单不见了",
        "After the update my order of yesterday is no longer in the app.",
        "更新以后昨天下的订单在小程序里找不到了。",
    ),
    "payment_fault": _grievance(
        "Charged twice for {goods}",
        "{goods}重复扣款",
        "My card was charged twice within a minute for the same order.",
        "同一个订单一分钟内扣了两次款，请尽快处理。",
    ),
    "price": _grievance(
        "{goods} cost more at the till",
        "{goods}收银价高于标价",
        "The shelf said one price, the till another, and nobody would correct it.",
        "货架上的价格和收银台不一样，没有人愿意更正。",
    ),
    "promotion": _grievance(
        "Coupon for {goods} was not accepted",
        "{goods}的优惠券用不了",
        "The coupon in the app was valid until the end of the month but was refused.",
        "小程序里的优惠券月底才到期，结账时却不能用。",
    ),
    "other": _grievance(
        "No answer to my question",
        "咨询一直没人回复",
        "I wrote twice about opening hours and parking and have had no answer.",
        "我两次询问营业时间和停车的事，一直没有人回复。",
    ),
}

ACKNOWLEDGED = Phrase(
    "Thank you for telling us. I am looking into it and will write to you within two days.",
    "感谢您的反馈，您的问题已由我负责跟进，两天之内给您答复。",
)
FOUND = Phrase(
    "The customer's account agrees with our records and with the colleague on duty.",
    "经核对系统记录并询问当班同事，顾客反映的情况属实。",
)
PROPOSED = Phrase(
    "We are sorry. We would like to make up for it as discussed on the phone today.",
    "非常抱歉，我们愿意按照今天电话中沟通的方案为您解决。",
)
BECAUSE = Phrase(
    "The fault is ours and the customer agrees with this solution.",
    "责任在我方，顾客同意该解决方案。",
)
REMEDIED = Phrase(
    "Done as agreed with the customer; the customer has confirmed it.",
    "已按与顾客商定的方案办理，顾客已确认。",
)
ACTED = Phrase(
    "We checked our records and talked to the colleagues concerned.",
    "我们核对了记录，并与相关同事进行了沟通。",
)
SOLVED = Phrase(
    "We have made it good as agreed with you.",
    "我们已按与您商定的方案处理完毕。",
)
RESULT = Phrase(
    "The matter is settled; nothing more is needed from you.",
    "问题已经解决，您无需再做任何事情。",
)
STILL_WRONG = Phrase(
    "The customer says the same fault has come back.",
    "顾客表示同样的问题再次出现。",
)
LESSON = Phrase("Check before handing over.", "交付前应先检查。")
INSPECTED = Phrase("Opened and checked with the list.", "已开箱并按清单检查。")
DECIDED = Phrase("As the inspection says.", "按检验结果处理。")
REFUSED = Phrase(
    "We are sorry that we cannot take these goods back: the standard excludes them.",
    "很抱歉，按照退换货规定，该商品不在可退换范围之内。",
)
NEGOTIATED = Phrase(
    "Talked it over with the customer on the phone.",
    "已与顾客电话协商。",
)
CONTACTED = Phrase("Spoke with the customer.", "已与顾客沟通。")
LATE = Phrase(
    "Two colleagues were ill; the shift is staffed again.",
    "两位同事病假，现已补齐班次。",
)
PLEASED = Phrase("Quick and friendly, thank you.", "处理得很快，态度也好，谢谢。")
DISPLEASED = Phrase("Took too long and nobody called.", "拖得太久，也没人打电话。")
RECOVERED = Phrase(
    "Called the customer, apologised and agreed on a visit.",
    "已致电顾客道歉，并约定上门拜访。",
)
CHECK_AGAIN = Phrase(
    "Please ask the colleague of the early shift as well.",
    "请再向早班同事核实一次。",
)
TOO_MUCH = Phrase(
    "More than we give for this; please offer less.",
    "超出同类情况的标准，请降低方案。",
)
