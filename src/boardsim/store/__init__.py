"""Durable logs: files and databases behind one small protocol.

`boardsim.store.protocol` says what a store promises, and `boardsim.store.contract` tests it; `sqlite`, `postgres` and
`memory` keep the promises.  `boardsim.loading.stores` opens them by their names.
"""
