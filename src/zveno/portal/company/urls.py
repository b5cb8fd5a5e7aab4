"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from zveno.portal.company import approval_budgets, approval_substitutes, approvals, entities, history, keys, members

app_name = "company"
urlpatterns = [
    path("", members.show_list, name="members"),
    path("invite/", members.invite, name="invite"),
    path("members/<int:member_id>/", members.show, name="member"),
    path("members/<int:member_id>/change", members.change, name="member-change"),
    path("members/<int:member_id>/block", members.block, name="member-block"),
    path("invitations/<int:invitation_id>/again", members.invite_again, name="invitation-again"),
    path("invitations/<int:invitation_id>/revoke", members.revoke, name="invitation-revoke"),
    path("entities/", entities.show_list, name="entities"),
    path("entities/request/", entities.ask, name="entity-request"),
    path("entities/<int:entity_id>/", entities.show, name="entity"),
    path("approvals/", approvals.show, name="approvals"),
    path("approvals/new/", approvals.make, name="approval-rule-new"),
    path("approvals/<int:rule_id>/", approvals.change, name="approval-rule"),
    path("approvals/<int:rule_id>/move", approvals.move, name="approval-rule-move"),
    path("approvals/<int:rule_id>/remove", approvals.remove, name="approval-rule-remove"),
    path("approvals/settings/", approvals.settings, name="approval-settings"),
    path("approvals/budgets/", approval_budgets.show, name="approval-budgets"),
    path("approvals/budgets/new/", approval_budgets.make, name="approval-budget-new"),
    path("approvals/budgets/<int:budget_id>/", approval_budgets.change, name="approval-budget"),
    path("approvals/budgets/<int:budget_id>/remove", approval_budgets.remove, name="approval-budget-remove"),
    path("approvals/substitutes/", approval_substitutes.show, name="approval-substitutes"),
    path(
        "approvals/substitutes/<int:substitution_id>/remove",
        approval_substitutes.remove,
        name="approval-substitute-remove",
    ),
    path("keys/", keys.show_list, name="keys"),
    path("keys/<int:key_id>/revoke", keys.revoke, name="key-revoke"),
    path("history/", history.show, name="history"),
    path("history.xlsx", history.export, name="history-xlsx"),
]
