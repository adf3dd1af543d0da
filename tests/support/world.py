"""Two academies with their staff, for tests of who sees and touches what."""

from dataclasses import dataclass

from support.factory import Factory

from examtui.access import Actor
from examtui.model import Academy, School


@dataclass
class World:
    """The manager and a school's staff of one academy, and the same of another, who are strangers to it."""

    academy: Academy
    school: School
    neighbour: School
    elsewhere: School
    manager: Actor
    staff: Actor
    stranger: Actor
    other_manager: Actor
    admin: Actor


def small_world(make: Factory) -> World:
    """Make the two academies; a home must be open and connected."""
    academy, other = make.academy(), make.academy("14", "Rennes")
    school = make.school("LPO BELLEVUE TOULOUSE CEDEX 4", "0310038Y", town="Toulouse")
    neighbour = make.school("Lycée Émile ZOLA")
    elsewhere = make.school("LYCEE CHATEAUBRIAND", academy=other)
    return World(
        academy,
        school,
        neighbour,
        elsewhere,
        make.actor("manager", academy=academy),
        make.actor("school", school=school),
        make.actor("school", school=neighbour),
        make.actor("manager", academy=other),
        make.actor("admin"),
    )
