"""The tables of the documents: which columns each has, and how its rows are made of what stands under which key."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from boardsim.events import DOUBTS
from boardsim.views.doubt_words import came_before

Json = Mapping[str, Any]


@frozen
class AnswerTable:
    """The table of one document.

    Attributes:
        columns: their names, in order, without the last ones.
        rows: the rows of a document.
        kind: the column that says what a row is; None where all are alike.
        of_all: whether what is not sure concerns the answer, so that every row says all of it.
        is_judged: whether anybody knows how sure the record is of a row; of what SQL returns nobody does.
    """

    columns: tuple[str, ...]
    rows: Callable[[Json], Iterable[Json]]
    kind: str | None = None
    of_all: bool = False
    is_judged: bool = True


def on_record(item: Json) -> dict[str, Any]:
    """An object of a document with each time as the record has it."""
    return {key: item.get(f"{key}_text", value) for key, value in item.items() if not key.endswith("_text")}


def _cases(document: Json) -> Iterator[Json]:
    for one in document["cases"]:
        orgs = [org["id"] for org in one["orgs"]]
        yield {**on_record(one), "orgs": orgs, "people": len(one["people"])}


_CONTENTS = {"listed": "event", "votes": "vote", "scenarios": "scenario"}


def _contents(document: Json) -> Iterator[Json]:
    for one in document["cases"]:
        for key, kind in _CONTENTS.items():
            for item in one[key] or ():
                named = {"id": item["scenario"], "text": item["title"]} if kind == "scenario" else _event_row(item)
                yield {"case": one["case"], "kind": kind, **named}


def _each(key: str) -> Callable[[Json], Iterator[Json]]:
    """A row for each thing under a key."""
    return lambda document: map(on_record, document[key])


def _event_row(event: Json) -> Json:
    return {**on_record(event), "in_doubt": [*_within_bounds(event, event["id"], "at", "")]}


def _events(document: Json) -> Iterator[Json]:
    return map(_event_row, document["events"])


def _tenure_row(tenure: Json) -> Json:
    ends = (("opened", "since"), ("closed", "until"))
    doubts = [doubt for event, end in ends for doubt in _within_bounds(tenure, tenure[event], end, f"{end}_")]
    return {**on_record(tenure), "in_doubt": doubts}


def _in_order(order: Sequence[str]) -> str:
    return f"if {came_before(*order)}"


def _boards(document: Json) -> Iterator[Json]:
    for one in (*document["boards"], *document["otherwise"]):
        row = _tenure_row(one)
        orders = [one["in_order"]] if one["in_order"] else []
        yield {**row, "in_doubt": [*row["in_doubt"], *map(_in_order, orders)]}


def _within_bounds(item: Json, event: str | None, time: str, bounds: str) -> Iterator[str]:
    """That the record has no more than bounds for a time, be it a date or an instant, of which a row tells it."""
    text, *between = (item[f"{name}_text"] for name in (time, f"{bounds}not_before", f"{bounds}not_after"))
    if any(bound and (text is None or "T" in text or not bound.startswith(text)) for bound in between):
        yield f"{event}: span {'/'.join(bound or '' for bound in between)}"


def _standing(document: Json) -> Iterator[Json]:
    for org in document["orgs"]:
        at = {"org": org["id"], "org_name": org["name"], "dissolved": org["dissolved_text"]}
        for role, held in org["roles"].items():
            yield from ({**at, "standing": "holds", "role": role, **on_record(one)} for one in held)
        for key in ("announced", "pending"):
            yield from ({**at, "standing": key, **on_record(one)} for one in org[key])
        for free in org["board"]["vacant"]:
            yield {**at, "standing": "vacant", "role": "director", **free, "in_doubt": _partly(org["board"])}


MOVES = ("joined", "left", "moved", "passed", "returned")


def _moves(document: Json) -> Iterator[Json]:
    for org in document["orgs"]:
        at = {"org": org["id"], "org_name": org["name"]}
        for move in MOVES:
            for one in org[move]:
                who = {key: one[key] for key in ("person", "name", "before", "after")}
                yield from ({**at, "change": move, **who, **step} for step in one["changes"] or [{}])
        for rule in org["bylaws"]:
            yield {**at, "change": "bylaws", **rule, "bylaw": rule["name"], "name": None}


def _findings(document: Json) -> Iterator[Json]:
    for one in document["findings"]:
        yield {**on_record(one), "waived": [waiver["reason"] or waiver["by"] or "" for waiver in one["waived"]]}


def _checks(document: Json) -> Iterator[Json]:
    rules = {check["name"]: check["rule"] for check in document["checks"]}
    profiles = [{"id": None, "law_as_of": None, "checks": document["checks"]}, *document["profiles"]]
    for profile in profiles:
        for one in profile["checks"]:
            texts = [f"{text['name']} ({text['how']}, {text['day']}, {text['address']})" for text in one["texts"]]
            row = {"profile": profile["id"], "law_as_of": profile["law_as_of"], "rule": rules[one["name"]]}
            yield {**one, **row, "texts": texts}


def _power(document: Json) -> Iterator[Json]:
    vote = document["vote"] or {"event": None, "outcome": None, "pivotal": []}
    turned = {one["person"]: one for one in vote["pivotal"]}
    about = {key: on_record(document)[key] for key in ("org", "board", "at", "known", "rule", "needed", "of")}
    for one in document["directors"]:
        person = one["person"]
        pivot = {"pivotal": person in turned, **turned.get(person, {})} if document["vote"] else {}
        yield {**about, "vote": vote["event"], "outcome": vote["outcome"], **one, **pivot}


def _causes(document: Json) -> Iterator[Json]:
    about = {"goal": document["goal"], "at": document["at_text"], "definition": document["definition"]}
    blame = {one["atom"]: one["degree"] for one in document["blame"] or ()}
    for one in document["responsibility"]:
        causes = [number for number, atoms in enumerate(document["causes"], 1) if one["atom"] in atoms]
        row = {"causes": causes, "complete": document["complete"], "blame": blame.get(one["atom"])}
        yield {**about, **one, **row}


def _solutions(document: Json) -> Iterator[Json]:
    about = {"goal": document["goal"], "at": document["at_text"], "cost": document["cost"]}
    for number, changes in enumerate(document["solutions"], 1):
        yield {**about, "solution": number, "changes": changes, "stopped": document["stopped"]}


def _explored(document: Json) -> Iterator[Json]:
    about = {"org": document["org"], "at": document["at_text"], "exhaustive": document["exhaustive"]}
    for one in document["findings"]:
        yield {**about, **one, "way": _way(one["way"]), "stopped": document["stopped"]}
    for force in document["coalitions"]:
        for one in force["results"]:
            answer = {"answer": None if one["stopped"] else bool(one["coalitions"]), "question": force["goal"]}
            coalitions = [" and ".join(people) for people in one["coalitions"]]
            yield {**about, "kind": "force", **one, **answer, "coalitions": coalitions, "way": _way(one["way"])}


def _way(steps: list[Json] | None) -> list[str] | None:
    return None if steps is None else [f"{step['action']} {step['person']}" for step in steps]


def _chances(document: Json) -> Iterator[Json]:
    about = {"scenario": document["scenario"], "goal": document["goal"], "at": document["at_text"]}
    about |= {"method": document["method"], "worlds": document["worlds"]}
    yield {**about, "measure": "probability", **(document["probability"] or {})}
    for measure in ("probability", "prevents", "brings", "necessity", "sufficiency"):
        if document["change"] is not None:
            name = f"{measure} with the change" if measure == "probability" else measure
            yield {**about, "measure": name, **(document["change"][measure] or {})}
    for fact in document["facts"]:
        for one in fact["alternatives"]:
            case = {"fact": fact["id"], "alternative": one["name"], "chance": one["probability"]}
            yield {**about, "measure": "probability given", **case, **(one["given"] or {})}
        yield {**about, "measure": "variance removed", "fact": fact["id"], "value": fact["variance_removed"]}
    for one in document["blame"]:
        yield {**about, "measure": "blame", **one}


def _shared(document: Json) -> Iterator[Json]:
    for pair in document["interlocks"]:
        orgs = _pair(pair["orgs"])
        for one in pair["shared"]:
            seats = [f"{seat['org']} {seat['role']}" for seat in one["seats"]]
            told = {**orgs, **on_record(one), "at": document["at_text"], "seats": seats}
            yield told if one["certain"] else {**told, "in_doubt": list(_why_not_certain(one["seats"]))}
    for one in document["perhaps"]:
        yield {**one, **_pair(one["orgs"]), "at": document["at_text"], "certain": False, "in_doubt": _BY_DATES}


def _why_not_certain(seats: Iterable[Json]) -> Iterator[str]:
    """What of two seats is not confirmed; where all of it is, their dates leave it open."""
    status = [
        f"{seat['org']} {seat['role']}: {seat[key]}"
        for seat in seats
        for key in ("status", "end_status")
        if seat[key] in DOUBTS
    ]
    yield from dict.fromkeys(status or _BY_SPANS)


_BY_SPANS = ("the dates of the two seats are not sure",)
_BY_DATES = ("not at one and the same time by the record, which is not sure",)


def _pair(orgs: Iterable[Json]) -> Json:
    keys = ("case", "org", "name")
    return {f"{key}_{number}": org[key] for number, org in enumerate(orgs, 1) for key in keys}


def _bulk_tenures(document: Json) -> Iterator[Json]:
    for key, besides in (("tenures", ()), ("perhaps", _NOT_THEN)):
        for one in document[key]:
            row = on_record(one) if document["at"] else _tenure_row(one)
            doubts = [*one["uncertain"], *besides, *(_BY_NAME if one["by_name"] else ()), *row.get("in_doubt", ())]
            yield {**row, "at": document["at_text"], "in_doubt": doubts}
    for one in document["otherwise"]:
        doubts = [*map(_in_order, one["orders"]), *(_BY_NAME if one["by_name"] else ())]
        yield {**one, "at": document["at_text"], "certain": False, "in_doubt": doubts}


_NOT_THEN = ("not at that instant by the dates on record",)
_BY_NAME = ("known by name alone",)


def _bulk_interlocks(document: Json) -> Iterator[Json]:
    for pair in document["interlocks"]:
        orgs = {f"{key}_{number}": org[key] for number, org in enumerate(pair["orgs"], 1) for key in org}
        for one in pair["shared"]:
            yield {**orgs, **one, "at": document["at_text"], "people": pair["people"]}
    for one in document["may_share"]:
        orgs = {f"{key}_{number}": org[key] for number, org in enumerate(one["orgs"], 1) for key in org}
        yield {**one, **orgs, "at": document["at_text"], "certain": False, "in_doubt": _BY_DATES}
    for one in document["left_out"]:
        yield {**one, "at": document["at_text"], "in_doubt": ["on too many boards for every two of them to be a pair"]}


def _partly(board: Json) -> list[str]:
    """Why it is not sure that nobody holds a seat."""
    return ["the board is only partly on record"] if board["partial"] else []


def _bulk_vacancies(document: Json) -> Iterator[Json]:
    for one in document["vacancies"]:
        perhaps = ["somebody may sit there all the same"] if one["perhaps"] else []
        yield {**on_record(one), "at": document["at_text"], "in_doubt": [*_partly(one), *perhaps]}


def _bulk_rows(document: Json) -> Iterator[Json]:
    for row in document["rows"]:
        yield dict(zip(document["columns"], row, strict=True))


def _bulk(document: Json) -> AnswerTable:
    """The table of what a bulk folder answers: of a statement of somebody's own it has the columns that this has."""
    question = document["question"]
    if question == "sql":
        return AnswerTable(tuple(document["columns"]), _bulk_rows, is_judged=False)
    return _BULK[question]


