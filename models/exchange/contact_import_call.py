import base64

from odoo import api, models
from odoo.exceptions import UserError

from .texts import TARGET_LABELS

# What callers of ``run_file`` may set; everything else is a mistake worth naming.
OPTIONS = ("country_code", "dry_run", "mapping", "mode", "on_duplicate")


class ContactImportCall(models.Model):
    """A whole import in one call, for scripts and RPC."""

    _inherit = "contact.import"

    @api.model
    def run_file(self, filename, data_base64, options=None):
        """Read, match, check and write a file in one call, for scripts and RPC.

        :param str filename: only for messages and the report
        :param str data_base64: the bytes of a csv or xlsx file; may have line breaks
        :param dict options: ``mode``, ``on_duplicate`` as the fields of the same name,
            ``mapping``: ``{header: target or False}`` for columns that are not to be
            matched by themselves, ``country_code``: ISO 3166-1 alpha-2, ``dry_run``:
            decide, write nothing
        :return: ``{"counts": {fate: n}, "rows": [{"row": 0-based data row, "fate": …,
            "reason": …, "contact_id": id or False, "duplicate_of_row": row or None,
            "warning": text, absent without one}], "import_id": id}``
        :raise UserError: the file can't be read or an option is wrong; says why
        """
        options = self._checked_dict(options, "options")
        mapping = self._checked_dict(options.get("mapping"), "mapping")
        self._check_known("options", options, OPTIONS)
        values = {"name": filename, "file": self._checked_base64(data_base64)}
        job = self.create({**values, **self._option_values(options)})
        job.action_read()
        job._apply_mapping(mapping)
        job._load_rows()
        while job._check_batch():
            pass
        if not options.get("dry_run"):
            job._start()
            while job._run_batch(just_checked=True):
                pass
        return {"import_id": job.id, **job._result()}

    def _result(self):
        """Return the fates in the shape that ``run_file`` promises."""
        fates = dict(self.env["contact.import.row"]._fields["fate"].selection)
        rows = [row._result() for row in self.row_ids.sorted("index")]
        counts = dict.fromkeys(fates, 0)
        for row in rows:
            counts[row["fate"]] += 1
        return {"counts": counts, "rows": rows}

    # ------------------------------------------------------------
    # WHAT THE CALLER SENT
    # ------------------------------------------------------------

    def _checked_base64(self, data):
        """Return base64 text without line breaks, as encoders of mail put them in."""
        try:
            text = data.decode() if isinstance(data, bytes) else data or ""
            text = "".join(text.split())
            base64.b64decode(text, validate=True)
        except (AttributeError, ValueError) as error:
            raise UserError(
                self.env._("Send the bytes of the file as base64 text.")
            ) from error
        return text

    def _checked_dict(self, value, name):
        if value and not isinstance(value, dict):
            raise UserError(
                self.env._(
                    "Send “%(name)s” as a dictionary of names and values.", name=name
                )
            )
        return dict(value or {})

    def _check_known(self, name, given, known):
        """Raise unless every one of ``given`` is one of ``known``."""
        unknown = [
            value for value in given if not isinstance(value, str) or value not in known
        ]
        if unknown:
            raise UserError(
                self.env._(
                    "Unknown in “%(name)s”: %(unknown)s. Known are: %(known)s.",
                    name=name,
                    unknown=", ".join(map(str, unknown)),
                    known=", ".join(known),
                )
            )

    def _option_values(self, options):
        """Return the fields of the job that ``options`` set."""
        values = {}
        for name in ("mode", "on_duplicate"):
            if name in options:
                known = dict(self._fields[name].selection)
                self._check_known(name, [options[name]], known)
                values[name] = options[name]
        if code := options.get("country_code"):
            countries = self.env["res.country"]
            country = countries.search([("code", "=", str(code).upper())], limit=1)
            if not country:
                raise UserError(
                    self.env._(
                        "There is no country with the code “%(code)s”. Use two "
                        "letters, such as DK or FR.",
                        code=code,
                    )
                )
            values["country_id"] = country.id
        return values

    def _apply_mapping(self, mapping):
        """Give columns the meaning that the caller chose instead of the one found."""
        targets = [*TARGET_LABELS, *self._additional_labels()]
        self._check_known("mapping", mapping, self.mapping_ids.mapped("header"))
        self._check_known("mapping", filter(None, mapping.values()), targets)
        for line in self.mapping_ids:
            if line.header in mapping:
                line.target = mapping[line.header] or False
