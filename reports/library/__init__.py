"""What programmes leave to the public: talks and impact stories, found by words in six languages."""