def _differences(document: Json) -> Iterator[Json]:
    for one in document.get("scenarios", [document]):
        for outcome in one["outcomes"] or [one]:
            about = {"of_scenario": one["scenario"], "given": outcome["assumed"], "at": outcome["at_text"]}
            yield from ({**about, **row} for row in _outcome(outcome))


def _outcome(outcome: Json) -> Iterator[Json]:
    """The rows of one way in which a scenario can come out."""
    yield from ({"kind": "ruling", **ruling} for ruling in outcome["rulings"])
    yield from ({"kind": "vote", **vote} for vote in outcome["votes"])
    yield from ({"kind": "seats", **seats} for seats in outcome["differences"])
    yield from ({"kind": "bylaws", "bylaw": rule["name"], **rule} for rule in outcome["bylaws"])
    for problem in outcome["assertions"]["broken"]:
        yield {"kind": "assertion broken", "reason": problem["message"]}
    for how, messages in outcome["checks"].items():
        yield from ({"kind": f"check {how}", "reason": message} for message in messages)


def _columns(names: str) -> tuple[str, ...]:
    """The names of columns, apart from one another; `SPAN` stands for the bounds of an event's time."""
    return tuple(names.replace("SPAN", "not_before not_after").split())


_TENURE = _columns(
    """
    case org org_name role seat person name since since_not_before since_not_after until until_not_before
    until_not_after ended term interim status end_status public_since opened closed sources
    """
)
_BOARD = (*_TENURE, "died", "dissolved")
_EVENT = _columns(
    """
    id type at SPAN known filed due org person role replaces seat text by because status ruling reason outcome hangs_on
    assumed sources note tags corrected
    """
)
_WHY = _columns("id type at SPAN known due text by status ruling reason because hangs_on sources")
_CASE = _columns("case title timezone events from to orgs people")
_STANDING = _columns(
    """
    org org_name standing role person name seat count type at since SPAN until due overdue interim suspended died
    dissolved status event known public_since corrected sources
    """
)
_MOVE = _columns("org org_name change person name role gained bylaw before after event SPAN status")
_FINDING = _columns(
    """
    severity code message hint file line column event org from until SPAN by remedied_by required source waived
    """
)
_CHECK = _columns("profile law_as_of name rule severity parameters source texts")
_WEIGHT = _columns(
    """
    org board at known rule needed of person votes swings penrose banzhaf shapley_shubik coleman_prevent
    coleman_initiate vote outcome ballot pivotal otherwise
    """
)
_ATOM = _columns("goal at definition atom person degree at_least at_most but_for power instead blame causes complete")
_SOLUTION = _columns("goal at solution cost changes stopped")
_QUESTION = _columns("org at kind question answer recusal first size of coalitions way exhaustive stopped")
_CHANCE = _columns(
    "scenario goal at method worlds measure fact alternative chance person value decimal low high samples"
)
_INTERLOCK = _columns(
    """
    case_1 org_1 name_1 case_2 org_2 name_2 at person name since since_not_before since_not_after until
    until_not_before until_not_after seats
    """
)
_WHATIF = AnswerTable(
    _columns(
        """
        of_scenario given at kind event type ruling outcome for needed of org role bylaw actual scenario reason
        """
    ),
    _differences,
    of_all=True,
)
_CONTENTS_TABLE = AnswerTable(_columns("case kind id type at SPAN status text ruling outcome"), _contents, kind="kind")

