"""Organisation: schools, centres and rooms, what is delegated to them and which services are opened to them."""
