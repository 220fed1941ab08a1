"""Letters by e-mail: each handed to the relay once, and what comes back of them."""
