"""The pages of this app, one module per visitor: anyone who verifies, the owner, machines."""
