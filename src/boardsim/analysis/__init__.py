"""Questions put to the kernel: small pure modules that replay worlds and compare what comes out."""
