"""Pictures of the demo world's products, drawn by Pillow: a plain shape for a family, varied by its look."""
