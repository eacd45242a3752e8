"""The worker: job rows to services. It knows nothing of pages."""
