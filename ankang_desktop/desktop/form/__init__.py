"""One form for every ledger: sections, editors by kind, lines, workflow, drafts that outlive a crash."""
