"""What an outcome is due to, and how much each cause bears of it; imports `fast`, `power`, `degrees` and the heart."""
