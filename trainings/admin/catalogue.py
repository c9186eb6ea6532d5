from __future__ import annotations

from django.contrib import admin

from centar.audit.admin import RevisedAdmin
from trainings.models import Area, Competence, Cycle, PriorityArea, Programme, Trainer


@admin.register(Programme)
class ProgrammeAdmin(RevisedAdmin):
    search_fields = ("title", "number")


@admin.register(Trainer)
class TrainerAdmin(RevisedAdmin):
    search_fields = ("name",)


admin.site.register([Area, Competence, Cycle, PriorityArea], RevisedAdmin)
