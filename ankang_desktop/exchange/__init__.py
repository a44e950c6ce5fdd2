"""Worksheets in and out: every ledger's template, import with a preview, export, and the bad rows handed back.

Derived from the one declaration of a ledger, in this order:

    mending     cells written over by hand             pasted     a block from the clipboard as a workbook
    strangers   names that are not on the roster yet
    layout      which columns a ledger's workbook has          cells      kind of value -> how a cell holds it
    reading     any workbook -> rows, through a limited child  reader     what the child does (plain_text, limits)
    guessing    header -> field (synonyms.toml)                headers    one sheet's header row understood
    understanding  a workbook as one ledger's                  personal   what is never taken in
    columns     cells -> values                                drafts     rows -> drafts with faults
    matching    draft -> the record it means                   planning   draft -> what would become of it
    incoming    the plan and its one undo step                 rejects    bad rows handed back
    outgoing    export and template                            verifying  a written workbook read back
"""
