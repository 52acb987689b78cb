"""A second implementation of core/docs/draw-spec.md and ledger-spec.md, in plain Python and from those pages alone.

It is slow and short, so that a reader can compare it with them line by line. It shares nothing with the Rust code.
"""
