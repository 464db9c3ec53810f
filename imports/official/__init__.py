"""The official tables as workbooks and on paper: the target form of each project, and the city's list.

`form` lays one project out as the official form (pure; the readers of workbooks lay it out again to see what a person
changed), `facts` carries what the form has no cell for, `measuring` says how high a row must be, `forms` and `listing`
write the workbooks, `printing` and `views` the pages.
"""
