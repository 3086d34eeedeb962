"""`python -m wellbeing.assets`: the same as `manage.py fetch_assets`, before Django is there."""

import sys

from . import AssetsFault, fetch


def main() -> int:
    """0 where the files are in place, 1 with a sentence on stderr where they are not."""
    try:
        changed = fetch()
    except AssetsFault as fault:
        print(fault, file=sys.stderr)
        return 1
    print("Front-end files fetched." if changed else "Front-end files are current.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
