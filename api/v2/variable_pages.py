"""Pages of variables, long values cut off."""

from dataclasses import asdict

from api.v2.models.search import found
from api.v2.models.variables import VariableSearchQueryResult, VariableSearchResult
from engine.domain.search import SearchResult
from engine.domain.views import VariableView

LONGEST = 8_191
"""Characters of a value in a list; as in Camunda 8."""


def variables_found(
    result: SearchResult[VariableView], *, truncate: bool
) -> VariableSearchQueryResult:
    """Return the response for found variables."""

    def shown(view: VariableView) -> VariableSearchResult:
        is_cut = truncate and len(view.value) > LONGEST
        value = view.value[:LONGEST] if is_cut else view.value
        return VariableSearchResult.model_validate(
            asdict(view) | {"value": value, "is_truncated": is_cut}
        )

    return found(VariableSearchQueryResult, result.map(shown))
