"""The operator's shared tables of delivery: places and the working calendar."""
