"""The demo: a shop lived through over fourteen virtual days, by scripted staff over the HTTP API.

What is needed to begin with (people, goods, customers) is written by `api.demo.people` and
`api.demo.world`; `api.demo.cast` holds the 120 cases as data; `api.demo.director` plays them;
`api.demo.audit` compares the end with what the stories promise.
"""
