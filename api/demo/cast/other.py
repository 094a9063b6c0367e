"""Complaints about delivery, systems, prices, and everything else."""

from api.demo.cast import detours
from api.demo.cast.aftermath import answered, no_answer_yet, not_asked_yet
from api.demo.cast.casting import complaint
from api.demo.cast.parts import plain
from api.demo.cast.remedies import apology, credit, discount, refund

OTHER = (
    complaint(4001, "late_delivery", "marketplace", 0, "17:10", "RIC-05", credit(500),
              answered(3, 6)),
    complaint(4002, "payment_fault", "app", 1, "15:55", "EAR-02", refund(399), answered(5, 9)),
    complaint(4003, "price", "store", 2, "19:05", "PAN-28", discount(30), no_answer_yet),
    complaint(4004, "undelivered", "marketplace", 4, "14:05", "BED-15", refund(359),
              answered(4, 8), segment="core"),
    complaint(4005, "promotion", "app", 5, "18:50", "SHO-42", discount(100), answered(5, 9)),
    complaint(4006, "other", "email", 3, "12:55", None, apology(), answered(4, 7),
              detour=detours.corrected("service")),
    complaint(4007, "platform_fault", "web", 6, "11:40", None, apology(), answered(4, 8),
              language="en"),
    complaint(4008, "price", "store", 9, "12:35", "KET-17", discount(20), not_asked_yet),
    complaint(4009, "other", "social", 11, "15:25", None, apology(), not_asked_yet,
              detour=detours.unknown_customer("K-4009"), claims_to_be="K-400"),
    complaint(4010, "damaged_in_transit", "marketplace", 13, "16:15", "TAB-10", apology(), plain,
              stays="verify_findings"),
)  # fmt: skip
