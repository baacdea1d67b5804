"""From the net to clean records: retrieve, read feeds, extract pages. Keeps no state, knows no archive."""
