"""Charts of the projects that a filter finds, each with the table of its figures.

``picture`` takes ``marks`` from the totals (`projects.totals`), ``figures`` makes of them what Plotly draws (pure: plain
values, colours by the names of the page's CSS variables), ``tables`` writes them out, ``views`` shows both. ``static/js/charts.js`` draws.
"""
