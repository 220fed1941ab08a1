"""`python -m schema`: check the SDL in; `python -m schema CODE`: print all of a region's SDL."""

from __future__ import annotations

import sys

from core.kernel.settings import read_settings
from core.region.opening import open_region
from schema.build import print_schema_for
from schema.printer import SDL, files


def main(codes: list[str]) -> None:
    """Print the schemas of these regions, or write `schema/sdl/` anew where none is named.

    `schema.graphql` holds for all regions of the settings, `<region>.graphql` what only one has.
    """
    settings = read_settings()
    for code in codes:
        sys.stdout.write(print_schema_for(open_region(code, settings)))
    if codes:
        return
    regions = [open_region(code, settings) for code in settings.regions]
    written = files({region.code: print_schema_for(region) for region in regions})
    for path in SDL.glob("*.graphql"):
        if path.stem not in written:
            path.unlink()
    for name, text in written.items():
        (SDL / f"{name}.graphql").write_text(text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
