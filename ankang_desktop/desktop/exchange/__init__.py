"""Excel in and out, as a person does it: menus of a ledger, and the import step by step."""
