"""FollowTheMoney: the library validates every entity."""

import json
import warnings
from typing import Any

import pytest
from hypothesis import given, settings

from boardsim import Log, replay
from boardsim.loading.cases import bundled, load_case
from tests.corrections import corrected_logs
from tests.exports.written import exported
from tests.sizes import tries
from tests.strategies import logs


@pytest.fixture(scope="module")
def model() -> Any:
    """The model of the library, which has every schema."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it depends on warns of what others will change
        return pytest.importorskip("followthemoney").model


def entities(text: str, model: Any) -> dict[str, dict[str, Any]]:
    """The entities by id: each is valid, whole, and refers to others that are of the right kind."""
    found = {entity["id"]: entity for entity in map(json.loads, text.splitlines())}
    assert len(found) == len(text.splitlines())
    for entity in found.values():
        schema = model.get(entity["schema"])
        schema.validate(entity)
        assert set(schema.required) <= set(entity["properties"])
        assert set(entity["properties"]) <= set(schema.properties)
        proxy = model.get_proxy(entity)
        assert proxy.to_dict()["properties"].keys() == entity["properties"].keys()  # nothing was cleaned away
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert model.get(found[value]["schema"]).is_a(prop.range)
    return found


def test_each_kind_of_role_has_its_schema(model: Any) -> None:
    """Seats are directorships, offices are occupied, staff is employed; only people occupy a position."""
    found = entities(exported("ftm"), model)

    assert {
        name.removeprefix("helios-tenure-"): entity["schema"] for name, entity in found.items() if "tenure" in name
    } == {
        "ada-sits-director": "Directorship",
        "nominees-secretary-secretary": "Directorship",
        "ben-sits-director": "Directorship",
        "ben-chairs-chair": "Directorship",
        "ada-selene-director": "Directorship",
        "ben-selene-director": "Directorship",
        "ada-employed-employee": "Employment",
        "ada-ceo-ceo": "Occupancy",
    }


def test_dates_are_as_exact_as_the_record_and_doubt_is_in_words(model: Any) -> None:
    """A year is a year; a bound is no date, and the description has it."""
    found = entities(exported("ftm"), model)
    ada, secretary, ben = (
        found[f"helios-tenure-{name}"]["properties"]
        for name in ("ada-sits-director", "nominees-secretary-secretary", "ben-sits-director")
    )

    assert (ada["startDate"], ada["endDate"]) == (["2019"], ["2023-05"])
    assert "startDate" not in secretary
    assert secretary["description"] == ["began by 1992-01-02 00:00"]
    assert ben["description"] == ["began: the record is disputed"]


def test_every_entity_of_the_bundled_cases_is_valid(model: Any) -> None:
    """Of each case, with every reference in it."""
    for case in bundled():
        assert entities(exported("ftm", replay(load_case(case).log)), model)


@settings(max_examples=tries(40))
@given(logs(max_events=14) | corrected_logs())
def test_every_entity_of_any_log_is_valid(model: Any, log: Log) -> None:
    """Whatever ids and names a log has."""
    entities(exported("ftm", replay(log)), model)
