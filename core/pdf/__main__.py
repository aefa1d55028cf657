"""`python -m core.pdf` is the renderer process; `core.pdf.Door` starts and uses it."""

from core.pdf.server import main

if __name__ == "__main__":
    main()
