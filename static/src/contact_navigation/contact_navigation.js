import {router} from "@web/core/browser/router";
import {registry} from "@web/core/registry";
import {formAction} from "../contact_connections/connection_tools";

const CONTACTS = "contact_person.res_partner_action";

/** Whether there is something in the breadcrumb before the present form. */
function hasPast() {
    return (router.current.actionStack || []).length > 1;
}

/**
 * Leave the form of a contact that the user sees no more; read a list anew. Not by
 * closing the dialog first: the form below would read the contact.
 */
async function leave({services}) {
    const {currentController: controller} = services.action;
    if (controller.view?.type !== "form") {
        return services.action.restore(controller.jsId);
    }
    return hasPast()
        ? services.action.restore()
        : services.action.doAction(CONTACTS, {clearBreadcrumbs: true});
}

/** Open a contact in place of the form of one that is gone. */
async function openInstead({services}, {params}) {
    const resId = params.res_id;
    const past = router.current.actionStack?.at(-2);
    if (past?.resId === resId) {
        return services.action.restore();
    }
    return services.action.doAction(formAction("res.partner", resId), {
        stackPosition: "replaceCurrentAction",
    });
}

registry.category("actions").add("contact_person.leave", leave);
registry.category("actions").add("contact_person.open_instead", openInstead);
