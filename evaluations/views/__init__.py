"""The pages of verifications, validations, the Relazione and deadlines."""
