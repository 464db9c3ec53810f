"""One target of the coverage-guided fuzzing: ``python -m tests.fuzz.guided_target TARGET FINDINGS COUNTS CORPUS [libFuzzer's flags]``."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Final

import atheris

with atheris.instrument_imports(include=["imports", "indicators.values", "perfgoals.money"]):
    import django

    django.setup()

    from imports.layouts import interchange
    from imports.workbooks import is_workbook
    from indicators.values import number_text, parse_value
    from perfgoals.money import LIMIT, UNITS, AmountError, format_amount, in_unit, parse_amount
    from tests.fuzz import mutating, packages
    from tests.fuzz.findings import Findings
    from tests.fuzz.starting import starting
    from tests.fuzz.trying import BrokenPromiseError, try_one

SECONDS: Final = 10.0
VALUES: Final = (
    "≥95%", "1处", "2025年7月", "改善", "", "100百分比", "≤1988.042428万元", "１２．５亿元", "5,300,000", "大于等于3", "不低于80%", "—", "0",
)  # fmt: skip


def values(data: bytes) -> None:
    """A target value and an amount: what is understood says the same as what is printed."""
    text = data.decode("utf-8", "replace")
    value = parse_value(text)
    if value.number is not None:
        if not value.number.is_finite() or Decimal(number_text(value.number)) != value.number:
            raise BrokenPromiseError(f"a number that is not written as it is: {value.number}")
    elif value.operator or value.unit:
        raise BrokenPromiseError("an operator or unit without a number")
    for unit in UNITS:
        with suppress(AmountError):
            _money(parse_amount(text, unit), unit)


def _money(yuan: Decimal | None, unit: str) -> None:
    if yuan is None:
        return
    if not 0 <= yuan < LIMIT or yuan != yuan.quantize(Decimal("0.01")):
        raise BrokenPromiseError(f"an amount that cannot be stored: {yuan}")
    if parse_amount(f"{in_unit(yuan, unit):f}", unit) != yuan or parse_amount(format_amount(yuan, unit), unit) != yuan:
        raise BrokenPromiseError(f"an amount that does not come back: {yuan}")


class Target:
    """What libFuzzer calls, and the mutations that it may use beside its own."""

    def __init__(self, name: str, findings: Findings, counts: Path) -> None:
        self.name = name
        self._try: Callable[[bytes], object] = values if name == "values" else try_one
        self._findings, self._counts = findings, counts
        self._tried = self._failed = 0
        self._told = 0.0

    def __call__(self, data: bytes) -> None:
        begun = time.process_time()
        self._tried += 1
        try:
            self._try(data)
            if time.process_time() - begun > SECONDS:
                raise BrokenPromiseError("took too long")
        except Exception as error:
            self._failed += 1
            self._findings.add(data, error, f"guided-{self.name}-{self._tried}")
        if (now := time.monotonic()) - self._told > 0.5:
            self._told = now
            self._counts.write_text(json.dumps({"tried": self._tried, "failed": self._failed}))

    def mutate(self, data: bytes, most: int, seed: int) -> bytes:
        """Half libFuzzer's own changes of bytes, half damages that texts and workbooks really have."""
        chance = random.Random(seed)
        if self.name != "values" and chance.random() < 0.5:
            with suppress(Exception):  # what is no text or package any more is left to bytes
                return self._damaged(data, chance)[:most]
        return bytes(atheris.Mutate(data, most))

    def _damaged(self, data: bytes, chance: random.Random) -> bytes:
        if is_workbook(data):
            return packages.mutated(data, chance)
        is_json = self.name == interchange.NAME and chance.random() < 0.6
        return mutating.of_json(data, chance) if is_json else mutating.mutated(data, chance)


def main() -> None:
    """Seed the corpus and hand over to libFuzzer, which ends the process."""
    name, folder, counts, corpus, *flags = sys.argv[1:]
    seeds = [value.encode() for value in VALUES] if name == "values" else starting(name)
    for number, seed in enumerate(seeds):
        Path(corpus, str(number)).write_bytes(seed)
    target = Target(name, Findings(Path(folder)), Path(counts))
    atheris.Setup([sys.argv[0], corpus, *flags], target, custom_mutator=target.mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
