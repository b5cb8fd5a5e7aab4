"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from zveno.desk.partners import companies, company, entities, people, regions, registrations, terms

app_name = "desk_partners"
urlpatterns = [
    path("", companies.show_list, name="companies"),
    path("companies.xlsx", companies.export, name="companies-xlsx"),
    path("new/", company.create, name="company-new"),
    path("registrations/", registrations.show_list, name="registrations"),
    path("registrations/<int:request_id>/", registrations.show, name="registration"),
    path("regions/", regions.show_list, name="regions"),
    path("regions/new/", regions.create, name="region-new"),
    path("entities/<int:entity_id>/", entities.show, name="entity"),
    path("entities/<int:entity_id>/change/", entities.change, name="entity-change"),
    path("entities/<int:entity_id>/terms/", terms.create, name="terms-new"),
    path("terms/<int:terms_id>/end", terms.end, name="terms-end"),
    path("invitations/<int:invitation_id>/again", people.invite_again, name="invitation-again"),
    path("invitations/<int:invitation_id>/revoke", people.revoke, name="invitation-revoke"),
    path("<int:company_id>/", company.show, name="company"),
    path("<int:company_id>/change/", company.change, name="company-change"),
    path("<int:company_id>/block", company.block, name="company-block"),
    path("<int:company_id>/head/", people.head, name="head"),
    path("<int:company_id>/invite/", people.invite, name="invite"),
    path("<int:company_id>/members/<int:member_id>/block", people.block, name="member-block"),
    path("<int:company_id>/entities/new/", entities.create, name="entity-new"),
]
