"""Template tags of the user interface: ``{% load ui %}``.

``{% ui "badge" label="Neu" tone="info" %}`` draws a component without content,
``{% component "card" title="Wünsche" %}...{% slot "footer" %}...{% endslot %}{% endcomponent %}`` one with content.
Names of props and slots are checked when the template is compiled, values when it is rendered.
"""

from functools import cache
from typing import Any, cast

from django import template
from django.forms import BoundField
from django.forms.utils import flatatt
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from werkpfad.base.core.ui import catalog, forms, icons, theme
from werkpfad.base.core.ui.registry import Component, ComponentError, find
from werkpfad.base.core.ui.widgets import FieldPicker

__all__ = ["catalog", "register"]

register = template.Library()


class SlotNode(template.Node):
    """A named part of a component's content; rendered by the component, not where it stands."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        return ""


class ComponentNode(template.Node):
    """Renders a component's template with its built context, the content and the slots."""

    def __init__(
        self,
        component: Component,
        props: dict[str, FilterExpression],
        nodelist: NodeList,
    ) -> None:
        self.component = component
        self.props = props
        self.nodelist = nodelist
        self.slots = [node for node in nodelist if isinstance(node, SlotNode)]

    def render(self, context: template.Context) -> SafeString:
        props = {
            name: value.resolve(context, ignore_failures=True) for name, value in self.props.items()
        }
        try:
            built = self.component.context(props)
        except ComponentError as error:
            raise template.TemplateSyntaxError(str(error)) from error
        content = self.nodelist.render(context).strip() if self.nodelist else ""
        built["content"] = mark_safe(content)
        built["slots"] = {node.name: node.nodelist.render(context) for node in self.slots}
        for shared in ("request", "csrf_token", "csp_nonce"):
            if shared in context:
                built.setdefault(shared, context[shared])
        engine = context.template.engine
        return engine.get_template(self.component.template).render(template.Context(built))


def _component_and_props(
    parser: Parser, token: Token
) -> tuple[Component, dict[str, FilterExpression]]:
    tag, *bits = token.split_contents()
    if not bits or bits[0][0] not in "\"'":
        raise template.TemplateSyntaxError(f"{tag}: the component's name must be a quoted string")
    props = token_kwargs(rest := bits[1:], parser)
    if rest:
        raise template.TemplateSyntaxError(f"{tag}: props are written name=value, got {rest[0]!r}")
    try:
        return find(bits[0][1:-1]), props
    except ComponentError as error:
        raise template.TemplateSyntaxError(str(error)) from error


def _checked(
    component: Component, props: dict[str, FilterExpression], nodelist: NodeList
) -> ComponentNode:
    slots = [node.name for node in nodelist if isinstance(node, SlotNode)]
    try:
        component.check_names(props, slots)
    except ComponentError as error:
        raise template.TemplateSyntaxError(str(error)) from error
    return ComponentNode(component, props, nodelist)


@register.tag("ui")
def do_ui(parser: Parser, token: Token) -> ComponentNode:
    """``{% ui "name" prop=value %}``: a component without content."""
    component, props = _component_and_props(parser, token)
    return _checked(component, props, NodeList())


@register.tag("component")
def do_component(parser: Parser, token: Token) -> ComponentNode:
    """``{% component "name" prop=value %}...{% endcomponent %}``: a component with content and slots."""
    component, props = _component_and_props(parser, token)
    if not component.takes_content:
        raise template.TemplateSyntaxError(f"{component.name} takes no content: use the ui tag")
    nodelist = parser.parse(("endcomponent",))
    parser.delete_first_token()
    return _checked(component, props, nodelist)


@register.tag("slot")
def do_slot(parser: Parser, token: Token) -> SlotNode:
    """``{% slot "name" %}...{% endslot %}`` directly inside a component."""
    _, *bits = token.split_contents()
    if len(bits) != 1 or bits[0][0] not in "\"'":
        raise template.TemplateSyntaxError("slot: give one quoted name")
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(bits[0][1:-1], nodelist)


@register.simple_tag
@cache
def icon(name: str, size: str = "default") -> SafeString | str:
    """A decorative icon (hidden from assistive technology); unknown names are an error, an empty one draws nothing."""
    if not name:
        return ""
    if name in icons.KERN_ICONS:
        return format_html(
            '<span class="kern-icon kern-icon--{} kern-icon--{}" aria-hidden="true"></span>',
            name,
            size,
        )
    if name in icons.OWN_ICONS:
        return format_html(
            '<svg class="wp-icon wp-icon--{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
            size,
            static("werkpfad/icons.svg"),
            name,
        )
    raise template.TemplateSyntaxError(f"there is no icon {name!r}")


@register.simple_tag
@cache
def picture(name: str, folder: str = "fields") -> SafeString:
    """A decorative drawing from ``static/werkpfad/<folder>/<name>.svg`` that follows light and dark."""
    href = static(f"werkpfad/{folder}/{name}.svg")
    return format_html(
        '<svg class="wp-picture" viewBox="{}" aria-hidden="true" focusable="false"><use href="{}#p"></use></svg>',
        theme.VIEW_BOX[folder],
        href,
    )


@register.simple_tag(takes_context=True)
def theme_attribute(context: template.Context) -> SafeString | str:
    """``data-kern-theme="..."`` from the visitor's cookie, or nothing when the system decides."""
    request = context.get("request")
    chosen = theme.chosen(request.COOKIES) if request is not None else ""
    return format_html(' data-kern-theme="{}"', chosen) if chosen else ""


@register.filter
def attribute(mapping: Any, name: str) -> Any:
    """A key of a mapping, or an attribute; None when absent."""
    return mapping.get(name) if hasattr(mapping, "get") else getattr(mapping, name, None)


register.filter("field_groups", forms.groups)
register.filter("field_kind", forms.kind)
register.filter("is_set", forms.is_set)
register.filter("described_by", forms.described_by)
register.filter("control", forms.control)
register.filter("focus_id", forms.focus_id)
register.filter("option_attributes", forms.option_attributes)
register.filter("flat_attributes", flatatt)
register.filter("error_texts", forms.error_texts)


@register.filter
def picture_of(field: BoundField, value: object) -> str:
    """The drawing a field picker shows for ``value``."""
    return cast(FieldPicker, field.field.widget).picture(value)


@register.filter
def unlocalized(value: float) -> str:
    """A number as SVG wants it: with a point."""
    return f"{value:g}"


_MESSAGE_TONES = {"error": "danger", "warning": "warning", "success": "success"}


@register.filter
def message_tone(level_tag: str) -> str:
    """The tone of a message of Django's message framework."""
    return _MESSAGE_TONES.get(level_tag, "info")


@register.simple_tag
def error_page(title: str, *lines: str) -> SafeString:
    """A whole error page; needs no database, no session and no signed-in user."""
    return render_to_string("core/_error.html", {"title": title, "lines": lines})
