"""The admin: the workflow as its five roles work with it. `pages` says what there is."""
