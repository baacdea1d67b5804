"""Reading an article: passages, topics, entities, figures. No I/O but its own lexicons."""
