"""Reads a form-js document: strict, so that what the server cannot check is not deployed."""

import re

from engine.domain.classification import Classification
from engine.errors import DeploymentRefused
from engine.forms.dynamic import Dynamic
from engine.forms.json_document import read_json
from engine.forms.kinds import KEYED_TYPES, read_kind
from engine.forms.model import Container, Field, FormModel, Node, Repetition
from engine.forms.paths import MISSING
from engine.forms.properties import Properties, Report
from engine.forms.rules import Rules
from engine.forms.shape import MAX_ROWS, ListShape, ObjectShape
from engine.forms.translation import check_translations

MAX_COMPONENTS = 1_000
MAX_NESTING = 20

_CONTAINER_TYPES = frozenset({"group", "dynamiclist"})
_PRESENTATION_TYPES = frozenset(
    {
        "button",
        "documentPreview",
        "html",
        "iframe",
        "image",
        "separator",
        "spacer",
        "table",
        "text",
    }
)
_EXPRESSIONS = frozenset(
    {
        "alt",
        "columnsExpression",
        "dataSource",
        "description",
        "label",
        "source",
        "text",
        "title",
        "url",
    }
)
"""Properties that only the browser evaluates; they must compile all the same."""

_KEY = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")


def parse_form(data: bytes, *, resource_name: str) -> FormModel:
    """Read the bytes of a ``.form`` file.

    Raises:
        DeploymentRefused: the document is no form, or has a component, rule or expression that
            cannot be honoured; the findings name each, by the component's key or id.
    """
    report = Report(resource=resource_name)
    schema = read_json(data, report)
    form = _Reader(report).form(schema) if schema is not None else None
    if form is None or report.findings:
        raise DeploymentRefused(f"{resource_name} cannot be deployed.", report.findings)
    return form


