"""What differs between two versions of a sheet, or two moments of a plan: down to field, row and word. Pure."""
