"""What a clerk does in one go: several records, one action, one sentence. Screens and commands share these."""
