"""The grammar of FEEL (DMN 1.3, 10.3.1.2) as a recursive descent over tokens.

Binary operators are read by binding power, so a bracket costs few Python frames. What Camunda
adds is here too: names in backticks and blanks in the names of called functions.
"""

from collections.abc import Collection
from typing import cast

from engine.errors import ExpressionError
from engine.feel import nodes
from engine.feel.cursor import Cursor
from engine.feel.names import STOP_WORDS, NameTable
from engine.feel.nodes import Node
from engine.feel.properties import PROPERTY_NAMES
from engine.feel.temporal import parse_temporal
from engine.feel.tokens import TokenKind
from engine.feel.type_grammar import parse_type
from engine.feel.values import number

_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_LITERAL_WORDS = {"null": None, "true": True, "false": False}

_OR, _AND, _COMPARE, _ADD, _MULTIPLY, _POWER = range(1, 7)
_BINDING_POWERS = {
    "or": _OR,
    "and": _AND,
    "between": _COMPARE,
    "in": _COMPARE,
    "instance": _COMPARE,
    **dict.fromkeys(_COMPARISONS, _COMPARE),
    "+": _ADD,
    "-": _ADD,
    "*": _MULTIPLY,
    "/": _MULTIPLY,
    "**": _POWER,
}


def parse_expression(source: str, *, names: Collection[str], functions: NameTable) -> Node:
    """Read *source* as one expression.

    Args:
        source: FEEL text without a leading ``=``.
        names: Variables, members and types of several words that the text may use.
        functions: The built-in functions of several words.

    Raises:
        ExpressionError: With the position of the character at fault.
        LimitExceeded: Too long or nested too deeply.
    """
    parser = _Parser(source, names, functions)
    node = parser.expression()
    parser.expect_end()
    return node


def parse_unary_tests(source: str, *, names: Collection[str], functions: NameTable) -> nodes.Tests:
    """Read *source* as the tests of a cell: ``-``, ``test, test`` or ``not(test, test)``.

    Arguments and errors are those of :func:`parse_expression`. A blank text is ``-``.
    """
    parser = _Parser(source, names, functions)
    if not parser.at_negation():
        return parser.unary_tests()
    try:
        return parser.negated_tests()
    except ExpressionError as as_negation:
        try:
            # It may go on behind the bracket: not(a) or b.
            return _Parser(source, names, functions).unary_tests()
        except ExpressionError as as_condition:
            raise _furthest(as_negation, as_condition) from None


def _furthest(*errors: ExpressionError) -> ExpressionError:
    return max(errors, key=lambda error: error.position or 0)


