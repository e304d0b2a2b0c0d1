"""Running the program: copies of everything and their return, how it is, what it writes into its log."""
