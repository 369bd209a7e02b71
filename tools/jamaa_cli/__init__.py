"""What ./jamaa is made of: standard library only, one concept per file."""
