"""Questions about claims. They read and never write."""
