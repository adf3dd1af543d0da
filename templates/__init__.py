"""What documents and e-mails look like: layouts, fonts, images and texts, as files that a school may copy."""
