"""The parts of bench/booking.py: a database of its own, processes that race, a judge from outside."""
