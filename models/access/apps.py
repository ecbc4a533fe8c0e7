"""What the access to contacts knows of the models of other apps, there or not."""

# Who keeps the books or the stock works for everybody's customers, from documents of
# others; nobody else may make these.
FOR_ALL = ("account.move", "account.payment", "account.bank.statement", "stock.")
# Their copies are for the same customer.
COPIED = frozenset(
    "crm.lead sale.order project.project project.task event.registration event.event"
    " purchase.order purchase.requisition repair.order hr.expense maintenance.equipment"
    " fleet.vehicle.log.contract".split()
)
# The customer of what these fields name may be that of the record, too. Two of them
# are a model and an id.
BELONGS = {
    "project.task": ("project_id", "parent_id"),
    "crm.lead2opportunity.partner": ("lead_id",),
    "crm.quotation.partner": ("lead_id",),
    "sale.order": ("opportunity_id",),
    "payment.link.wizard": (("res_model", "res_id"),),
}
# Whose these records are, which Odoo takes from the customer.
SELLERS = {"sale.order": "user_id"}
# Domains that users type and that Odoo applies later, as superuser: by model and field
# that of what is searched, or the field that names it.
TYPED = {
    "crm.team": {"assignment_domain": "crm.lead"},
    "crm.team.member": {
        "assignment_domain": "crm.lead",
        "assignment_domain_preferred": "crm.lead",
    },
    "event.lead.rule": {"event_registration_filter": "event.registration"},
    "gamification.challenge": {"user_domain": "res.users"},
    "gamification.goal.definition": {"domain": "model_id"},
    "loyalty.reward": {"discount_product_domain": "product.product"},
    "loyalty.rule": {"product_domain": "product.product"},
}
# What methods of other apps read of the customer of a document, to find out how it is
# sent: by model and method.
READING = {
    "stock.picking": {
        "_check_warn_sms": ("phone",),
        "_send_confirmation_email": ("phone",),
    },
}
