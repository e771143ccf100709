"""Tells jedi what nobody writes down: the first parameter of a function `handle` is a request of the shop."""

from typing import TYPE_CHECKING

from jedi.plugins import plugin_manager

if TYPE_CHECKING:
    from collections.abc import Callable

    from jedi.inference.base_value import ValueSet
    from jedi.inference.names import AnonymousParamName


class HandlerPlugin:
    """Asked by jedi, as its own plugin for the fixtures of pytest is, what a parameter is that says nothing of itself."""

    @staticmethod
    def infer_anonymous_param(infer: Callable) -> Callable:
        def infer_request(name: AnonymousParamName) -> ValueSet:
            return request_of(name) if is_request(name) else infer(name)

        return infer_request


def is_request(name: AnonymousParamName) -> bool:
    param = name.tree_name.search_ancestor("param")
    function = param.get_parent_function()
    return (
        function.type == "funcdef"
        and function.name.value == "handle"
        and function.search_ancestor("funcdef", "classdef") is None
        and param.position_index == 0
        and param.star_count == 0
        and param.annotation is None
    )


def request_of(name: AnonymousParamName) -> ValueSet:
    module = name.parent_context.inference_state.import_module(("shop",))
    return module.py__getattribute__("Request").execute_with_values()


def register() -> None:
    plugin_manager.register(HandlerPlugin)
