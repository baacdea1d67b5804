"""The command line: one module a verb group; what a verb needs is imported inside the verb."""
