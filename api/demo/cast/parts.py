"""Parts that stories are put together from.

A part says what people do and what must be true at the end because of it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from api.demo.story import Customer, Ending, Language, Moves, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Who has the case, who asks the customer afterwards, and in which language."""

    owner: str
    colleague: str
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Moves, and their share of the ending; of two parts the later one's moves and places count.

    ``customer`` is what the part needs of the customer, if anything.
    """

    moves: Moves = field(default_factory=dict)
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    letters: Mapping[str, int] = field(default_factory=dict)
    refunded: Decimal = Decimal(0)
    points: int = 0
    denials: int = 0
    customer: Customer | None = None

    def then(self, later: "Part") -> "Part":
        """Return both, one after the other."""
        return Part(
            moves={**self.moves, **later.moves},
            places={**self.places, **later.places},
            letters=Counter(self.letters) + Counter(later.letters),
            refunded=self.refunded + later.refunded,
            points=self.points + later.points,
            denials=self.denials + later.denials,
            customer=later.customer or self.customer,
        )

    def stopped(self, process_id: str, task: str, *, sent: Collection[str], paid: bool) -> "Part":
        """Return the part as far as *task*, which nobody does.

        Of its letters only those are *sent*; its money and points are *paid* by then, or not.
        """
        return replace(
            self,
            moves={name: moves for name, moves in self.moves.items() if name != task},
            places={**self.places, process_id: (task,)},
            letters={name: count for name, count in self.letters.items() if name in sent},
            refunded=self.refunded if paid else Decimal(0),
            points=self.points if paid else 0,
        )

    @property
    def ending(self) -> Ending:
        """Return what must be true at the end."""
        return Ending(
            places=self.places,
            letters=self.letters,
            refunded=self.refunded,
            points=self.points,
            denials=self.denials,
        )


Told = Callable[[Telling], Part]
"""A part that needs to know who tells it."""


def plain(telling: Telling) -> Part:
    """Add nothing."""
    del telling
    return Part()


def both(first: Told, second: Told) -> Told:
    """Return one part after the other."""
    return lambda telling: first(telling).then(second(telling))
