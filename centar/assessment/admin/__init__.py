"""Assessment in the back office: panels are prepared here, items are only looked at."""

from centar.assessment.admin.items import ItemAdmin
from centar.assessment.admin.panels import PanelAdmin, RulesAdmin

__all__ = ["ItemAdmin", "PanelAdmin", "RulesAdmin"]
