"""The HTML that is not made of Dash's components: Jinja templates, and the one way to fill them."""
