"""Where built-in functions are declared, and how a call finds the right one.

A declaration is a signature in FEEL's own words::

    @builtin("substring(string: string, start position: number, [length: number])")

Brackets mark what may be left out; ``list: list...`` takes either one list or all arguments as
its items. A function of several forms is declared several times; the first form whose parameters
fit is called. When none fits, the result is null, as FEEL asks (DMN 1.3, 10.3.4).
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from engine.feel.runtime import Run
from engine.feel.values import Function, Range, YearsMonths

_Implementation = Callable[..., object]
_Declared = TypeVar("_Declared", bound=_Implementation)

_KINDS: dict[str, tuple[type, ...]] = {
    "any": (object,),
    "string": (str,),
    "number": (Decimal,),
    "boolean": (bool,),
    "date": (dt.date,),
    "time": (dt.time,),
    "date and time": (dt.datetime,),
    "date or date and time": (dt.date, dt.datetime),
    "days and time duration": (dt.timedelta,),
    "duration": (dt.timedelta, YearsMonths),
    "list": (list,),
    "context": (dict,),
    "range": (Range,),
    "function": (Function,),
}

_SIGNATURE = re.compile(r"(?P<name>[a-zA-Z0-9 ]+)\((?P<parameters>.*)\)")
_PARAMETER = re.compile(
    r"(?P<optional>\[?)(?P<name>[\w ]+): (?P<kind>[\w ]+?)(?P<nullable> or null)?"
    r"(?P<variadic>(?:\.\.\.)?)\]?"
)


class _Misfit(Exception):
    """An argument does not fit its parameter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parameter:
    name: str
    kinds: tuple[type, ...]
    nullable: bool
    optional: bool
    variadic: bool

    def accept(self, value: object) -> object:
        """Return *value* as this parameter takes it; implicit conversions included."""
        if self._fits(value):
            return value
        if self.kinds == (list,) and value is not None:
            return [value]
        if isinstance(value, list) and len(value) == 1 and self._fits(value[0]):
            return value[0]
        raise _Misfit

    def _fits(self, value: object) -> bool:
        if value is None:
            return self.nullable
        # Exact types: for Python a bool is an int and a datetime is a date, for FEEL not.
        return type(value) in self.kinds or self.kinds == (object,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way of calling a built-in function; ``signature`` is that way as it was declared."""

    signature: str
    parameters: tuple[_Parameter, ...]
    implementation: _Implementation
    needs_run: bool

    def bind(self, keys: tuple[str, ...], arguments: Sequence[object]) -> list[object] | None:
        """Return the arguments in the order of the parameters; None when they do not fit."""
        try:
            return self._bind_named(keys, arguments) if keys else self._bind_positional(arguments)
        except _Misfit:
            return None

    def _bind_positional(self, arguments: Sequence[object]) -> list[object]:
        parameters = self.parameters
        if parameters and parameters[-1].variadic:
            fixed = len(parameters) - 1
            rest = list(arguments[fixed:])
            if len(rest) == 1 and isinstance(rest[0], list) and fixed == 0:
                rest = rest[0]
            if not arguments[fixed:]:
                raise _Misfit
            arguments = [*arguments[:fixed], rest]
        if len(arguments) > len(parameters):
            raise _Misfit
        bound = [
            parameter.accept(argument)
            for parameter, argument in zip(parameters, arguments, strict=False)
        ]
        if not all(parameter.optional for parameter in parameters[len(bound) :]):
            raise _Misfit
        return bound

    def _bind_named(self, keys: tuple[str, ...], arguments: Sequence[object]) -> list[object]:
        given = dict(zip(keys, arguments, strict=True))
        if len(given) < len(keys) or not given.keys() <= {each.name for each in self.parameters}:
            raise _Misfit
        bound: list[object] = []
        for parameter in self.parameters:
            if parameter.name in given:
                bound.append(parameter.accept(given[parameter.name]))
            elif parameter.optional:
                bound.append(None)
            else:
                raise _Misfit
        return bound

    def fits_shape(self, keys: tuple[str, ...], count: int) -> bool:
        """Say whether a call with these names, or this many arguments, can fit at all."""
        required = [each.name for each in self.parameters if not each.optional]
        if keys:
            return set(required) <= set(keys) <= {each.name for each in self.parameters}
        variadic = bool(self.parameters) and self.parameters[-1].variadic
        return len(required) <= count and (variadic or count <= len(self.parameters))


@dataclass(slots=True, kw_only=True)
class Builtin:
    """A built-in function with its forms."""

    name: str
    forms: tuple[Form, ...] = ()

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters of the first form."""
        return tuple(each.name for each in self.forms[0].parameters)

    @property
    def takes_functions(self) -> bool:
        """Whether a parameter of some form is a function."""
        return any(Function in each.kinds for form in self.forms for each in form.parameters)

    def call(self, run: Run, keys: tuple[str, ...], arguments: Sequence[object]) -> object:
        """Call the first form that fits; null when none does."""
        for form in self.forms:
            bound = form.bind(keys, arguments)
            if bound is not None:
                return (
                    form.implementation(run, *bound)
                    if form.needs_run
                    else (form.implementation(*bound))
                )
        return None

    def fits_shape(self, keys: tuple[str, ...], count: int) -> bool:
        """Say whether any form can take a call with these names, or this many arguments."""
        return any(form.fits_shape(keys, count) for form in self.forms)


BUILTINS: dict[str, Builtin] = {}
"""Every built-in function by its name."""


def builtin(signature: str, *, needs_run: bool = False) -> Callable[[_Declared], _Declared]:
    """Declare a form of a built-in function; *needs_run* passes the Run as first argument."""
    name, parameters = _read_signature(signature)

    def declare(implementation: _Declared) -> _Declared:
        function = BUILTINS.setdefault(name, Builtin(name=name))
        form = Form(
            signature=signature,
            parameters=parameters,
            implementation=implementation,
            needs_run=needs_run,
        )
        function.forms = (*function.forms, form)
        return implementation

    return declare


def _read_signature(signature: str) -> tuple[str, tuple[_Parameter, ...]]:
    found = _SIGNATURE.fullmatch(signature)
    if found is None:
        raise ValueError(signature)
    texts = found["parameters"].split(", ") if found["parameters"] else []
    return found["name"], tuple(map(_read_parameter, texts))


def _read_parameter(text: str) -> _Parameter:
    found = _PARAMETER.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return _Parameter(
        name=found["name"],
        kinds=_KINDS[found["kind"]],
        nullable=bool(found["nullable"]) or found["kind"] == "any",
        optional=bool(found["optional"]),
        variadic=bool(found["variadic"]),
    )
