from __future__ import annotations

from typing import ClassVar

from django.db import models


class Hall(models.Model):
    """Something with a number of places."""

    name = models.CharField(max_length=100)
    capacity = models.PositiveIntegerField()

    objects: ClassVar[models.Manager[Hall]] = models.Manager()

    class Meta:
        # Named, so that the bench can make the tables without installing the app in the portal.
        app_label = "bare"

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A place in a hall, or a turn when there was none."""

    hall = models.ForeignKey(Hall, models.CASCADE)
    is_placed = models.BooleanField()

    objects: ClassVar[models.Manager[Seat]] = models.Manager()

    class Meta:
        app_label = "bare"

    def __str__(self) -> str:
        return f"{self.hall}: {self.pk}"
