"""The rules of the review as administrators set them: seen by everyone, tried before they are saved, with their history."""