class _Parser(Cursor):
    def __init__(self, source: str, names: Collection[str], functions: NameTable) -> None:
        super().__init__(source)
        self._names = NameTable([*PROPERTY_NAMES, *names])
        self._functions = functions
        self._interval_end_nesting: int | None = None

    def expect_end(self) -> None:
        if self.current.kind is not TokenKind.END:
            raise self.unexpected("an operator or the end")

    # --- tests of a cell -------------------------------------------------------------------

    def unary_tests(self) -> nodes.Tests:
        if self.current.kind is TokenKind.END:
            return nodes.Tests(position=0, tests=())
        if self.at_symbol("-") and self.following.kind is TokenKind.END:
            return nodes.Tests(position=0, tests=())
        tests = self._tests()
        self.expect_end()
        return nodes.Tests(position=0, tests=tests)

    def at_negation(self) -> bool:
        """Say whether the text begins with ``not(``."""
        return self.at_word("not") and self.following.text == "("

    def negated_tests(self) -> nodes.Tests:
        """Read ``not(test, test)`` up to the end."""
        self.index += 2
        tests = self._tests()
        self.expect_symbol(")")
        self.expect_end()
        return nodes.Tests(position=0, tests=tests, negated=True)

    def _tests(self) -> tuple[Node, ...]:
        tests = [self._test()]
        while self.take_symbol(","):
            tests.append(self._test())
        return tuple(tests)

    def _test(self) -> Node:
        if self.at_symbol(*_COMPARISONS):
            return self._unary_comparison()
        return self.expression()

    def _unary_comparison(self) -> nodes.UnaryComparison:
        token = self.advance()
        return nodes.UnaryComparison(
            position=token.position,
            operator=cast(nodes.ComparisonOperator, token.text),
            operand=self._binary(_ADD),
        )

    # --- operators -------------------------------------------------------------------------

    def expression(self) -> Node:
        with self.nested():
            return self._binary(_OR)

    def _binary(self, weakest: int) -> Node:
        left = self._unary()
        compared = False
        while (power := self._binding_power()) >= weakest:
            if power == _COMPARE and compared:
                raise self.error("Comparisons do not chain; join two of them with 'and'.")
            compared = compared or power == _COMPARE
            left = self._operation(left, power)
        return left

    def _binding_power(self) -> int:
        if self.current.kind not in (TokenKind.SYMBOL, TokenKind.WORD):
            return 0
        return _BINDING_POWERS.get(self.current.text, 0)

    def _operation(self, left: Node, power: int) -> Node:
        if power == _OR:
            return nodes.Disjunction(position=left.position, operands=self._chain(left, "or", _AND))
        if power == _AND:
            operands = self._chain(left, "and", _COMPARE)
            return nodes.Conjunction(position=left.position, operands=operands)
        if power == _COMPARE:
            return self._comparison(left)
        operator = self.advance().text
        return nodes.Arithmetic(
            position=left.position,
            operator=cast(nodes.ArithmeticOperator, operator),
            left=left,
            right=self._binary(power + 1),
        )

    def _chain(self, first: Node, word: str, tighter: int) -> tuple[Node, ...]:
        operands = [first]
        while self.take_word(word):
            operands.append(self._binary(tighter))
        return tuple(operands)

    def _comparison(self, left: Node) -> Node:
        position = left.position
        if self.take_word("between"):
            low = self._binary(_ADD)
            self.expect_word("and")
            return nodes.Between(position=position, value=left, low=low, high=self._binary(_ADD))
        if self.take_word("in"):
            return nodes.Membership(position=position, value=left, tests=self._membership_tests())
        if self.take_word("instance"):
            self.expect_word("of")
            type_name = parse_type(self, self._names)
            return nodes.InstanceOf(position=position, value=left, type=type_name)
        operator = cast(nodes.ComparisonOperator, self.advance().text)
        right = self._binary(_ADD)
        return nodes.Comparison(position=position, operator=operator, left=left, right=right)

    def _membership_tests(self) -> tuple[Node, ...]:
        if self.at_symbol(*_COMPARISONS):
            return (self._unary_comparison(),)
        if not self.at_symbol("("):
            return (self._binary(_ADD),)
        position = self.advance().position
        with self.nested():
            first = self._test()
            if self.at_symbol(".."):
                return (self._interval(position, first, start_included=False),)
            tests = [first]
            while self.take_symbol(","):
                tests.append(self._test())
            self.expect_symbol(")")
            return tuple(tests)

    def _unary(self) -> Node:
        if not self.at_symbol("-"):
            return self._postfix()
        position = self.advance().position
        with self.nested():
            operand = self._unary()
        return nodes.Negation(position=position, operand=operand)

    # --- paths, filters and calls ------------------------------------------------------------

    def _postfix(self) -> Node:
        node = self._primary()
        while True:
            if self.take_symbol("."):
                node = nodes.Path(position=node.position, base=node, name=self._member_name())
            elif self.at_symbol("[") and not self._closes_interval():
                node = self._filter(node)
            elif self.at_symbol("("):
                node = self._call(node)
            else:
                return node

    def _closes_interval(self) -> bool:
        """Say whether the ``[`` here is the open end of an interval such as ``[1..5[``.

        It is one when no operand follows, since a filter needs a condition.
        """
        if self._interval_end_nesting != self.nesting:
            return False
        token = self.following
        if token.kind is TokenKind.SYMBOL:
            return token.text not in ("(", "[", "{", "-")
        return token.kind is TokenKind.END or (
            token.text in STOP_WORDS and token.text not in _LITERAL_WORDS
        )

    def _member_name(self) -> str:
        found = self._names.longest(self.tokens, self.index)
        if found is not None:
            self.index += found[1]
            return found[0]
        if self.current.kind not in (TokenKind.WORD, TokenKind.QUOTED_NAME):
            raise self.unexpected("a name")
        return self.advance().text

    def _filter(self, base: Node) -> Node:
        self.expect_symbol("[")
        condition = self.expression()
        self.expect_symbol("]")
        return nodes.Filter(position=base.position, base=base, condition=condition)

    def _call(self, function: Node) -> Node:
        self.expect_symbol("(")
        positional: list[Node] = []
        named: list[nodes.NamedArgument] = []
        while not self.at_symbol(")"):
            position = self.current.position
            name = self._argument_name()
            value = self.expression()
            if name is None:
                positional.append(value)
            else:
                named.append(nodes.NamedArgument(position=position, name=name, value=value))
            if not self.take_symbol(","):
                break
        self.expect_symbol(")")
        if positional and named:
            raise self.error("Arguments are given either by position or by name, not both.")
        return nodes.Call(
            position=function.position,
            function=function,
            arguments=tuple(positional),
            named_arguments=tuple(named),
        )

    def _argument_name(self) -> str | None:
        if self.current.kind not in (TokenKind.WORD, TokenKind.QUOTED_NAME):
            return None
        start = self.index
        name = self.declared_name()
        if self.take_symbol(":"):
            return name
        self.index = start
        return None

    # --- operands ----------------------------------------------------------------------------

    def _primary(self) -> Node:
        token = self.current
        match token.kind:
            case TokenKind.NUMBER:
                self.advance()
                return nodes.Literal(position=token.position, value=number(token.text))
            case TokenKind.STRING:
                self.advance()
                return nodes.Literal(position=token.position, value=token.text)
            case TokenKind.TEMPORAL:
                return self._temporal()
            case TokenKind.QUOTED_NAME:
                self.advance()
                return nodes.Name(position=token.position, name=token.text)
            case TokenKind.WORD:
                return self._word()
            case _:
                return self._bracketed()

    def _temporal(self) -> Node:
        token = self.advance()
        value = parse_temporal(token.text)
        if value is None:
            raise self.error(f'@"{token.text}" is no date, time or duration.', token.position)
        return nodes.Literal(position=token.position, value=value)

    def _word(self) -> Node:
        token = self.current
        name = self._known_name()
        if name is not None:
            return nodes.Name(position=token.position, name=name)
        if token.text in _LITERAL_WORDS:
            self.advance()
            return nodes.Literal(position=token.position, value=_LITERAL_WORDS[token.text])
        match token.text:
            case "if":
                return self._conditional()
            case "for":
                return self._for()
            case "some" | "every":
                return self._quantified()
            case "function":
                return self._function_definition()
        if token.text in STOP_WORDS:
            raise self.unexpected("a value")
        return self._plain_name()

    def _known_name(self) -> str | None:
        variable = self._names.longest(self.tokens, self.index)
        function = self._functions.longest(self.tokens, self.index)
        if function is not None and self.tokens[self.index + function[1]].text != "(":
            function = None
        found = max(variable or ("", 0), function or ("", 0), key=lambda match: match[1])
        self.index += found[1]
        if found[1] == 0 and self.at_word("and", "or") and self.following.text == "(":
            return self.advance().text
        return found[0] or None

    def _plain_name(self) -> Node:
        first = self.advance()
        words = [first.text]
        while self.current.kind is TokenKind.WORD and self.current.text not in STOP_WORDS:
            words.append(self.advance().text)
        name = " ".join(words)
        if len(words) > 1 and not self.at_symbol("("):
            second = self.tokens[self.index - len(words) + 1]
            raise self.error(
                f"No operator stands before {second.text}. If one name is meant: `{name}`.",
                second.position,
            )
        return nodes.Name(position=first.position, name=name)

    def _conditional(self) -> Node:
        position = self.advance().position
        condition = self.expression()
        self.expect_word("then")
        consequence = self.expression()
        self.expect_word("else")
        return nodes.Conditional(
            position=position,
            condition=condition,
            consequence=consequence,
            alternative=self.expression(),
        )

    def _for(self) -> Node:
        position = self.advance().position
        iterators = self._iterators()
        self.expect_word("return")
        return nodes.For(position=position, iterators=iterators, body=self.expression())

    def _quantified(self) -> Node:
        token = self.advance()
        iterators = self._iterators()
        self.expect_word("satisfies")
        return nodes.Quantified(
            position=token.position,
            quantifier="some" if token.text == "some" else "every",
            iterators=iterators,
            condition=self.expression(),
        )

    def _iterators(self) -> tuple[nodes.Iterator, ...]:
        iterators = [self._iterator()]
        while self.take_symbol(","):
            iterators.append(self._iterator())
        return tuple(iterators)

    def _iterator(self) -> nodes.Iterator:
        position = self.current.position
        name = self.declared_name()
        self._names.add(name)
        self.expect_word("in")
        source = self.expression()
        end = self.expression() if self.take_symbol("..") else None
        return nodes.Iterator(position=position, name=name, source=source, end=end)

    def _function_definition(self) -> Node:
        position = self.advance().position
        self.expect_symbol("(")
        parameters = []
        while not self.at_symbol(")"):
            parameters.append(self._parameter())
            if not self.take_symbol(","):
                break
        self.expect_symbol(")")
        if self.at_word("external"):
            raise self.error("External functions (Java, PMML) are not run.")
        return nodes.FunctionDefinition(
            position=position, parameters=tuple(parameters), body=self.expression()
        )

    def _parameter(self) -> nodes.Parameter:
        position = self.current.position
        name = self.declared_name()
        self._names.add(name)
        type_name = parse_type(self, self._names) if self.take_symbol(":") else None
        return nodes.Parameter(position=position, name=name, type=type_name)

    # --- brackets ------------------------------------------------------------------------------

    def _bracketed(self) -> Node:
        if self.at_symbol("("):
            return self._parenthesis()
        if self.at_symbol("["):
            return self._list()
        if self.at_symbol("{"):
            return self._context()
        if self.at_symbol("]"):
            position = self.advance().position
            return self._interval(position, self.expression(), start_included=False)
        raise self.unexpected("a value")

    def _parenthesis(self) -> Node:
        position = self.advance().position
        if self.at_symbol(*_COMPARISONS):
            node: Node = self._unary_comparison()
        else:
            node = self.expression()
            if self.at_symbol(".."):
                return self._interval(position, node, start_included=False)
        self.expect_symbol(")")
        return node

    def _list(self) -> Node:
        position = self.advance().position
        items: list[Node] = []
        while not self.at_symbol("]"):
            items.append(self._test())
            if self.at_symbol("..") and len(items) == 1:
                return self._interval(position, items[0], start_included=True)
            if not self.take_symbol(","):
                break
        self.expect_symbol("]")
        return nodes.ListLiteral(position=position, items=tuple(items))

    def _interval(self, position: int, start: Node, *, start_included: bool) -> Node:
        self.expect_symbol("..")
        with self.nested():
            outer, self._interval_end_nesting = self._interval_end_nesting, self.nesting
            end = self._binary(_ADD)
            self._interval_end_nesting = outer
        bracket = self.expect_symbol("]", ")", "[")
        return nodes.Interval(
            position=position,
            start=start,
            end=end,
            start_included=start_included,
            end_included=bracket.text == "]",
        )

    def _context(self) -> Node:
        position = self.advance().position
        entries: list[nodes.Entry] = []
        while not self.at_symbol("}"):
            entries.append(self._entry())
            if not self.take_symbol(","):
                break
        self.expect_symbol("}")
        if len({entry.key for entry in entries}) < len(entries):
            raise self.error("A context has the same key twice.", position)
        return nodes.ContextLiteral(position=position, entries=tuple(entries))

    def _entry(self) -> nodes.Entry:
        token = self.current
        if token.kind is TokenKind.STRING:
            key = self.advance().text
        else:
            key = self.declared_name()
            self._names.add(key)
        self.expect_symbol(":")
        return nodes.Entry(position=token.position, key=key, value=self.expression())
