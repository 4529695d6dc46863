"""What comes from sticks, pictures and paper, read as if an enemy had made it, in children that can do no harm."""
