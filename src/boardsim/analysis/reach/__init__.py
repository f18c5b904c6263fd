"""The least that would have to be otherwise for a goal; imports `fast`, `causation` and the heart."""
