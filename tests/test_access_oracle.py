from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, TransactionCase, tagged

from .access_oracle import SCENES, Oracle
from .access_random import Chance, change, organisation
from .access_ways import WAYS, activities, attach
from .access_world import World

ORGANISATIONS = 200
EVERY = 25  # one organisation of so many goes through all ways in
# How the sentences begin that say why a user may not read a contact.
LACKING = (
    "Is no internal user",
    "The contact belongs to the company",
    "Voided contacts are for administrators",
    "Only the one who created",
    "Is neither owner nor",
)

_MODELS = "odoo.addons.contact_person.models.access"
_REACH, _FREQUENT = f"{_MODELS}.res_users", f"{_MODELS}.res_partner_frequent"
_ALL = {"FREQUENT": 0, "PATIENCE": 10**6}
METHODS = ("_contact_look_at_each", "_contact_walk", "_contact_among")
# What of these is used, and the limits that make it so.
PLANS = {
    "far": (set(), {_REACH: {"SMALL": -2, "FAR": -1}, _FREQUENT: {"RARE": -1}}),
    "rare": (
        {METHODS[2]},
        {_REACH: {"SMALL": -2, "FAR": -1}, _FREQUENT: {"RARE": 10**6}},
    ),
    "near": (
        set(),
        {_REACH: {"SMALL": -2, "FAR": 10**9}, _FREQUENT: {"FREQUENT": 10**9}},
    ),
    "few": (
        {METHODS[0]},
        {_REACH: {"SMALL": -2, "FAR": 10**9}, _FREQUENT: {**_ALL, "FEW": 10**9}},
    ),
    "walk": (
        {METHODS[1]},
        {
            _REACH: {"SMALL": -2, "FAR": 10**9},
            _FREQUENT: {**_ALL, "FEW": -1, "NEAR": 10**9},
        },
    ),
    "walk in vain": (
        {METHODS[1]},
        {
            _REACH: {"SMALL": -2, "FAR": 10**9},
            _FREQUENT: {"FREQUENT": 0, "FEW": -1, "NEAR": 10**9, "PATIENCE": 0},
        },
    ),
}


@contextmanager
def _watched(model, name):
    """Yield a list of the calls of a method, which works as ever."""
    calls, method = [], getattr(type(model), name)

    def watched(self, *args):
        calls.append(args)
        return method(self, *args)

    with patch.object(type(model), name, watched):
        yield calls


