"""Papers on screen: the bytes previewed are the bytes printed and saved."""
