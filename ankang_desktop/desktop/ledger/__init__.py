"""One derived page for every ledger: table over ids, filters by kind, totals, batch edit; and the shelf of them all."""
