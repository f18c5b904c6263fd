"""Fore Fitness Investments Holdings, 2020 to 2022: what one director alone may not decide.

From the judgments in Hashmi v Lorimer-Wing, [2022] EWHC 191 (Ch) of 2 February 2022 and [2023] EWHC 1514 (Ch) of 21
June 2023.  Idrees Hashmi was a director from 20 March 2020 and was removed on 26 February 2021 by a meeting in which
Paul Lorimer-Wing and James Gilbert took part.  Gilbert left in June 2021, and Lorimer-Wing was the only director when
the company counterclaimed against Hashmi; that was known on 19 January 2022, the day of the hearing, at the latest.
The company's own article 16 wanted two directors for a quorum.  The court held that this article required two
directors, that article 7(2) of the model articles did not help, and that the counterclaim was not the company's.

Re Active Wear Ltd, [2022] EWHC 2340 (Ch), came to the opposite under model articles that nobody had changed: there a
sole director decides alone.
"""

from textwrap import dedent


def text(articles: str) -> str:
    """The log, with articles of which the minimum is adopted at the investment of March 2020."""
    return dedent("""
        [log]
        schema = 1
        id = "fore-fitness"
        timezone = "Europe/London"

        [[org]]
        id = "fore"
        name = "Fore Fitness Investments Holdings Limited"
        profile = "uk-ca2006"

        [[person]]
        id = "paul-lorimer-wing"
        name = "Paul Lorimer-Wing"

        [[person]]
        id = "james-gilbert"
        name = "James Gilbert"

        [[person]]
        id = "idrees-hashmi"
        name = "Idrees Hashmi"

        [[event]]
        type = "appoint"
        at = 2019-02-01
        not_after = 2019-03-01
        person = "paul-lorimer-wing"
        org = "fore"
        role = "director"
        note = "The company was incorporated in February 2019."

        [[event]]
        type = "amend"
        at = 2020-03-20
        org = "fore"
        by = "members"
        set = { ARTICLES }

        [[event]]
        type = "appoint"
        at = 2020-03-20
        person = "james-gilbert"
        org = "fore"
        role = "director"

        [[event]]
        type = "appoint"
        at = 2020-03-20
        person = "idrees-hashmi"
        org = "fore"
        role = "director"

        [[event]]
        type = "fire"
        id = "hashmi-removed"
        at = 2021-02-26
        person = "idrees-hashmi"
        org = "fore"
        role = "director"
        by = "board"

        [[event]]
        type = "resign"
        id = "gilbert-leaves"
        at = 2021-06-01T00:00:00+01:00
        not_after = 2021-07-01T00:00:00+01:00
        person = "james-gilbert"
        org = "fore"
        role = "director"

        [[event]]
        type = "vote"
        id = "counterclaim"
        at = 2022-01-19T00:00:00Z
        not_before = 2021-06-01T00:00:00+01:00
        org = "fore"
        motion = "Counterclaim against Idrees Hashmi"
        for = ["paul-lorimer-wing"]
    """).replace("ARTICLES", articles)


ARTICLE_16 = text("minimum = 2")
"""The company's own articles, as the court read them: a quorum of two requires two directors."""

MODEL_ARTICLES = text("minimum = 1")
"""The same under the model articles alone, as in Re Active Wear."""
