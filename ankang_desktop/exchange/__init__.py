"""Worksheets in and out: every ledger's template, import with a preview, export, and the bad rows handed back.

layout      which columns a ledger's workbook has          cells      kind of value -> how a cell holds it
reading     any workbook -> rows, through a limited child  reader     what the child does
headers     which column means which field                 personal   what is never taken in
drafts      rows -> values with faults                     incoming   the preview (Plan) and its one undo step
rejects     bad rows handed back                           outgoing   export and template
"""
