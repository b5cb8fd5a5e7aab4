"""What is wrong with a CommerceML file or an archive, in words, and what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zveno.exchange.words import Finding, register_findings

_EXPORT_AGAIN = _("Run the export in 1С again and send the new file.")
_PACK_AGAIN = _("Pack the XML files and pictures anew as an ordinary zip, or send them one by one.")

register_findings(
    {
        "file_empty": Finding(_("Empty file"), _("The file is empty: there is nothing to take."), _EXPORT_AGAIN),
        "encoding_unknown": Finding(
            _("Unreadable encoding"),
            _("The letters of the file are in an encoding that is not read (declared: %(declared)s)."),
            _("Save the file in UTF-8 or windows-1251 and send it again."),
        ),
        "xml_broken": Finding(
            _("Damaged file"), _("The file is damaged or cut short from this place on (%(reason)s)."), _EXPORT_AGAIN
        ),
        "xml_entity_forbidden": Finding(
            _("Forbidden contents"),
            _("The file declares a document type or entities. 1С never does; this is how files are used for attacks."),
            _("Find out where the file comes from. An export of 1С carries no DOCTYPE."),
        ),
        "not_commerceml": Finding(
            _("Another kind of XML"),
            _("This is XML, but not CommerceML: it begins with “%(root)s”."),
            _("In 1С choose «Обмен с сайтом» (CommerceML) and export again."),
        ),
        "zip_broken": Finding(
            _("Damaged archive"),
            _("The archive is damaged or cut short (%(reason)s). Nothing of it was taken."),
            _PACK_AGAIN,
        ),
        "zip_too_large": Finding(
            _("Archive too large"),
            _("Unpacked, the archive is larger than is allowed (%(found)s of at most %(allowed)s). Nothing was taken."),
            _("Divide the export into several archives."),
        ),
        "zip_path_forbidden": Finding(
            _("Forbidden name in the archive"),
            _("The archive holds the name “%(name)s”, which leaves its folder. Nothing of it was taken."),
            _PACK_AGAIN,
        ),
        "zip_nested": Finding(
            _("Archive in an archive"),
            _("The archive holds another archive, %(name)s. Nothing of it was taken."),
            _("Pack the files themselves."),
        ),
        "zip_encrypted": Finding(
            _("Locked archive"),
            _("The archive is locked by a password (%(name)s). Nothing of it was taken."),
            _("Pack it without a password."),
        ),
    }
)
