import {UPDATE_METHODS} from "@web/core/orm_service";
import {registry} from "@web/core/registry";
import {rpcBus} from "@web/core/network/rpc";

const MODELS = [
    "contact.field",
    "contact.field.option",
    "contact.field.example",
    "contact.field.convert",
    "contact.field.delete",
];
const METHODS = [
    ...UPDATE_METHODS,
    "web_resequence",
    "update_field_translations",
    "action_add",
    "action_apply",
];

function forgetViews() {
    rpcBus.trigger("CLEAR-CACHES", ["get_views", "fields_get"]);
}

/** Has this page ask for views anew as soon as anybody changes additional fields. */
export const contactFieldService = {
    dependencies: ["bus_service"],
    start(env, {bus_service}) {
        rpcBus.addEventListener("RPC:RESPONSE", ({detail}) => {
            const {model, method} = detail.data.params;
            if (MODELS.includes(model) && METHODS.includes(method)) {
                forgetViews();
            }
        });
        bus_service.subscribe("contact_fields_changed", forgetViews);
    },
};

registry.category("services").add("contact_person.fields", contactFieldService);
