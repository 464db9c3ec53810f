"""What is typed about a saved filter."""

from __future__ import annotations

from typing import Any

from django import forms

from perfgoals.models import User
from projects.models import SavedFilter
from projects.saved_filters.places import Place, own_places, place_key


class SavedFilterForm(forms.Form):
    """A name, and the place that it is shared with; the choices are the person's own places."""

    name = forms.CharField(label="名称", max_length=60, widget=forms.TextInput({"autocomplete": "off"}))
    place = forms.ChoiceField(label="共享给", required=False)

    def __init__(self, data: Any, *, user: User, saved: SavedFilter | None = None) -> None:
        shared = saved and (saved.department or saved.region)
        super().__init__(
            data, initial={"name": saved.name, "place": place_key(shared) if shared else ""} if saved else None
        )
        self.places = own_places(user)
        if shared:  # perhaps with a place that the person has left
            self.places.setdefault(place_key(shared), shared)
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            ("", "只给自己用"), *((key, f"{place.name}的同事") for key, place in self.places.items()),
        ]  # fmt: skip
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    def clean_place(self) -> Place | None:
        """The place itself; ``None`` for nobody else."""
        return self.places.get(self.cleaned_data["place"])
