"""The programme room: notices -> obligations -> calendar.

asking       Need · Tally · Proofs: what is asked of the ledgers this room does not know
windows      when-codes and the days they mean        reminders  14/7/3/1 days before, never at a weekend's due
reading      TOML with faults told by file and key
notices      the notices as obligations               templates  the default calendar
sets         十个一, 八个一, 五进, 五带头, 六查, 五送   library    all of them, checked against each other
timing       days as notices write them               blocks    a pasted notice cut into parts and sentences
proposing    a pasted notice read into proposals
choices      what the officer decides                 tasks      what is switched on
duties       a duty's state and its reason            agenda     the calendar of a year as of a day
"""
