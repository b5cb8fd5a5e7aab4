"""Addresses of this area."""

from __future__ import annotations

from django.urls import URLPattern, path

from zveno.portal.sellout import codes, listing, mapping, questions, report

app_name = "sellout"
urlpatterns: list[URLPattern] = [
    path("", listing.show_reports, name="reports"),
    path("reports.xlsx", listing.export_reports, name="export"),
    path("upload/", listing.upload, name="upload"),
    path("codes/", codes.show_codes, name="codes"),
    path("codes.xlsx", codes.export_codes, name="codes-export"),
    path("codes/products/", codes.suggest_products, name="code-products"),
    path("codes/<int:code_id>/", codes.show_code, name="code"),
    path("codes/<int:code_id>/change/", codes.change, name="code-change"),
    path("codes/<int:code_id>/forget/", codes.forget, name="code-forget"),
    path("codes/<int:code_id>/recall/", codes.recall, name="code-recall"),
    path("<int:report_id>/", report.show_report, name="report"),
    path("<int:report_id>/again/", listing.send_again, name="again"),
    path("<int:report_id>/progress/", report.show_progress, name="progress"),
    path("<int:report_id>/file/", report.download_file, name="file"),
    path("<int:report_id>/lines.xlsx", report.export_lines, name="lines"),
    path("<int:report_id>/accept/", report.accept, name="accept"),
    path("<int:report_id>/withdraw/", report.withdraw, name="withdraw"),
    path("<int:report_id>/columns/", mapping.choose_columns, name="columns"),
    path("<int:report_id>/settings/", mapping.choose_settings, name="settings"),
    path("<int:report_id>/sheet/", mapping.choose_sheet_of, name="sheet"),
    path("<int:report_id>/meaning/", mapping.show_meaning, name="meaning"),
    path("<int:report_id>/confirm/", mapping.confirm, name="confirm"),
    path("<int:report_id>/remap/", mapping.reopen, name="remap"),
    path("<int:report_id>/questions/", questions.show_questions, name="questions"),
    path("<int:report_id>/questions/likely/", questions.take_likely, name="likely"),
    path("<int:report_id>/questions/products/", questions.suggest, name="products"),
    path("<int:report_id>/questions/<int:question_id>/", questions.answer, name="answer"),
]
