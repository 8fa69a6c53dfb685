"""The local web application: a JSON API with its page, and worker processes that simulate.

The server (``app``) keeps sessions, saved works and tasks, and never simulates itself: it answers
within milliseconds while workers (``crew``, ``worker``) take the processors. ``routes`` are the
addresses, ``views`` what the page shows of a result, ``tasks`` what a worker can do, ``page`` the
page itself. The extra ``web`` brings what it needs.
"""
