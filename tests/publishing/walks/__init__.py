"""Random walks through a newsroom, and a small model that knows what each step must come to."""
