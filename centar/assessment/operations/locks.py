"""The single lock of assessment."""

from __future__ import annotations

from centar.assessment.models import Assignment, Item, Panel


def lock_panel(panel_id: int) -> Panel:
    """The panel, fresh; nobody else changes anything in it until the transaction ends."""
    return Panel.objects.select_for_update(no_key=True).get(pk=panel_id)


def lock_item(item_id: int) -> Item:
    """The item, fresh, with its panel locked."""
    panel = lock_panel(Item.objects.values_list("panel", flat=True).get(pk=item_id))
    item = Item.objects.get(pk=item_id)
    item.panel = panel
    return item


def lock_assignment(assignment_id: int) -> Assignment:
    """The assignment, fresh, with the panel of its item locked."""
    item = lock_item(Assignment.objects.values_list("item", flat=True).get(pk=assignment_id))
    assignment = Assignment.objects.select_related("person__user").get(pk=assignment_id)
    assignment.item = item
    return assignment
