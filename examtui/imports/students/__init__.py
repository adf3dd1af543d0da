"""The import of a school's pupils: SIECLE's XML and the 15-column CSV."""
