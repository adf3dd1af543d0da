"""What the program writes for other systems and for spreadsheets."""
