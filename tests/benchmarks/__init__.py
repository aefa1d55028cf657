"""What is promised about speed and memory, measured: `./run bench`. Ratios are of one run on one machine."""
