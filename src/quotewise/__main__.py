"""`python -m quotewise` is the command `quotewise`."""

from ._cli import main

if __name__ == "__main__":
    main()
