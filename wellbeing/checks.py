"""What `manage.py check` asks of an installation."""
