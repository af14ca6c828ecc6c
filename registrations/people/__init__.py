"""People of one programme who find each other: the directory, contacts, partnerships, and what keeps them safe."""
