"""The measurements of the program: ratios of two things measured in the same run. See README.md."""
