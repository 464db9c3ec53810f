"""By what a statement's rows of large tables are found: by the region, by a project's number, by a row's own, or by nothing.

PostgreSQL's own plan says it, so that it does not matter how a statement is written: which conditions hold for each table
that it reads, and by which columns tables are joined. A table that is joined by its key to one whose rows are found by something
is found by the same. What functions and triggers of the database do on their own is not seen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from django.db import connection

REGION, PROJECT, ROW, NOTHING = "region", "project", "row", "nothing"
STRENGTHS: Final = (REGION, PROJECT, ROW, NOTHING)
"""What rows are found by, the best first: values of the region's column, a project's number, a row's own number, or nothing
that would say where they are."""

_COLUMN: Final = r"([a-z_][a-z0-9_]*)\.([a-z_][a-z0-9_]*)"
_CAST: Final = re.compile(
    r"::(?:character varying|timestamp with time zone|double precision|[a-z_]+)(?:\(\d+(?:,\d+)?\))?(?:\[\])?"
)
_EQUAL: Final = re.compile(rf"{_COLUMN} = (.+)")
_CONDITIONS: Final = ("Index Cond", "Recheck Cond", "Filter", "Join Filter", "Hash Cond", "Merge Cond", "TID Cond")


class Use(NamedTuple):
    """A table that a statement reads or writes, and what its rows are found by."""

    table: str
    by: str


class _Read(NamedTuple):
    """What a plan reads under one name, and the columns that find its rows; of a subquery any column may."""

    table: str
    keys: dict[str, str] | None


def uses(statement: str, values: Any, keys: dict[str, dict[str, str]]) -> list[Use]:
    """The uses of tables whose keys are given (table → column → what it finds), as PostgreSQL would plan them.

    Rows that are put in are left out: they carry their keys.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) {statement}", values)
        (plan,) = cursor.fetchone()
    plan = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
    nodes = list(_nodes(plan))
    reads, found, within = {}, {}, {}
    for node in nodes:
        alias, name = node.get("Alias", ""), node.get("Relation Name", "")
        if name and node.get("Operation") != "Insert":
            reads[alias], found[alias] = _Read(name, keys.get(name, {})), NOTHING
        elif node["Node Type"] in ("Subquery Scan", "CTE Scan"):
            reads[alias], found[alias] = _Read("", None), NOTHING
            within[alias] = _made_of(node, nodes)
        elif node["Node Type"] in ("Function Scan", "Values Scan"):
            is_list = node.get("Function Name", "unnest") == "unnest"
            reads[alias], found[alias] = _Read("", None), PROJECT if is_list else NOTHING
    # What a bitmap is made by holds for that bitmap; what all of them together mean, the scan says that uses them.
    told = [node for node in nodes if node["Node Type"] != "Bitmap Index Scan"]
    conditions = [one for node in told for name in _CONDITIONS if name in node for one in _parts(node[name], " AND ")]
    for _ in reads:  # as far as bounds may have to travel from table to table
        for condition in conditions:
            _apply(condition, reads, found)
        for alias, parts in within.items():
            of = [found[part] for part in parts if reads[part].table in keys]
            found[alias] = max(of, key=STRENGTHS.index, default=PROJECT)
    return [Use(read.table, found[alias]) for alias, read in reads.items() if read.table in keys]


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from _nodes(child)


def _made_of(node: dict[str, Any], nodes: Sequence[dict[str, Any]]) -> set[str]:
    """The names of the tables that a subquery's rows come from."""
    roots = [one for one in nodes if one.get("Subplan Name") == f"CTE {node.get('CTE Name')}"] or node.get("Plans", [])
    return {one["Alias"] for root in roots for one in _nodes(root) if "Relation Name" in one}


def _apply(condition: str, reads: dict[str, _Read], found: dict[str, str]) -> None:
    """Let one condition bind what it binds. Of alternatives each must bind, and the weakest counts."""
    bound: list[dict[str, str]] = []
    for one in _parts(condition, " OR "):
        here: dict[str, str] = {}
        for part in _parts(one, " AND "):
            for alias, by in _bound(part, reads, found):
                here[alias] = _better(here.get(alias, NOTHING), by)
        bound.append(here)
    for alias in set.intersection(*(set(here) for here in bound)):
        found[alias] = _better(found[alias], max((here[alias] for here in bound), key=STRENGTHS.index))


def _bound(part: str, reads: dict[str, _Read], found: dict[str, str]) -> Iterator[tuple[str, str]]:
    part = _plain(part)
    if within := re.fullmatch(r"ANY \((.+)\)", part):
        part = _plain(within[1])  # one of what a subplan finds
    match = _EQUAL.fullmatch(part) or _EQUAL.fullmatch(" = ".join(_parts(part, " = ")[::-1]))
    if match is None:  # nor with its sides exchanged, as a join may write it that reads the values first
        return
    alias, column, other = match.groups()
    joined = re.fullmatch(_COLUMN, other)
    if joined is None:
        if by := _key(reads, alias, column):
            yield alias, by
        return
    sides = ((alias, column), (joined[1], joined[2]))
    for (one, its), (another, another_its) in (sides, sides[::-1]):
        by = _key(reads, one, its)
        if by and _key(reads, another, another_its) and found.get(another, NOTHING) != NOTHING:
            # Joined by the project, a part lies where the project lies, though the statement does not say so of the part.
            yield one, max(found[another], ROW, key=STRENGTHS.index) if by == ROW else found[another]


def _key(reads: dict[str, _Read], alias: str, column: str) -> str | None:
    read = reads.get(alias)
    if read is None:
        return None
    return PROJECT if read.keys is None else read.keys.get(column)


def _plain(text: str) -> str:
    text = _CAST.sub("", text)
    while (bare := re.sub(rf"\(({_COLUMN})\)", r"\1", text)) != text:
        text = bare
    return text[1:-1] if _is_wrapped(text) else text


def _is_wrapped(text: str) -> bool:
    if not (text.startswith("(") and text.endswith(")")):
        return False
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return at == len(text) - 1
    return False


def _parts(text: str, word: str) -> list[str]:
    """A condition taken apart at a word outside brackets and quotes."""
    while _is_wrapped(text):
        text = text[1:-1]
    parts, depth, quoted, start, at = [], 0, False, 0, 0
    while at < len(text):
        quoted = quoted is not (text[at] == "'")
        if not quoted:
            depth += (text[at] == "(") - (text[at] == ")")
            if depth == 0 and text.startswith(word, at):
                parts.append(text[start:at])
                at = start = at + len(word)
                continue
        at += 1
    return [*parts, text[start:]]


def _better(one: str, other: str) -> str:
    return min(one, other, key=STRENGTHS.index)


@contextmanager
def watched(see: Callable[[str, Any], object]) -> Iterator[None]:
    """Shows each statement that is run, with its values, before it runs."""

    def watch(execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:
        for one in values if many else [values]:
            see(statement, one)
        return execute(statement, values, many, context)

    with connection.execute_wrapper(watch):
        yield


def mentions(statement: str, tables: Collection[str]) -> bool:
    """Whether a statement that can be planned names one of the tables."""
    can_be_planned = statement.lstrip(" (\n").startswith(("SELECT", "WITH", "UPDATE", "DELETE", "INSERT"))
    return can_be_planned and any(re.search(rf"\b{table}\b", statement) for table in tables)
