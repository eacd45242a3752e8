"""The command line: what is asked, worked out, and told in words."""
