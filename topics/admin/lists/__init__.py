"""Lists that answer fast however long they are: bounded pages, filters in one form, search, CSV."""
