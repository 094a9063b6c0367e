"""The read side: what people may see, searched and fetched. Nothing here changes anything."""
