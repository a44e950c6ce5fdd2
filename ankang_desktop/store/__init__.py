"""One workspace folder, honestly kept: `ankang.db`, `evidence/ab/abcd…`, `backups/`."""