_BULK_TENURES = AnswerTable(
    _columns(
        """
        book org org_key org_name role seat person person_key name at since since_not_before since_not_after until
        until_not_before until_not_after ended interim status end_status public_since known_since known_until opened
        closed sources
        """
    ),
    _bulk_tenures,
)
_BULK: Mapping[str, AnswerTable] = {
    "org": _BULK_TENURES,
    "boards": _BULK_TENURES,
    "interlocks": AnswerTable(
        _columns("org_1 org_key_1 name_1 org_2 org_key_2 name_2 at person_key name people boards"), _bulk_interlocks
    ),
    "vacancies": AnswerTable(
        _columns("book org org_key org_name what seat seat_name count at since until"), _bulk_vacancies
    ),
    "findings": AnswerTable(_columns("book org code severity message hint event line from until"), _each("findings")),
}
"""The tables of the questions to a bulk folder."""

BULK = "boardsim/bulk_query/1"

TABLES: Mapping[str, AnswerTable] = {
    "boardsim/list/2": AnswerTable(_CASE, _cases),
    "boardsim/replay/2": AnswerTable(_EVENT, _events),
    "boardsim/snapshot/2": AnswerTable(_STANDING, _standing, kind="standing"),
    "boardsim/diff/2": AnswerTable(_MOVE, _moves, kind="change"),
    "boardsim/check/2": AnswerTable(_FINDING, _findings, kind="code"),
    "boardsim/checks/2": AnswerTable(_CHECK, _checks),
    "boardsim/why/2": AnswerTable(_WHY, _events),
    "boardsim/power/2": AnswerTable(_WEIGHT, _power, of_all=True),
    "boardsim/cause/2": AnswerTable(_ATOM, _causes, of_all=True),
    "boardsim/reach/2": AnswerTable(_SOLUTION, _solutions, of_all=True),
    "boardsim/explore/2": AnswerTable(_QUESTION, _explored, of_all=True),
    "boardsim/ensemble/2": AnswerTable(_CHANCE, _chances, of_all=True),
    "boardsim/boards/1": AnswerTable(_BOARD, _boards),
    "boardsim/interlocks/1": AnswerTable(_INTERLOCK, _shared),
    "boardsim/whatif/2": _WHATIF,
    "boardsim/scenarios/2": _WHATIF,
}
"""The table of each document, by its `schema`; that of the register is the one that exports have."""


def table_of(document: Json) -> AnswerTable:
    """The table of a document; of a list it depends on what was listed, of a bulk folder on the question.

    Raises:
        TypeError: it has none.
    """
    schema = document.get("schema")  # which a JSON Schema has not
    if schema is None:
        raise TypeError("what has no `schema` is no table: `to_dict()` has all of it")
    cases = document["cases"] if schema == "boardsim/list/2" else ()
    if any(one[key] is not None for one in cases for key in _CONTENTS):
        return _CONTENTS_TABLE
    if schema == BULK:
        return _bulk(document)
    if schema not in TABLES:
        raise TypeError(f"{schema} is no table: `to_dict()` has all of it")
    return TABLES[schema]
