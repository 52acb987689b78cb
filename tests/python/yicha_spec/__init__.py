"""A second implementation of core/docs/draw-spec.md, in plain Python and written from that page alone.

It is slow and short, so that a reader can compare it with the page line by line. It shares nothing with the Rust code.
"""
