"""What `./dev` does. Until the environment stands, only the standard library is used."""
