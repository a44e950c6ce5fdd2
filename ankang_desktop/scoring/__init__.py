"""From records to the marks and numbers of official papers, every one of them opening onto its proof.

A `measure` is a named function that answers a share 0..1 with its reason and the records it used; a scorecard is
points x measures, written in forms/<code>/form.toml; a statistics table is counters, written there too. Everything is
asked twice: of the records that count as proof (建议分) and of all of them (潜在分); what lies between is the cure.
"""
