/** @odoo-module **/

import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";

const REPORT = "contact_person.report_contact_consents";

/**
 * Show the consent report on the page where the server can't make a pdf.
 *
 * Odoo's own message shows the tags of its link, and does not say what to do.
 *
 * @param {Object} action a report action
 * @param {Object} options
 * @param {Object} env
 * @returns {Promise<boolean>} whether the report was shown
 */
async function showWithoutPdf(action, options, env) {
    if (action.report_name !== REPORT || action.report_type !== "qweb-pdf") {
        return false;
    }
    const status = await rpc("/report/check_wkhtmltopdf");
    if (["ok", "upgrade"].includes(status)) {
        return false;
    }
    env.services.notification.add(
        _t(
            "This server can't make pdf files, so the report is shown here: print it with your browser. An administrator of the server can install wkhtmltopdf, or repair it."
        ),
        {type: "warning", sticky: true}
    );
    await env.services.action.doAction({...action, report_type: "qweb-html"}, options);
    return true;
}

registry
    .category("ir.actions.report handlers")
    .add("contact_person_consents", showWithoutPdf);
