"""The catalogue as it is now, in a constant number of queries, for comparing rows with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trainings.catalogue_files import keys
from trainings.models import Area, Competence, Cycle, PriorityArea, Programme, Trainer

_Code = TypeVar("_Code", Competence, PriorityArea)
Codes = dict[int, dict[str, _Code]]
"""By cycle and by key of the code."""
Place = tuple[int | None, str]
"""A cycle's id, and a number or a title in it."""


@dataclass
class Known:
    """Everything a row can refer to. Areas and trainers met for the first time are `new_…`."""

    cycles: dict[str, Cycle]
    competences: Codes[Competence]
    priority_areas: Codes[PriorityArea]
    areas: dict[str, list[Area]]
    trainers: dict[str, list[Trainer]]
    by_exact_number: dict[Place, Programme] = field(default_factory=dict)
    by_number: dict[Place, list[Programme]] = field(default_factory=lambda: defaultdict(list))
    by_title: dict[Place, list[Programme]] = field(default_factory=lambda: defaultdict(list))
    new_areas: dict[str, Area] = field(default_factory=dict)
    new_trainers: dict[str, Trainer] = field(default_factory=dict)

    @classmethod
    def load(cls, cycle_names: Collection[str], *, lock: bool) -> Known:
        """What concerns the cycles named. With `lock` no other import or edit goes on beside."""
        all_cycles = Cycle.objects.order_by("pk")
        if lock:
            # The cycles stand for the whole catalogue: imports wait for each other here.
            all_cycles = all_cycles.select_for_update(no_key=True)
        known = cls(
            cycles={keys.cycle(cycle.name): cycle for cycle in all_cycles},
            competences=_by_code(Competence.objects.all()),
            priority_areas=_by_code(PriorityArea.objects.all()),
            areas=_by_name(Area.objects.order_by("pk")),
            trainers=_by_name(Trainer.objects.defer("about").order_by("pk")),
        )
        wanted = [known.cycles.get(keys.cycle(name)) for name in cycle_names]
        rows = with_relations(
            Programme.objects.filter(
                Q(cycle__in=[cycle for cycle in wanted if cycle])
                | (Q(cycle=None) if None in wanted else Q(pk__in=()))
            ).order_by("pk")
        )
        if lock:
            rows = rows.select_for_update(no_key=True, of=("self",))
        for programme in rows:
            known._index(programme)
        return known

    def _index(self, programme: Programme) -> None:
        self.by_title[programme.cycle_id, keys.name(programme.title)].append(programme)
        if programme.number:
            self.by_exact_number[programme.cycle_id, programme.number] = programme
            self.by_number[programme.cycle_id, keys.code(programme.number)].append(programme)

    def programme(self, cycle: Cycle | None, number: str, title: str) -> Programme | None:
        """The programme a row speaks of: by number, or without one by title.

        Raises ValidationError when it cannot be told which of several it is.
        """
        cycle_id = cycle.pk if cycle else None
        if number:
            exact = self.by_exact_number.get((cycle_id, number))
            found = [exact] if exact else self.by_number.get((cycle_id, keys.code(number)), [])
        else:
            found = self.by_title.get((cycle_id, keys.name(title)), [])
            found = [one for one in found if not one.number] or found
        if len(found) > 1:
            raise ValidationError(
                _("The catalogue has %(count)d such programmes; it cannot be told which one it is.")
                % {"count": len(found)}
            )
        return found[0] if found else None

    def area(self, name: str, now: Area | None) -> Area:
        """The area of this name: as it is written, or the one it is now, or in the other script."""
        alike = self.areas.get(keys.name(name), [])
        for area in alike:
            if area.name == name:
                return area
        if now in alike:
            assert now is not None
            return now
        return alike[0] if alike else self.new_areas.setdefault(keys.name(name), Area(name=name))

    def trainers_named(self, name: str, count: int, now: Iterable[Trainer]) -> list[Trainer]:
        """The trainer of this name, or `count` namesakes when the cell names so many.

        Of several namesakes those are meant who lead the programme `now`. Raises ValidationError
        when that does not tell which of them.
        """
        alike = self.trainers.get(keys.name(name), [])
        if not alike:
            return [self.new_trainers.setdefault(keys.name(name), Trainer(name=name))]
        if len(alike) == 1:
            return alike
        leading = [trainer for trainer in now if trainer in alike]
        if len(leading) != count:
            raise ValidationError(
                _("%(count)d trainers are called %(name)s. Choose on the programme's page.")
                % {"count": len(alike), "name": name}
            )
        return leading


def with_relations(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """Programmes with all that stands in a file, without what only searching needs."""
    return (
        programmes.select_related("cycle", "area")
        .prefetch_related("competences", "priority_areas", "trainers")
        .defer("search", "folded", "sort_azbuka", "sort_abeceda", "source")
    )


def _by_code(rows: Iterable[_Code]) -> Codes[_Code]:
    codes: Codes[_Code] = defaultdict(dict)
    for row in rows:
        codes[row.cycle_id][keys.code(row.code)] = row
    return codes


_Named = TypeVar("_Named", Area, Trainer)


def _by_name(rows: Iterable[_Named]) -> dict[str, list[_Named]]:
    names: dict[str, list[_Named]] = defaultdict(list)
    for row in rows:
        names[keys.name(row.name)].append(row)
    return names
