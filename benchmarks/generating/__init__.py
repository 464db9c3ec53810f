"""Makes projects of a whole country for measuring: what they say (pure), and storing them as imports would have.

`plan` says how many there are where and when, `rows` makes any one of them by its number alone, `store` fills a database.
"""
