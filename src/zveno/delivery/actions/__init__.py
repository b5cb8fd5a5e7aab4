"""What is done to places, carriers, choices and parcels."""
