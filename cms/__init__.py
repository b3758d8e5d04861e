"""The Django project: settings, addresses and server entry points."""
