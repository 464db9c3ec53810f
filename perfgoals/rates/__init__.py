"""How often one person may ask for what costs much (OWASP ASVS 5, 2.4.1), so that nobody keeps the site from others.

- `perfgoals.rates.counting`: the two counts, one for all processes of the site and one for each.
- `perfgoals.rates.limits`: what is counted, and how much of it is too much.
- `perfgoals.rates.middleware`: where it is counted.  `perfgoals.rates.answering`: what is said to who asked too often.

Log-ins are counted by `perfgoals.throttling`, requests to the API by `perfgoals.api.throttling`.
"""
