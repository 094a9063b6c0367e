"""After-sales: complaints about exchanges, repairs and refunds, and returns without a complaint."""

from api.demo.cast import detours, returning
from api.demo.cast.aftermath import (
    answered,
    answered_again_in_a_month,
    not_asked_yet,
)
from api.demo.cast.casting import complaint, goods_return
from api.demo.cast.parts import plain
from api.demo.cast.remedies import apology, credit, refund, repair
from api.demo.cast.returning import asked, completed

AFTER_SALES = (
    complaint(3001, "repair", "store", 0, "12:45", "VAC-80", repair(), answered(3, 4),
              detour=detours.late_solution),
    complaint(3002, "refund", "app", 1, "10:55", "SHO-42", refund(569), answered(4, 7)),
    complaint(3003, "return_exchange", "store", 2, "11:25", "DRE-38", credit(1_000),
              answered(5, 8)),
    complaint(3004, "repair", "phone", 3, "09:15", "COF-30", repair(), answered(2, 4),
              detour=detours.reopened(by_email=True), segment="important"),
    complaint(3005, "refund", "marketplace", 4, "11:00", "EAR-02", refund(150), answered(5, 9)),
    complaint(3006, "return_exchange", "store", 6, "13:00", "COA-44", apology(), answered(4, 8),
              language="en"),
    complaint(3007, "repair", "phone", 9, "14:20", "RIC-05", repair(), not_asked_yet),
    complaint(3008, "refund", "marketplace", 11, "16:35", "BLE-20", refund(180), not_asked_yet),
    complaint(3009, "return_exchange", "store", 12, "15:05", "LAM-07", apology(), plain,
              stays="carry_out_remedy"),
    # -- returns without a complaint
    goods_return(3010, "web", 0, "09:45", "SHO-42", asked("return", "no_reason"),
                 completed(refunded="569"), answered(5, 10)),
    goods_return(3011, "marketplace", 0, "20:50", "DRE-38", asked("exchange", "no_reason"),
                 completed(), answered_again_in_a_month(4, 8)),
    goods_return(3012, "marketplace", 1, "13:25", "BED-15",
                 asked("return", "no_reason", "unopened"),
                 completed(refunded="251.30", inspection="more_used", late_call=True),
                 answered(2, 5)),
    goods_return(3013, "store", 1, "17:55", "EAR-02",
                 asked("repair", "quality_defect", "used", counter=True),
                 completed(counter=True), answered_again_in_a_month(5, 9), bought=60),
    goods_return(3014, "marketplace", 2, "10:35", "TAB-10", asked("return", "wrong_item"),
                 returning.four_eyes("2199"), answered(3, 7)),
    goods_return(3015, "app", 2, "12:25", "COA-44", asked("return", "no_reason"),
                 completed(refunded="1099", unsolved_rounds=2), answered(4, 7)),
    goods_return(3016, "marketplace", 1, "18:20", "PHO-12", asked("return", "not_as_described"),
                 completed(refunded="4599", unsolved_rounds=3), answered(3, 6),
                 segment="important"),
    goods_return(3017, "store", 3, "10:00", "UND-10", asked("return", "no_reason", counter=True),
                 returning.refused, plain),
    goods_return(3018, "marketplace", 5, "15:10", "KET-17",
                 asked("return", "no_reason", "used", order_id="O-3081"),
                 returning.refused_after_clarifying("O-3018"), plain, bought=1),
    goods_return(3019, "web", 4, "19:20", "RIC-05", asked("return", "no_reason"),
                 returning.withdrawn, plain),
    goods_return(3020, "marketplace", 3, "11:50", "LAM-07", asked("return", "no_reason"),
                 returning.withdrawn_with_goods, answered(5, 8)),
    goods_return(3021, "store", 0, "14:55", "PAN-28",
                 asked("return", "quality_defect", "used", counter=True),
                 returning.never_came, plain, bought=30),
    goods_return(3022, "marketplace", 3, "21:30", "BLE-20", asked("return", "no_reason"),
                 returning.overdue, plain, language="en"),
    goods_return(3023, "phone", 2, "16:05", "PAN-28",
                 asked("return", "quality_defect", "used"), returning.no_agreement, plain,
                 bought=500),
    goods_return(3024, "web", 11, "10:15", "VAC-80", asked("return", "quality_defect", "used"),
                 completed(), plain, bought=30, stays="approve_refund"),
)  # fmt: skip
