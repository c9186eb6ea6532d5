from django.urls import path

from tests.bench.bare import views

urlpatterns = [
    path("halls/<int:pk>/", views.page, name="page"),
    path("halls/<int:pk>/order/", views.order, name="order"),
    path("seats/<int:pk>/", views.answer, name="answer"),
]
