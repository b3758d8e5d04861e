"""An article's timeline: every act on it, told from the ledger, newest first."""
