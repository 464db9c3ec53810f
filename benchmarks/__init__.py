"""What measures speed and memory; `./run bench NAME` runs one."""
