"""ankang-desktop: the year of a trade-union safety officer, kept on one PC.

The plan of the house; an arrow only ever points down, and `lint-imports` refuses anything else:

    __main__
    cli | desktop                                   two faces, unknown to each other
    actions                                         what a person can do
    app                                             joins everything below
    codes                                           what the parts that records name by codes are called
    submission                                      the year-end package: preflight, privacy, bag, verification
    exchange | printing | scoring | programme       engines: Excel, paper, points, the year
    ledgers | store                                 what we keep | how we keep it
    declare                                         the language ledgers are written in
    kernel                                          words everyone may use
"""

__version__ = "0.1.0"
