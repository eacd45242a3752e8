"""Starting and looking after Campfire from a terminal."""
