"""How values stand in answers: money and numbers as decimal strings, blanks as null."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

_MONEY = {"type": "string", "format": "decimal", "pattern": r"^-?\d+\.\d{2}$", "example": "3000000.00"}
_NUMBER = {"type": "string", "format": "decimal", "pattern": r"^-?\d+(\.\d+)?$", "example": "95"}


class _DecimalField(serializers.Field[Decimal, Any, str, Any]):
    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, allow_null=True, **options)


@extend_schema_field({**_MONEY, "nullable": True})
class Money(_DecimalField):
    """Yuan with two places, whatever unit the source printed. A blank cell is null, a printed 0 is ``0.00``."""

    def to_representation(self, value: Decimal) -> str:
        """The amount as text, which no reader can round."""
        return f"{value:.2f}"


@extend_schema_field({**_NUMBER, "nullable": True})
class Number(_DecimalField):
    """A decimal number without needless zeros."""

    def to_representation(self, value: Decimal) -> str:
        """The number as text."""
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
