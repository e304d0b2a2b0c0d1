"""What people type about results and validations."""