@tagged("post_install", "-at_install")
class TestAccessOracle(TransactionCase):
    """The models against plain Python over organisations made by chance.

    A failure names the seed, the user and the contacts; ``organisation(seed)`` makes
    the same organisation again.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = World(cls.env)
        cls.differences = []

    def compare(self, where, expected, found):
        if expected != found:
            self.differences.append(
                f"{where}: expected {sorted(expected)}, found {sorted(found)}"
            )

    def numbers(self, records):
        place = {record.id: number for number, record in enumerate(self.world.contacts)}
        return {place[record_id] for record_id in records.ids if record_id in place}

    def asked(self, org):
        """Yield the users that can log in."""
        for number, user in enumerate(org.users):
            if user.active:
                yield number, self.world.users[number]

    def check_rights(self, where, org, asked=None):
        """Ask search and the check of each record, as every user or those asked."""
        oracle, everything = Oracle(org), range(len(org.contacts))
        for number, user in self.asked(org):
            if asked is not None and number not in asked:
                continue
            contacts = self.world.contacts.with_user(user)
            here = f"{where} user {number}"
            readable = {i for i in everything if oracle.may_read(number, i)}
            found = contacts.search([("id", "in", contacts.ids)])
            self.compare(f"{here} search", readable, self.numbers(found))
            found = contacts._filtered_access("read")
            self.compare(f"{here} access read", readable, self.numbers(found))
            # A voided contact is frozen even for the manager who sees it.
            alive = {i for i in everything if not org.contacts[i].voided}
            writable = {i for i in alive if oracle.may_write(number, i)}
            found = self.numbers(contacts._filtered_access("write")) & alive
            self.compare(f"{here} access write", writable, found)

    def check_change(self, where, org, chance):
        """Change one thing; it must count at once, for those whom it concerns."""
        before = self.answers(org)
        what = change(chance, org)
        self.world.sync(org)
        after = self.answers(org)
        asked = {user for user in after if after[user] != before[user]}
        asked.add(chance.randrange(8))
        self.check_rights(f"{where} after another {what}", org, asked)

    def answers(self, org):
        """Return what the oracle says to each user."""
        oracle, everything = Oracle(org), range(len(org.contacts))
        return {
            user: [
                (oracle.may_read(user, i), oracle.may_write(user, i))
                for i in everything
            ]
            for user in range(len(org.users))
        }

    def check_ways(self, where, org):
        """Go in by every way as every user."""
        oracle, everything = Oracle(org), range(len(org.contacts))
        attach(self.world.contacts)
        for number, user in self.asked(org):
            contacts = self.world.contacts.with_user(user)
            readable = {i for i in everything if oracle.may_read(number, i)}
            for way in WAYS:
                found = way(contacts)
                here = f"{where} user {number} {way.__name__}"
                self.compare(here, readable, self.numbers(contacts.browse(found)))
                if len(found) != len(readable):
                    self.differences.append(f"{here}: counts {len(found)}")
            alive = {i for i in everything if not org.contacts[i].voided}
            writable = {i for i in alive if oracle.may_write(number, i)}
            found = self.numbers(contacts.browse(activities(contacts))) & alive
            self.compare(f"{where} user {number} activities", writable, found)
        self.check_picker(where, org, oracle)
        self.check_explanations(where, org, oracle)

    def check_picker(self, where, org, oracle):
        """The customers that a lead offers: of its company or of none."""
        company = self.world.companies[0]
        domain = [
            ("id", "in", self.world.contacts.ids),
            ("company_id", "in", [False, company.id]),
        ]
        for number, user in self.asked(org):
            offered = {
                i
                for i, contact in enumerate(org.contacts)
                if contact.company in (None, 0) and oracle.may_read(number, i)
            }
            model = self.world.contacts.with_user(user)
            found = model.name_search("Oracle", domain, limit=100)
            found = self.numbers(model.browse(row[0] for row in found))
            self.compare(f"{where} user {number} picker", offered, found)

    def check_explanations(self, where, org, oracle):
        """What is said of each user's right is what he has; of every other contact."""
        for number, contact in enumerate(self.world.contacts[::2]):
            number *= 2
            readers = {
                one["user_id"]: one["edit"] for one in contact.contact_who_sees()
            }
            for place, user in self.asked(org):
                here = f"{where} user {place} contact {number}"
                said = contact.contact_explain_access(user.id)
                denied = any(sentence.startswith(LACKING) for sentence in said)
                if denied == oracle.may_read(place, number) or not said:
                    self.differences.append(f"{here}: explained as {said}")
                if (user.id in readers) != oracle.may_read(place, number):
                    self.differences.append(f"{here}: a reader, or not: {readers}")
                elif readers.get(user.id, False) != oracle.may_write(place, number):
                    self.differences.append(f"{here}: explained as edit {readers}")

    def check_scenes(self, where, org):
        oracle = Oracle(org)
        persons = [
            ("id", "in", self.world.contacts.ids),
            ("is_contact_person", "=", True),
        ]
        for number, user in self.asked(org):
            contacts = self.world.contacts.with_user(user)
            for scene in SCENES:
                here = f"{where} user {number} scene {scene}"
                domain = [*persons, ("contact_scene", "=", scene)]
                try:
                    found = self.numbers(contacts.search(domain))
                except AccessError as error:
                    self.differences.append(f"{here}: {error}".splitlines()[0])
                else:
                    self.compare(here, oracle.scene(number, scene), found)

    def test_rights_equal_the_oracle(self):
        for seed in range(ORGANISATIONS):
            org, chance = organisation(seed), Chance(-seed)
            self.world.load(org)
            self.check_rights(f"seed {seed}", org)
            self.check_change(f"seed {seed}", org, chance)
            if seed % EVERY == 0:
                self.check_scenes(f"seed {seed}", org)
                self.check_ways(f"seed {seed}", org)
        self.assertFalse(self.differences, "\n".join(self.differences[:100]))

    def test_each_plan_equals_the_oracle(self):
        """Every way to search that is chosen where there are many contacts."""
        self.env.cr.execute("ANALYZE res_partner")
        for seed in range(0, ORGANISATIONS, EVERY):
            org = organisation(seed)
            self.world.load(org)
            for name, (used, plan) in PLANS.items():
                with ExitStack() as stack:
                    for module, values in plan.items():
                        stack.enter_context(patch.multiple(module, **values))
                    calls = [
                        stack.enter_context(_watched(self.env["res.partner"], method))
                        for method in METHODS
                    ]
                    self.env.registry.clear_cache()
                    self.env.invalidate_all()
                    self.check_plan(f"seed {seed} {name}", org)
                    names = {x for x, call in zip(METHODS, calls, strict=True) if call}
                    self.assertEqual(names, used, name)
        self.env.registry.clear_cache()
        self.assertFalse(self.differences, "\n".join(self.differences[:100]))

    def check_plan(self, where, org):
        oracle, account = Oracle(org), self.world.account
        for number, user in self.asked(org):
            asked = (self.world.contacts + account).with_user(user)
            domain = [("id", "in", asked.ids)]
            here = f"{where} user {number}"
            readable = [
                contact
                for i, contact in enumerate(self.world.contacts)
                if oracle.may_read(number, i)
            ]
            readable = sorted(
                [*readable, account], key=lambda x: (x.complete_name, -x.id)
            )
            found = asked.search(domain).sudo()
            self.compare(f"{here} search", set(readable), set(found))
            for limit in (1, 3, len(asked)):
                found = [
                    id_
                    for id_, _ in asked.name_search("Oracle", domain, "ilike", limit)
                ]
                expected = [contact.id for contact in readable[:limit]]
                if found != expected:
                    self.differences.append(
                        f"{here} first {limit}: {expected}, {found}"
                    )


@tagged("post_install", "-at_install")
class TestAccessOracleKey(HttpCase):
    """The oracle against JSON-2, as another program comes in with a key."""

    def test_a_program_reads_what_its_user_may(self):
        world, org = World(self.env), organisation(0)
        world.load(org)
        oracle = Oracle(org)
        place = {record.id: number for number, record in enumerate(world.contacts)}
        for number, user in enumerate(world.users):
            if not org.users[number].active:
                continue
            key = self.env["res.users.apikeys"].with_user(user).sudo()
            headers = {
                "Authorization": f"Bearer {key._generate('rpc', 'oracle', None)}"
            }
            answer = self.url_open(
                "/json/2/res.partner/search_read",
                json={
                    "domain": [["id", "in", world.contacts.ids]],
                    "fields": ["name"],
                    "context": {"active_test": False},
                },
                headers=headers,
            )
            found = {place[row["id"]] for row in answer.json()}
            readable = {i for i in place.values() if oracle.may_read(number, i)}
            self.assertEqual(readable, found, f"user {number}")
