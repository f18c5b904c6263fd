"""What the voting engines say, beside what the kernel's plain count of every way to vote says."""
