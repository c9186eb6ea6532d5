"""Invented programmes of the newest cycle, beside those known from public sources."""

from __future__ import annotations

from pathlib import Path

from centar import data_files
from centar.people.models import Person
from centar.portal.demo import centre
from trainings import loading
from trainings.models import Cycle, PriorityArea, Programme, Trainer

FILE = Path(__file__).parent / "data" / "programmes.csv"
SOURCE = "демонстрација"
# No official list is known, so these say what they are.
PRIORITY_AREAS = {
    "Д1": "Подршка ученику у учењу (демонстрација)",
    "Д2": "Дигитална настава (демонстрација)",
    "Д3": "Безбедна и подстицајна школа (демонстрација)",
    "Д4": "Читалачка и научна писменост (демонстрација)",
}


def load(trainer: Person) -> dict[str, Programme]:
    """Make the catalogue, in which the person is one of the trainers; gives the invented
    programmes by their key in the file.
    """
    loading.load_known_programmes()
    cycle = Cycle.objects.latest("starts_on")
    rows = data_files.read(FILE)
    areas = loading.load_areas(row["area"] for row in rows)
    trainers = {
        name: Trainer.objects.create(
            name=name, about=SOURCE, person=trainer if name.startswith(str(trainer)) else None
        )
        for name in sorted({name for row in rows for name in _trainers(row)})
    }
    competences = {one.code: one for one in cycle.competences.all()}
    priorities = {
        code: PriorityArea.objects.create(cycle=cycle, code=code, name=name)
        for code, name in PRIORITY_AREAS.items()
    }
    programmes = {row["key"]: _programme(row, cycle, areas[row["area"]]) for row in rows}
    Programme.objects.bulk_create(programmes.values())
    for row in rows:
        programme = programmes[row["key"]]
        programme.competences.set(competences[code] for code in row["competences"].split())
        programme.priority_areas.set(priorities[code] for code in row["priorities"].split())
        programme.trainers.set(trainers[name] for name in _trainers(row))
    return programmes


def _programme(row: dict[str, str], cycle: Cycle, area_id: int) -> Programme:
    return Programme(
        cycle=cycle,
        number=row["number"],
        title=row["title"],
        form=row["form"],
        area_id=area_id,
        audience=row["audience"],
        aims=row["aims"],
        topics=row["topics"],
        hours=int(row["hours"]),
        points=int(row["points"]),
        fee=int(row["fee"]),
        group_minimum=int(row["minimum"]),
        group_maximum=int(row["maximum"]),
        organiser=centre.NAME,
        source=SOURCE,
    )


def _trainers(row: dict[str, str]) -> list[str]:
    return row["trainers"].split("; ")
