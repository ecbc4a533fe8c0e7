from odoo import models

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

MAILINGS = "mass_mailing"
OWN = "contact_person"
FIELD = "x_contact_consent_purpose_id"
# Not touched by an update, or it would be taken for a leftover of an older version.
FIELD_ID = f"{OWN}.mailing_mailing_field_consent_purpose"
MAILING_FORM = f"{MAILINGS}.view_mail_mass_mailing_form"
VIEW_ID = f"{OWN}.mailing_mailing_view_form"
EMPTY = "Consents are not asked"

_VIEW = f"""
<xpath expr="//field[@name='subject']" position="after">
    <field
        name="{FIELD}"
        options="{{'no_create': True}}"
        placeholder="{EMPTY}"
        invisible="mailing_type != 'mail'"
        readonly="state in ('sending', 'done')"
    />
</xpath>
"""


class IrModuleModule(models.Model):
    """Gives the mailings of Odoo's Email Marketing a purpose where it is installed.

    The addon does not depend on that app, so the field and its place in the form are
    made when both are there, whichever came first, and go with either of the two.
    """

    _inherit = "ir.module.module"

    def _update_translations(self, filter_lang=None, overwrite=False):
        # Odoo comes here at the end of an installation and of an update, with every
        # model of the app at hand, and when a language is added, which the label needs.
        result = super()._update_translations(filter_lang, overwrite)
        if not {MAILINGS, OWN}.isdisjoint(self.mapped("name")):
            self._contact_extend_mailings()
        return result

    def module_uninstall(self):
        if MAILINGS in self.mapped("name"):
            # Else the view of ours would keep Odoo from deleting its own.
            self._contact_release_mailings()
        return super().module_uninstall()

    def _contact_extend_mailings(self):
        """Add the purpose to the mailings, if they are there and do not have it."""
        form = self.env.ref(MAILING_FORM, raise_if_not_found=False)
        if "mailing.mailing" not in self.env or not form:
            return
        field = self.env["ir.model.fields"]._get("mailing.mailing", FIELD)
        if not field:
            field = self._contact_mailing_add("ir.model.fields", FIELD_ID, _field_of)
        view = self.env.ref(VIEW_ID, raise_if_not_found=False)
        if not view:
            view = self._contact_mailing_add("ir.ui.view", VIEW_ID, _view_of)
        self._contact_translate_mailings(field, view)

    def _contact_mailing_add(self, model, xml_id, values):
        data = {"xml_id": xml_id, "values": values(self.env), "noupdate": True}
        return self.env[model]._load_records([data])

    def _contact_mailing_ids(self):
        """Return what is added, in the order in which it can go."""
        return [VIEW_ID, FIELD_ID]

    def _contact_translate_mailings(self, field, view):
        """Give the label, the help and the placeholder in every installed language."""
        for lang, _name in self.env["res.lang"].get_installed():
            label, text, empty = self.with_context(lang=lang)._contact_mailing_texts()
            self._contact_mailing_describe(field.with_context(lang=lang), label, text)
            if lang != "en_US":
                terms = {lang: {EMPTY: empty}}
                view.update_field_translations("arch_db", terms)

    def _contact_mailing_describe(self, field, label, text):
        if (field.field_description, field.help) != (label, text):
            field.write({"field_description": label, "help": text})

    def _contact_mailing_texts(self):
        return (
            self.env._("Purpose"),
            self.env._(
                "The mailing reaches only contacts with a valid consent to this "
                "purpose. Empty: consents are not asked."
            ),
            self.env._("Consents are not asked"),
        )

    def _contact_release_mailings(self):
        """Take off the mailings again what was added."""
        # As when Odoo uninstalls: a view that somebody built on the field is no
        # reason to stop.
        env = self.with_context(**{MODULE_UNINSTALL_FLAG: True}).env
        for xml_id in self._contact_mailing_ids():
            if record := env.ref(xml_id, raise_if_not_found=False):
                record.unlink()


def _field_of(env):
    return {
        "model_id": env["ir.model"]._get_id("mailing.mailing"),
        "name": FIELD,
        "field_description": "Purpose",
        "ttype": "many2one",
        "relation": "contact.consent.purpose",
        "on_delete": "restrict",
    }


def _view_of(env):
    return {
        "name": "mailing.mailing.form.contact.purpose",
        "model": "mailing.mailing",
        "inherit_id": env.ref(MAILING_FORM).id,
        "arch": _VIEW,
    }
