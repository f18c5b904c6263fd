"""Directors are human beings, or at least one of them is."""

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, appoint


def legal_persons(now: Situation) -> str | None:
    """Companies on the board; where one human being is enough, only if there is none."""
    legal = now.history.log.legal_persons
    if not legal:
        return None
    companies = [person for person in now.board if person in legal]
    if not companies or (not now.parameters["every"] and len(companies) < len(now.board)):
        return None
    if now.parameters["every"]:
        return f"on the board, and no human being: {now.names(companies)}"
    return f"no director is a human being: {now.names(companies)}"


CHECK = Check(
    name="natural_person",
    rule="Every director is a natural person, or at least one is where the law asks for no more.",
    source="8 Del. C. § 141(b): each director; Companies Act 2006, s 155: at least one",
    parameters={"every": True},
    needs_whole_board=lambda parameters: not parameters["every"],
    watches=frozenset({"board"}),
    state=legal_persons,
    passing=appoint(ADA),
    failing=appoint("orion-ltd", at="2020-06-01"),
)
