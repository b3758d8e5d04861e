"""The demo: a fictional library with its people and rules, and the story of how its articles came."""
