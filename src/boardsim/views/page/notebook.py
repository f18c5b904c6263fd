"""The page in a notebook."""

from html import escape

from attrs import frozen

from boardsim.loading.scenarios import called, load_world
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


def show(case: str = "openai-2023", *scenarios: str, height: int = 900, drops: bool = False) -> Shown:
    """The page of a case, for a notebook.

    Args:
        case: the name of a bundled case, or the path of a log.
        scenarios: what is compared with the record, by names or paths.
        height: of the frame, in pixels.
        drops: whether every event can be left out; it takes a few seconds.

    Raises:
        BoardsimError: something does not exist or cannot be read, or the extra `page` is not installed.
    """
    opened = load_world(case)
    loaded = [load_world(name) for name in scenarios]
    wanted = PageOptions(drops=drops, called=called(opened.log_path))
    return Shown(render(make_page(opened.root, loaded, wanted)), height)
