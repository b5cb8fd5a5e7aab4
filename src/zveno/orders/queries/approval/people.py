"""Who of a company may decide: its people who see the entity, their substitutes, the holders of a step's seats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zveno.base.scope import current
from zveno.orders.models import ApprovalSubstitute
from zveno.orders.rules.approval.steps import HEAD, Holder, Person, Standing, StepPlan, holders
from zveno.partners.queries.entities import entities_of
from zveno.partners.queries.members import MemberValue, members_of


@dataclass(frozen=True, slots=True)
class Circle:
    """The people of a company on a day. `members` by the id of the person, the blocked ones too, for their names."""

    company_id: int
    today: date
    members: Mapping[int, MemberValue] = field(default_factory=dict)
    standings: tuple[Standing, ...] = ()
    mains: Mapping[int, int | None] = field(default_factory=dict)

    def name(self, user_id: int | None) -> str:
        member = self.members.get(user_id or 0)
        return member.name if member else ""

    def seeing(self, entity_id: int) -> tuple[Person, ...]:
        """Those who are not blocked and see the entity (F20)."""
        return tuple(
            Person(member.user_id, member.role.value)
            for member in self.members.values()
            if member.blocked_at is None and self._sees(member, entity_id)
        )

    def heads(self, entity_id: int) -> list[MemberValue]:
        """The heads who see the entity, those first who have been here longest."""
        seeing = [person.user_id for person in self.seeing(entity_id) if person.role == HEAD]
        return sorted((self.members[id_] for id_ in seeing), key=lambda member: (member.created_at, member.id))

    def holders(
        self, step: StepPlan, *, entity_id: int, author_id: int, own_allowed: bool
    ) -> Mapping[int, Sequence[Holder]]:
        """Who may give the word of each seat of the step."""
        return holders(
            step,
            people=self.seeing(entity_id),
            standings=self.standings,
            today=self.today,
            author_id=author_id,
            own_allowed=own_allowed,
        )

    def _sees(self, member: MemberValue, entity_id: int) -> bool:
        bound = set(member.entity_ids)
        return not bound or entity_id in bound or self.mains.get(entity_id) in bound


def circle_of(company_id: int, *, today: date) -> Circle:
    """The company's people as the current scope may see them. Four SQL statements."""
    rows = ApprovalSubstitute.objects.visible_to(current()).filter(company_id=company_id, valid_to__gt=today)
    return Circle(
        company_id=company_id,
        today=today,
        members={member.user_id: member for member in members_of(company_id)},
        standings=tuple(Standing(r.user_id, r.substitute_id, r.valid_from, r.valid_to) for r in rows.order_by("id")),
        mains={entity.pk: entity.main_id for entity in entities_of(company_id)},
    )
