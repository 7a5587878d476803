"""Dash, without what it sends with every page that no reader of this one needs."""

from functools import cached_property
from pathlib import Path
from typing import Any, Final

from dash import Dash
from dash.development.base_component import ComponentRegistry
from dash.resources import ResourceType
from typing_extensions import override

from analytics.programme import explorer_of
from components.frame.asked import programme_asked
from components.frame.head import theme_digest
from components.frame.no_script import PLACE, no_script
from components.prefix import at, prefix
from components.server.assets import page_assets
from components.server.first_look import first_look

#: The polyfill is for browsers older than our own scripts; no page has a component of the tables.
UNUSED: Final = ("deps/polyfill@", "dash_table/bundle")


#: Settings that Dash's scripts read while it is developed with.
UNREAD: Final = frozenset({"python_version", "dash_version_url"})
#: Stands in the index page for the prefix of the request, with a slash at its end.
PREFIX: Final = "{%prefix%}"
#: Stands in it for the answers to what Dash asks for first.
FIRST_LOOK: Final = "<!--first-look-->"
#: Stands in it for our scripts that show a page before Dash is up.
EARLY: Final = "<!--early-->"
EARLY_FILES: Final = ("/assets/10-plots.js", "/assets/12-first.js")


class Lean(Dash):
    """A Dash application whose index page leaves out scripts nobody uses, and knows its prefix."""

    @override
    def interpolate_index(
        self,
        metas: str = "",
        title: str = "",
        css: str = "",
        config: str = "",
        scripts: str = "",
        app_entry: str = "",
        favicon: str = "",
        renderer: str = "",
    ) -> str:
        """Write the index page.

        Args:
            metas: Meta tags.
            title: Title of the window.
            css: Style sheets.
            config: Dash's own settings.
            scripts: Script tags, one a line.
            app_entry: Where the page is mounted.
            favicon: Icon of the window.
            renderer: What starts the page.
        """
        of = programme_asked()
        lines = scripts.split("\n")
        early = [line for line in lines if any(name in line for name in EARLY_FILES)]
        left = (*UNUSED, *EARLY_FILES)
        used = [line for line in lines if not any(name in line for name in left)]
        page = super().interpolate_index(
            metas=metas,
            title=explorer_of(of) if title == self.title else title,
            css=css,
            config=config,
            scripts="\n".join(used),
            app_entry=app_entry,
            favicon=favicon,
            renderer=renderer,
        )
        page = page.replace(PREFIX, at("/")).replace(PLACE, no_script(of))
        page = page.replace(EARLY, "\n".join(early))
        return page.replace(FIRST_LOOK, first_look(self, of))

    @override
    def csp_hashes(self, hash_algorithm: str = "sha256") -> list[str]:
        """Return what the policy of pages calls their inline scripts by: Dash's own, and ours.

        Args:
            hash_algorithm: Of Dash's own.
        """
        return [*super().csp_hashes(hash_algorithm), self._theme]

    @override
    def _config(self) -> dict[str, Any]:
        """Return Dash's settings for the browser: in service, only what its scripts read there.

        That every callback has its components is proved by a test; in the browser it would take
        the layouts of all pages with every page. Whoever develops has both.
        """
        config = super()._config()
        if config["ui"]:
            return config
        read = {name: value for name, value in config.items() if name not in UNREAD}
        namespaces = ComponentRegistry.children_props.items()
        held = {name: {one: at for one, at in kinds.items() if at} for name, kinds in namespaces}
        return {**read, "children_props": held, "suppress_callback_exceptions": True}

    @cached_property
    def _theme(self) -> str:
        return theme_digest(Path(self.config.assets_folder))

    @override
    def strip_relative_path(self, path: str) -> str:
        """Return an address without the prefix of the request, and without slashes at its ends.

        One that does not begin with the prefix leads to the same page: a browser may have come
        past the proxy that adds it.

        Args:
            path: As the browser shows it.
        """
        here = prefix()
        below = path == here or path.startswith(f"{here}/")
        return (path.removeprefix(here) if below else path).strip("/")

    @override
    def _walk_assets_directory(self) -> None:
        """List our own scripts and styles for every page, parts of one file as that one file.

        Dash marks each address with the time its newest part was changed.
        """
        for asset in page_assets(Path(self.config.assets_folder)):
            listed: ResourceType = {"asset_path": asset.name, "filepath": str(asset.newest)}
            if asset.name.endswith(".css"):
                self.css.append_css(listed)
            else:
                self.scripts.append_script(listed)
