"""`boardsim.show`: the page, in a notebook."""

from html import escape

from attrs import frozen

from boardsim.library.arguments import require_whole
from boardsim.library.opening import Subject, opened
from boardsim.loading.scenarios import LoadedScenario, called, on_log
from boardsim.views.json.page.document import PageOptions
from boardsim.views.page.make import make_page
from boardsim.views.page.render import render


@frozen
class Shown:
    """A page that a notebook shows in a frame of its own.

    Attributes:
        html: the whole page, as `boardsim page` writes it.
        height: of the frame, in pixels.
    """

    html: str
    height: int = 900

    def _repr_html_(self) -> str:
        """The frame; its page can neither reach the notebook nor ask for anything."""
        return (
            f'<iframe srcdoc="{escape(self.html)}" sandbox="allow-scripts" title="Board" '
            f'width="100%" height="{int(self.height)}" style="border: 0"></iframe>'
        )


def show(case: Subject = None, *scenarios: Subject, height: int = 900, drops: bool = False) -> Shown:
    """The page of a case, for a notebook.

    Args:
        case: by name, path or opened.
        scenarios: what is compared with the record, likewise.
        height: of the frame, in pixels.
        drops: whether every event can be left out; it takes a few seconds.

    Raises:
        BoardsimError: something does not exist or cannot be read, or the extra `page` is not installed.
        ValueError: a frame cannot have that height.
    """
    require_whole("height", height, 1)
    world = _world(case)
    loaded = [_world(one) for one in scenarios]
    wanted = PageOptions(drops=drops, called=called(world.log_path))
    return Shown(render(make_page(world.root, loaded, wanted)), height)


def _world(case: Subject) -> LoadedScenario:
    """What was opened, as a scenario; of a log, the one that changes nothing."""
    one = opened(case)
    return one.scenario or on_log(one.root, path=one.log_path)
