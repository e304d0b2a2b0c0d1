"""The frozen package that the Nucleo validates, and the files that say what it decided (R22, R35)."""
