"""Words everyone may use: errors, paths, files, clock, numbers, text. Imports nothing of ours."""
