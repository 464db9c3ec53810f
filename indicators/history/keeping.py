"""What a backup holds of the history: that it replays to the projects that stand."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from indicators.state import State, load_states, state_at, version_of
from perfgoals.keeping.lent import WARNING
from projects.models import Project

MOST: Final = 200
"""Projects that are replayed, spread evenly; the digests of the tables hold all events of the others."""


def replayed() -> dict[str, str]:
    """A digest over what the history replays to, and a warning where projects stand otherwise."""
    pks = list(Project.objects.order_by("pk").values_list("pk", flat=True))
    chosen = pks[:: -(-len(pks) // MOST) or 1]
    stored = load_states(chosen)
    digest, different = sha256(), 0
    for pk in chosen:
        version = version_of(pk)
        state = state_at(pk, version)
        different += state != stored[pk]
        digest.update(f"{pk} {version} {_in_order(state)}\n".encode())
    found = {"projects": str(len(chosen)), "replayed": digest.hexdigest()}
    return found | ({WARNING: f"{different} 个项目与它的修改记录推出的不一致"} if different else {})


def _in_order(state: State | None) -> str:
    if state is None:
        return ""
    parts = (state.fields, state.funding, state.goals, state.indicators)
    return repr([sorted(part.items()) for part in parts])
