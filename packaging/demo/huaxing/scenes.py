"""The register of scenes: a drawing for each name a photo may ask for."""

from __future__ import annotations

from collections.abc import Callable

from huaxing.drawing import Pencil

Scene = Callable[[Pencil], None]
SCENES: dict[str, Scene] = {}


def scene(*names: str) -> Callable[[Scene], Scene]:
    """Register a drawing under its names."""

    def register(draw: Scene) -> Scene:
        SCENES.update(dict.fromkeys(names, draw))
        return draw

    return register
