"""Benchmarks: run by hand, printed as ratios within one run; none of them is a test, for tests are never timed."""
