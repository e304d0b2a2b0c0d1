"""What is typed about proposals and acts: a form says what cannot be meant, the rules say what is unlawful."""
