"""The pages of plans, sheets and acts."""
