"""`python -m schema`: check in the schema of every region that the settings name."""

from __future__ import annotations

from core.kernel.settings import read_settings
from core.region.opening import open_region
from schema.build import SDL, print_schema_for


def main() -> None:
    """Write `schema/sdl/<region>.graphql` anew."""
    settings = read_settings()
    for code in settings.regions:
        region = open_region(code, settings)
        (SDL / f"{region.code}.graphql").write_text(print_schema_for(region), "utf-8")


if __name__ == "__main__":
    main()
