"""What changes people: accounts, profiles, coordinators, and colleagues without a login."""

from centar.people.operations.colleagues import (
    Colleague,
    complete_colleague,
    correct_colleague,
    enter_colleague,
    release_colleague,
)
from centar.people.operations.coordinations import (
    accept_request,
    ask_to_coordinate,
    confirm_coordination,
    end_coordination,
    refuse_request,
)
from centar.people.operations.newcomers import Newcomer, meet
from centar.people.operations.profiles import (
    Profile,
    choose_face,
    complete_birth,
    open_account,
    revise_profile,
)

__all__ = [
    "Colleague",
    "Newcomer",
    "Profile",
    "accept_request",
    "ask_to_coordinate",
    "choose_face",
    "complete_birth",
    "complete_colleague",
    "confirm_coordination",
    "correct_colleague",
    "end_coordination",
    "enter_colleague",
    "meet",
    "open_account",
    "refuse_request",
    "release_colleague",
    "revise_profile",
]
