"""One workspace folder, honestly kept: `ankang.db`, its key where it has a password, `evidence`, `backups`."""
