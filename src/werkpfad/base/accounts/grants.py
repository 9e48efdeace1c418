"""What one person may do right now: built once per request, handed to queries, permissions and actions.

Plain values only, so that pages, API, tasks and imports can all be asked the same question.
"""

from dataclasses import dataclass, field, replace

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Grants:
    """Permissions by scope.

    `in_regions` holds (permission, region id) pairs that reach a whole region, `in_organisations`
    (permission, organisation id) pairs; `regions` are all regions the person belongs to in any role.
    """

    actor: Actor | None = None
    user_id: int | None = None
    in_regions: frozenset[tuple[Permission, int]] = field(default_factory=frozenset)
    in_organisations: frozenset[tuple[Permission, int]] = field(default_factory=frozenset)
    regions: frozenset[int] = field(default_factory=frozenset)
    organisations: frozenset[int] = field(default_factory=frozenset)
    is_operator: bool = False
    needs_second_factor: bool = False

    @property
    def by(self) -> Actor:
        """The actor for a write; asking for it without being signed in is a programming error."""
        if self.actor is None:
            raise PermissionError("nobody is signed in")
        return self.actor

    def may_in_region(self, permission: Permission, region_id: int) -> bool:
        return (permission, region_id) in self.in_regions

    def may_in_organisation(self, permission: Permission, organisation_id: int) -> bool:
        return (permission, organisation_id) in self.in_organisations

    def regions_with(self, permission: Permission) -> frozenset[int]:
        return frozenset(region for p, region in self.in_regions if p == permission)

    def organisations_with(self, permission: Permission) -> frozenset[int]:
        return frozenset(org for p, org in self.in_organisations if p == permission)

    def only(self, organisation_id: int, region_id: int) -> "Grants":
        """The part of the grants that belongs to one membership; for start page and menu of the chosen role."""
        return replace(
            self,
            in_regions=frozenset(pair for pair in self.in_regions if pair[1] == region_id),
            in_organisations=frozenset(
                pair for pair in self.in_organisations if pair[1] == organisation_id
            ),
        )

    def has(self, permission: Permission) -> bool:
        """Whether the permission is held anywhere; for navigation, never for objects."""
        return any(p == permission for p, _ in self.in_regions | self.in_organisations)


NOBODY = Grants()
