"""What the commands in ``dev/`` do once a Python with Odoo's libraries is there."""
