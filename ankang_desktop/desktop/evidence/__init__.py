"""Files on records as the desktop shows them: thumbnails, the panel beside a record, the large viewer, the history."""
