"""The language ledgers and papers are written in; knows SQLAlchemy and the kernel, nothing else of ours."""
