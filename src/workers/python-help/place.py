"""What can be said of a program and a place in it before it is understood."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jedi import Script
    from parso.python.tree import Leaf, Name

    Place = tuple[int, int]

from jedi.api.completion import _extract_string_while_in_string as string_begun

# How deep what is analysed may be nested. A hundred brackets within each other overflow the stack of a tab, which ends the
# interpreter; some hundred conditions or powers keep jedi busy for ten seconds; nobody reads half of that.
DEEPEST = 50
SIGNS = re.compile(rf"(?:(?:[-+~]|\bnot\b)\s*){{{DEEPEST}}}")
# What nests: brackets, and what stands to the right of an `else` or a power; and what ends that, unless the line goes on.
SIGN = re.compile(r"[([{]|[)\]}]|\*\*|\belse\b(?!\s*:)|,|(?<!\\)\n")


def is_too_deep(text: str) -> bool:
    return SIGNS.search(text) is not None or any(depth > DEEPEST for depth in depths(text))


def depths(text: str) -> Iterator[int]:
    """How deep it is after each sign: in brackets, or to the right of others within the innermost bracket."""
    rights = [0]
    for sign in SIGN.findall(text):
        if sign in "([{":
            rights.append(0)
        elif sign in ")]}":
            rights = rights[:-1] or [0]
        elif sign == "," or (sign == "\n" and len(rights) == 1):
            rights[-1] = 0
        elif sign in ("**", "else"):
            rights[-1] += 1
        yield max(len(rights) - 1, rights[-1])


def name_at(script: Script, place: Place) -> Name | None:
    leaf = script._module_node.get_leaf_for_position(place)
    return leaf if leaf is not None and leaf.type == "name" else None


def name_before(script: Script, bracket: Place) -> Name | None:
    """The name that is called by a bracket, where it is called by its name."""
    leaf = script._module_node.get_leaf_for_position(bracket, include_prefixes=True)
    if leaf is not None and leaf.start_pos >= bracket:
        leaf = leaf.get_previous_leaf()
    return leaf if leaf is not None and leaf.type == "name" else None


def is_text(script: Script, place: Place) -> bool:
    """Whether it is inside of a remark, a string or a number: there is nothing to complete."""
    leaf = script._module_node.get_leaf_for_position(place, include_prefixes=True)
    if leaf is None:
        return False
    if place <= leaf.start_pos and is_remark(leaf, place):
        return True
    if leaf.type in ("number", "fstring_string"):
        return True
    text, _, _ = string_begun(leaf, place)
    return text is not None


def is_remark(leaf: Leaf, place: Place) -> bool:
    return any(
        part.type == "comment" and part.start_pos < place <= part.end_pos for part in leaf._split_prefix()
    )
