"""What everything stands on: records, people who sign in, occupations."""
