"""Complaints about how people were served."""

from typing import Literal

from api.demo.cast import detours
from api.demo.cast.aftermath import (
    answered,
    asked_lately,
    no_address,
    no_answer_yet,
    no_consent,
    not_asked_yet,
    silent,
)
from api.demo.cast.casting import complaint
from api.demo.cast.parts import plain
from api.demo.cast.remedies import apology, credit, discount, training

_ATTITUDE: Literal["staff_attitude"] = "staff_attitude"

SERVICE = (
    complaint(2001, _ATTITUDE, "store", 0, "10:30", None, training(), answered(4, 7)),
    complaint(2002, _ATTITUDE, "phone", 0, "11:45", None, apology(), answered(5, 9)),
    complaint(2003, _ATTITUDE, "marketplace", 0, "15:20", None, training(), answered(2, 2)),
    complaint(2004, _ATTITUDE, "email", 0, "16:50", None, credit(500), silent,
              segment="core", language="en"),
    complaint(2005, _ATTITUDE, "social", 1, "08:30", None, training(), answered(3, 5),
              segment="important"),
    complaint(2006, _ATTITUDE, "store", 1, "12:10", None, apology(), answered(5, 8)),
    complaint(2007, _ATTITUDE, "store", 1, "16:30", None, apology(), answered(1, 0),
              detour=detours.reopened(by_email=True)),
    complaint(2008, _ATTITUDE, "phone", 1, "20:20", None, training(), answered(4, 9),
              by_email=False),
    complaint(2009, _ATTITUDE, "marketplace", 1, "23:10", None, apology(), no_consent,
              detour=detours.late_answer),
    complaint(2010, _ATTITUDE, "store", 2, "09:55", None, training(), no_answer_yet),
    complaint(2011, _ATTITUDE, "store", 2, "14:00", None, apology(), answered(5, 10),
              language="en"),
    complaint(2012, _ATTITUDE, "app", 2, "18:40", None, credit(3_000), answered(4, 8)),
    complaint(2013, _ATTITUDE, "email", 2, "11:05", None, apology(), answered(3, 7),
              detour=detours.late_answer),
    complaint(2014, _ATTITUDE, "store", 3, "11:35", None, training(), answered(4, 8),
              detour=detours.late_solution),
    complaint(2015, _ATTITUDE, "email", 3, "16:10", None, apology(), no_answer_yet),
    complaint(2016, _ATTITUDE, "phone", 3, "19:50", None, apology(), answered(5, 9, by_phone=True),
              by_email=False),
    complaint(2017, _ATTITUDE, "store", 3, "20:40", None, discount(60), answered(2, 6)),
    complaint(2018, _ATTITUDE, "store", 4, "10:25", None, training(), answered(5, 9)),
    complaint(2019, _ATTITUDE, "marketplace", 4, "12:20", None, apology(), no_answer_yet,
              segment="core"),
    complaint(2020, _ATTITUDE, "store", 4, "15:15", None, apology(), answered(4, 7),
              detour=detours.late_answer),
    complaint(2021, _ATTITUDE, "email", 4, "18:05", None, credit(800), answered(5, 8),
              language="en"),
    complaint(2022, _ATTITUDE, "store", 5, "09:35", None, apology(), answered(4, 8)),
    complaint(2023, _ATTITUDE, "social", 5, "13:55", None, training(), answered(2, 1)),
    complaint(2024, _ATTITUDE, "phone", 5, "17:05", None, apology(), no_address, by_email=False),
    complaint(2025, _ATTITUDE, "store", 6, "10:45", None, apology(), answered(5, 10)),
    complaint(2026, _ATTITUDE, "store", 6, "14:15", None, training(), asked_lately),
    complaint(2027, _ATTITUDE, "store", 7, "12:50", None, apology(), asked_lately),
    complaint(2028, _ATTITUDE, "app", 8, "11:10", None, apology(), answered(4, 9),
              segment="core"),
    complaint(2029, _ATTITUDE, "store", 9, "10:05", None, training(), not_asked_yet),
    complaint(2030, _ATTITUDE, "marketplace", 10, "15:45", None, apology(), not_asked_yet),
    complaint(2031, _ATTITUDE, "store", 10, "17:20", None, credit(400), not_asked_yet),
    complaint(2032, _ATTITUDE, "phone", 11, "11:55", None, apology(), not_asked_yet,
              stays="archive_complaint", by_email=False),
    complaint(2033, _ATTITUDE, "store", 12, "09:40", None, training(), plain,
              stays="arrange_training"),
    complaint(2034, _ATTITUDE, "marketplace", 12, "14:40", None, apology(), plain,
              stays="verify_findings"),
    complaint(2035, _ATTITUDE, "store", 13, "11:15", None, apology(), plain,
              stays="propose_solution"),
    complaint(2036, _ATTITUDE, "app", 13, "20:05", None, apology(), plain,
              stays="acknowledge_complaint"),
)  # fmt: skip
