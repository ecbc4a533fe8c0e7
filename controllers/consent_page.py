import re

from odoo import http
from odoo.http import request

# What a button of the page sends: the purpose, and the wording that was shown.
_GIVE = re.compile(r"give-(\d{1,9})-(\d{1,9})")
_WITHDRAW = re.compile(r"withdraw-(\d{1,9})")
# The address is the key: it is kept neither in caches, search engines nor referrers,
# and no other site may show the page in a frame to catch a click.
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY",
}


class ConsentPage(http.Controller):
    """Contacts see, give and withdraw their consents, without a login."""

    @http.route(
        "/contact/consents/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
    )
    def show(self, token, lang=None, said=None, purpose=None, **_others):
        """Show the page; changes nothing, since mail scanners open links too."""
        contact, company, code, languages = self._open(token, lang)
        if not contact:
            return self._gone(code, languages)
        return self._render(
            "contact_person.consent_page",
            {
                "token": token,
                "lang": code,
                "languages": languages,
                "company": company.name,
                "first_name": contact.contact_first_name,
                "lines": contact._contact_page_lines(company),
                "said": said,
                "said_of": purpose,
            },
        )

    @http.route(
        "/contact/consents/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        sitemap=False,
    )
    def decide(self, token, lang=None, decision="", **_others):
        """Record one decision and show the page again."""
        contact, company, code, languages = self._open(token, lang)
        if not contact:
            return self._gone(code, languages)
        done, purpose = False, 0
        if found := _GIVE.fullmatch(decision):
            purpose, text = map(int, found.groups())
            done = contact._contact_page_decide(company, purpose, True, text)
        elif found := _WITHDRAW.fullmatch(decision):
            purpose = int(found[1])
            done = contact._contact_page_decide(company, purpose, False)
        said = "yes" if done else "no"
        # A page that is loaded again must not decide twice. It opens where the button
        # was, for the eye as for the keyboard.
        return request.redirect(
            f"/contact/consents/{token}?lang={code}&said={said}&purpose={purpose}"
            f"#purpose-{purpose}",
            code=303,
        )

    def _open(self, token, lang):
        # Superuser: the visitor has no login; the signed link names the one contact
        # and the one company whose purposes may be read and decided on.
        partners = request.env["res.partner"].sudo()
        contact, company = partners._contact_of_consent_link(token)
        code, languages = contact._contact_page_languages(lang)
        request.update_context(lang=code)
        return contact.with_context(lang=code), company, code, languages

    def _gone(self, code, languages):
        company = request.env.company.sudo()
        values = {"company": company.name, "email": company.email}
        values.update(lang=code, languages=languages)
        return self._render("contact_person.consent_page_gone", values, status=404)

    def _render(self, template, values, **options):
        response = request.render(template, values, **options)
        response.headers.extend(_HEADERS)
        return response
