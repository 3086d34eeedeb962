"""What can go wrong while the front-end files are fetched."""


class AssetsFault(Exception):
    """Why the files could not be had, in one line; nothing was changed."""
