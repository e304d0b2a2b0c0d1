"""The pages of this room: checking a file in public, bringing back what was signed."""
