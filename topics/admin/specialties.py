"""Specialties are ticked in one list: Django's two boxes have a search field without a name."""

from django import forms


class TickedSpecialties:
    """For a page with a field `specialties`: one checkbox for each."""

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "specialties":
            kwargs["widget"] = forms.CheckboxSelectMultiple(attrs={"class": "ticks"})
        return super().formfield_for_manytomany(db_field, request, **kwargs)
