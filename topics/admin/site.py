"""The admin site."""

from django.contrib.admin import AdminSite


class SignoffAdminSite(AdminSite):
    pass
