"""Who is there and together: tenants, organisations, schools, notices."""
