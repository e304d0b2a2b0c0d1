"""What people type or upload about the plan."""
