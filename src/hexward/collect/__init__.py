"""AWS → inventory: one file of tables per service, and the engine that walks them."""
