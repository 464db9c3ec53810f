"""A list of projects in Django's admin, as its documentation recommends for large tables."""

from django.contrib import admin
from django.urls import path

from projects.models import Project


@admin.register(Project)
class ProjectAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # takes none when it runs
    """Related rows are fetched with the list, and the whole table is not counted twice."""

    list_display = ("name", "region", "department", "year", "amount", "attribute")
    list_filter = ("year", "attribute")
    list_select_related = ("region", "department")
    list_per_page = 50
    search_fields = ("name",)
    show_full_result_count = False


urlpatterns = [path("admin/", admin.site.urls)]
