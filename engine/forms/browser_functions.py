"""The FEEL functions that form-js knows: those of feelin 6.1, which it evaluates with.

An unknown function is silently null there, so a form that calls one is not deployed.
"""

_NAMES = """
abs | after | all | any | append | before | ceiling | coincides | concatenate | contains
context | context merge | context put | count | date | date and time | day of week | day of year
decimal | distinct values | duration | during | ends with | even | exp | finished by | finishes
flatten | floor | get entries | get value | includes | index of | insert before | is
list contains | list replace | log | lower case | matches | max | mean | median | meets | met by
min | mode | modulo | month of year | not | now | number | odd | overlaps | overlaps after
overlaps before | product | remove | replace | reverse | round down | round half down
round half up | round up | sort | split | sqrt | started by | starts | starts with | stddev
string | string join | string length | sublist | substring | substring after | substring before
sum | time | today | union | upper case | week of year | years and months duration
"""

BROWSER_FUNCTIONS = frozenset(
    name.strip() for line in _NAMES.splitlines() for name in line.split("|") if name.strip()
)
