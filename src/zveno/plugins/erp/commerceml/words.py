"""What is wrong with a CommerceML file or an archive, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zveno.ui import words

words.register(
    {
        "file_empty": _("The file is empty."),
        "encoding_unknown": _("The file is in an encoding that is not read (%(declared)s). Send it in UTF-8."),
        "xml_broken": _("The file is damaged or cut short from this place on (%(reason)s). Export it again."),
        "xml_entity_forbidden": _("The file declares a document type or entities, which the exchange does not allow."),
        "not_commerceml": _("This is XML, but not CommerceML: it begins with “%(root)s”."),
        "zip_broken": _("The archive is damaged or cut short (%(reason)s). Nothing of it was taken; send it again."),
        "zip_too_large": _(
            "The archive is too large unpacked (%(limit)s: %(found)s, at most %(allowed)s). Nothing of it was taken."
        ),
        "zip_path_forbidden": _("The archive holds the name “%(name)s”, which leaves its folder. Nothing was taken."),
        "zip_nested": _("The archive holds an archive (%(name)s). Nothing was taken; pack the files themselves."),
        "zip_encrypted": _("The archive is locked by a password (%(name)s). Nothing was taken."),
    }
)
