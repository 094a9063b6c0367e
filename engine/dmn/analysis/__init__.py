"""Decision tables checked like code: gaps, overlaps, rules that never decide, wrong values.

The inputs of a table span a grid. Along each axis stand the constants that the cells compare
with and one value in each space between two of them; every cell is evaluated with each. On this
grid rules are boxes: two boxes that meet are an overlap, a point in none is a gap, a box inside
the union of those before it is a rule that never decides. This is exact for cells that compare a
variable with constants: numbers, dates, times, durations, strings, booleans, null. Other cells
are taken as "may match or not", so that nothing is reported which is not so, and are listed.
"""

from engine.dmn.analysis.tables import analyse

__all__ = ["analyse"]
