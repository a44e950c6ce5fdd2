"""The submission room: one zip out, everything in it accounted for, nothing private in it by oversight.

Writing     items · names · manifest · hashing · bag       a BagIt bag (RFC 8493) in one zip, streamed
Checking    contents · salvage · findings · verification       any zip or folder, file by file, also damaged
Privacy     identifiers · documents · privacy              ID, mobile, card numbers; positions of photos
Photos      containers · exif · photos                     copies without position or owner, pixels untouched
"""
