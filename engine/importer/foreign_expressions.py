"""Translates simple expressions of other engines (JUEL, Python) to FEEL text.

Only what means the same in all three is translated: names, literals, comparisons, ``and``,
``or``, ``not``, ``empty``, ``? :`` and arithmetic. The result always compiles; nothing is ever
evaluated. Everything else is refused with the reason.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.errors import RedressError
from engine.feel import compile_expression

MAX_LENGTH = 2_000
MAX_NESTING = 40

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>\d+(?:\.\d+)?(?![\w.]))
    | (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    | (?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*)
    | (?P<sign>==|!=|<=|>=|&&|\|\||[<>!?:+\-*/()=])
    )""",
    re.VERBOSE,
)
_JUEL = re.compile(r"\s*[$#]\{(?P<inner>[^{}]*)\}\s*", re.DOTALL)
_VARIABLE = re.compile(r"""execution\.getVariable\(\s*(["'])([^\W\d]\w*)\1\s*\)""")
_WORDS = {
    "and": "and",
    "or": "or",
    "&&": "and",
    "||": "or",
    "eq": "=",
    "==": "=",
    "ne": "!=",
    "lt": "<",
    "gt": ">",
    "le": "<=",
    "ge": ">=",
    "div": "/",
}
_CONSTANTS = {"true": "true", "false": "false", "null": "null"}
_PYTHON_CONSTANTS = {"True": "true", "False": "false", "None": "null"}
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"=", "!=", "<", ">", "<=", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "/"}),
)
_COMPARISON = 2


class Untranslatable(Exception):
    """The text means something that FEEL cannot be given safely; the message says what.

    ``zh`` says it in Chinese.
    """

    def __init__(self, reason: str, zh: str) -> None:
        super().__init__(reason)
        self.zh = zh


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def is_juel(text: str) -> bool:
    """Tell whether *text* is, or contains, a JUEL expression."""
    return "${" in text or "#{" in text


def from_juel(text: str) -> str:
    """Return the FEEL text (without ``=``) of ``${...}``, or raise Untranslatable."""
    if len(text) > MAX_LENGTH:
        raise Untranslatable("it is too long", "内容过长")
    found = _JUEL.fullmatch(text)
    if found is None:
        raise Untranslatable(
            "it mixes text and expressions, or nests them", "混用了文本和表达式，或表达式有嵌套"
        )
    return _translate(_VARIABLE.sub(r"\2", found["inner"]), _CONSTANTS)


def from_python(text: str) -> str:
    """Return the FEEL text (without ``=``) of a Python expression, or raise Untranslatable."""
    if len(text) > MAX_LENGTH:
        raise Untranslatable("it is too long", "内容过长")
    return _translate(text, _PYTHON_CONSTANTS)


def quoted(text: str) -> str:
    """Return *text* as a FEEL string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _translate(text: str, constants: Mapping[str, str]) -> str:
    feel = _Translator(_tokens(text), constants).whole()
    try:
        compile_expression(feel)
    except RedressError as problem:
        raise Untranslatable(
            f"FEEL reads it differently ({problem})", "FEEL 对它的理解不同"
        ) from problem
    return feel


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    position = 0
    end = len(text.rstrip())
    while position < end:
        found = _TOKEN.match(text, position)
        if found is None:
            unknown = text[position:].strip()[:20]
            raise Untranslatable(f"“{unknown}” is not understood", f"无法识别“{unknown}”")
        kind = str(found.lastgroup)
        tokens.append(_Token(kind, found[kind]))
        position = found.end()
    return tokens


class _Translator:
    """Recursive descent over the tokens; every method returns FEEL text."""

    def __init__(self, tokens: list[_Token], constants: Mapping[str, str]) -> None:
        self._tokens = tokens
        self._constants = constants
        self._at = 0
        self._nesting = 0

    def whole(self) -> str:
        result = self._choice()
        if self._at < len(self._tokens):
            raise _misplaced(self._tokens[self._at])
        return result

    def _peek(self) -> str:
        if self._at >= len(self._tokens):
            return ""
        token = self._tokens[self._at]
        return token.text if token.kind in ("sign", "name") else ""

    def _accept(self, *texts: str) -> bool:
        if self._peek() in texts:
            self._at += 1
            return True
        return False

    def _demand(self, text: str) -> None:
        if not self._accept(text):
            raise Untranslatable(f"“{text}” is missing", f"缺少“{text}”")

    def _choice(self) -> str:
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise Untranslatable("it is nested too deep", "嵌套过深")
        condition = self._binary(0)
        if self._accept("?"):
            yes = self._choice()
            self._demand(":")
            condition = f"(if {condition} then {yes} else {self._choice()})"
        self._nesting -= 1
        return condition

    def _binary(self, level: int) -> str:
        if level == len(_LEVELS):
            return self._unary()
        inner: Callable[[], str] = lambda: self._binary(level + 1)  # noqa: E731
        left = inner()
        count = 0
        while (operator := _WORDS.get(self._peek(), self._peek())) in _LEVELS[level]:
            self._at += 1
            count += 1
            if level == _COMPARISON and count > 1:
                raise Untranslatable("comparisons are chained", "比较连续使用")
            left = f"{left} {operator} {inner()}"
        return left

    def _unary(self) -> str:
        if self._accept("not", "!"):
            if self._accept("empty"):
                return f"not({_empty(self._operand())})"
            # Python's "not" binds weaker than a comparison, JUEL's stronger.
            python = "True" in self._constants
            return f"not({self._binary(_COMPARISON) if python else self._unary()})"
        if self._accept("empty"):
            return _empty(self._operand())
        if self._accept("-"):
            return f"-{self._operand()}"
        return self._operand()

    def _operand(self) -> str:
        if self._accept("("):
            inside = self._choice()
            self._demand(")")
            return f"({inside})"
        if self._at >= len(self._tokens):
            raise Untranslatable("it ends too early", "内容不完整")
        token = self._tokens[self._at]
        self._at += 1
        if token.kind == "text":
            return quoted(_ESCAPE.sub(r"\1", token.text[1:-1]))
        if token.kind == "number":
            return token.text
        if token.kind == "name" and token.text not in _WORDS:
            if self._peek() == "(":
                raise Untranslatable(
                    f"the function {token.text} is not known here",
                    f"不支持函数 {token.text}",
                )
            return self._constants.get(token.text, token.text)
        raise _misplaced(token)


def _misplaced(token: _Token) -> Untranslatable:
    return Untranslatable(f"“{token.text}” is not expected there", f"“{token.text}”的位置不对")


def _empty(operand: str) -> str:
    return f'({operand} = null or string({operand}) in ("", "[]", "{{}}"))'