class _Reader:
    """Walks through one document; what is wrong goes to the report."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._ids: set[str] = set()
        self._count = 0

    def form(self, schema: dict[str, object]) -> FormModel | None:
        """Return the form, which is of use only when nothing was reported."""
        form_id, version_tag = schema.get("id"), schema.get("versionTag")
        if not isinstance(form_id, str) or not form_id:
            self._wrong_form("the form needs an “id” that diagrams link to", "表单需要“id”")
            form_id = ""
        if schema.get("type") != "default":
            self._wrong_form("“type” must be “default”", "“type”必须是“default”")
        if version_tag is not None and not isinstance(version_tag, str):
            self._wrong_form("“versionTag” must be a text", "“versionTag”必须是文本")
            version_tag = None
        if not isinstance(schema.get("title", ""), str):
            self._wrong_form("“title” must be a text", "“title”必须是文本")
        shape = ObjectShape()
        nodes = self._nodes(schema.get("components"), shape, "the form", depth=0)
        check_translations(schema, self._report)
        return FormModel(
            form_id=form_id,
            version_tag=version_tag or None,
            schema=schema,
            nodes=nodes,
            shape=shape,
        )

    def _wrong_form(self, message_en: str, message_zh: str) -> None:
        message_en = message_en[0].upper() + message_en[1:]
        self._report.error("form-shape", None, f"{message_en}.", f"{message_zh}。")

    def _nodes(
        self, components: object, place: ObjectShape, owner: str, depth: int
    ) -> tuple[Node, ...]:
        if not isinstance(components, list) or depth > MAX_NESTING:
            self._wrong_form(
                f"{owner} needs a list of “components”, nested at most {MAX_NESTING} times",
                f"“components”必须是列表,最多嵌套 {MAX_NESTING} 层",
            )
            return ()
        nodes = (self._node(each, place, depth) for each in components)
        return tuple(node for node in nodes if node is not None)

    def _node(self, component: object, place: ObjectShape, depth: int) -> Node | None:
        self._count += 1
        if self._count == MAX_COMPONENTS + 1:
            self._wrong_form(
                f"a form has at most {MAX_COMPONENTS} components",
                f"一个表单最多有 {MAX_COMPONENTS} 个组件",
            )
        if self._count > MAX_COMPONENTS:
            return None
        if not isinstance(component, dict):
            self._wrong_form("every component must be an object", "每个组件必须是对象")
            return None
        properties = self._properties(component)
        kind = properties.text("type")
        hide = self._condition(properties)
        for name in sorted(_EXPRESSIONS & component.keys()):
            properties.dynamic(name)
        if kind in KEYED_TYPES:
            return self._field(properties, hide, place)
        if kind in _CONTAINER_TYPES:
            return self._container(properties, hide, place, depth)
        if kind not in _PRESENTATION_TYPES:
            properties.error(
                "form-unknown-component",
                f"the type “{kind}” is not supported",
                f"不支持类型“{kind}”",
            )
        return None

    def _properties(self, component: dict[str, object]) -> Properties:
        names = (component.get("key"), component.get("path"), component.get("id"))
        name = next((each for each in names if isinstance(each, str) and each), "?")
        properties = Properties(values=component, element_id=name, report=self._report)
        identifier = properties.text("id")
        if identifier and identifier in self._ids:
            properties.error(
                "form-duplicate-id",
                f"the id “{identifier}” is there twice",
                f"id“{identifier}”重复",
            )
        self._ids.add(identifier)
        return properties

    def _condition(self, properties: Properties) -> Dynamic:
        section = properties.section("conditional")
        hide = section.dynamic("hide")
        if hide.expression is None and hide.literal not in (None, ""):
            section.error(
                "form-expression",
                "“conditional.hide” must be an expression that begins with “=”",
                "“conditional.hide”必须是以“=”开头的表达式",
            )
        return hide

    def _field(self, properties: Properties, hide: Dynamic, place: ObjectShape) -> Field | None:
        path = self._claim(properties, "key", place, None)
        kind = read_kind(properties)
        return Field(
            id=properties.text("id"),
            path=path,
            hide=hide,
            disabled=properties.flag("disabled"),
            readonly=properties.switch("readonly"),
            default=properties.values.get("defaultValue", MISSING),
            kind=kind,
            rules=Rules.read(properties.section("validate"), kind),
            classification=self._classification(properties),
        )

    def _container(
        self, properties: Properties, hide: Dynamic, place: ObjectShape, depth: int
    ) -> Container:
        is_list = properties.text("type") == "dynamiclist"
        repetition = _repetition(properties) if is_list else None
        inner: ObjectShape = place
        path: tuple[str, ...] = ()
        if repetition is not None:
            list_shape = ListShape()
            path = self._claim(properties, "path", place, list_shape)
            inner = list_shape.row
        elif is_list or properties.text("path"):
            path = self._claim(properties, "path", place, ObjectShape())
            inner = place.inner(path)
        children = self._nodes(
            properties.value("components"), inner, f"“{properties.element_id}”", depth + 1
        )
        return Container(
            id=properties.text("id"),
            path=path,
            hide=hide,
            children=children,
            repetition=repetition,
        )

    def _claim(
        self,
        properties: Properties,
        name: str,
        place: ObjectShape,
        shape: ObjectShape | ListShape | None,
    ) -> tuple[str, ...]:
        """Read a key or path and take it; () when that is not possible."""
        written = properties.text(name)
        if not _KEY.fullmatch(written):
            properties.error(
                "form-key",
                f"“{name}” must be names joined by dots, not “{written}”",
                f"“{name}”必须是用点连接的名称,而不是“{written}”",
            )
            return ()
        path = tuple(written.split("."))
        if not place.claim(path, shape):
            properties.error(
                "form-duplicate-key",
                f"another field has its value at “{written}” already",
                f"“{written}”已被另一个字段使用",
            )
            return ()
        return path

    def _classification(self, properties: Properties) -> Classification | None:
        word = properties.section("properties").text("classification")
        if not word:
            return None
        try:
            return Classification(word)
        except ValueError:
            words = ", ".join(Classification)
            properties.error(
                "form-classification",
                f"the classification must be one of {words}, not “{word}”",
                f"数据级别必须是下列之一:{words},而不是“{word}”",
            )
            return None


def _repetition(properties: Properties) -> Repetition | None:
    """Read how a dynamic list repeats; None when it is told not to, which makes it a group."""
    if not properties.flag("isRepeating", default=True):
        return None
    rows = properties.whole("defaultRepetitions")
    custom = properties.section("properties")
    if rows is not None and rows > MAX_ROWS:
        properties.error(
            "form-property",
            f"“defaultRepetitions” must be at most {MAX_ROWS}",
            f"“defaultRepetitions”最多为 {MAX_ROWS}",
        )
    return Repetition(
        default_rows=1 if rows is None else rows,
        resizable=properties.flag("allowAddRemove", default=True),
        least=custom.whole("minItems") or 0,
        most=custom.whole("maxItems"),
    )
