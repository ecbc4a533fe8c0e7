"""Columns: known exports and hand-made headers in three languages."""

import pytest

from tools.tables import TARGETS, match_headers, normalise_header, read_table

LAYOUTS = {
    "outlook": "Title>prefix,First Name>first_name,Last Name>last_name,"
    "Company>company,Department>department,Job Title>function,"
    "Business Street>street,Business Street 2>street2,Business City>city,"
    "Business State>state,Business Postal Code>zip,"
    "Business Country/Region>country,Home Street>,Home City>,Business Fax>fax,"
    "Business Phone>phone,Business Phone 2>phone_2,Home Phone>phone_3,"
    "Mobile Phone>mobile,Other Phone>,Anniversary>,Birthday>birthdate,"
    "Categories>tags,E-mail Address>email,E-mail Type>,E-mail 2 Address>email_2,"
    "Manager's Name>,Notes>comment,Web Page>website,Gender>gender",
    "outlook_fr": "Titre>prefix,Prénom>first_name,Deuxième prénom>middle_name,"
    "Nom>last_name,Société>company,Service>department,Titre (2)>function,"
    "Rue (bureau)>street,Ville (bureau)>city,Dép/Région (bureau)>state,"
    "Code postal (bureau)>zip,Pays/Région (bureau)>country,Rue (domicile)>,"
    "Télécopie (bureau)>fax,Téléphone (bureau)>phone,Tél. mobile>mobile,"
    "Adresse de messagerie>email,Adresse de messagerie 2>email_2,"
    "Anniversaire>birthdate,Catégories>tags,Page Web>website",
    "outlook_da": "Fornavn>first_name,Mellemnavn>middle_name,Efternavn>last_name,"
    "Firma>company,Afdeling>department,Stilling>function,Gade (arbejde)>street,"
    "By (arbejde)>city,Postnr. (arbejde)>zip,Land/område (arbejde)>country,"
    "Gade (privat)>,Telefon (arbejde)>phone,Mobiltelefon>mobile,"
    "E-mail-adresse>email,E-mailtype>,Fødselsdag>birthdate,Noter>comment",
    "google": "First Name>first_name,Phonetic First Name>,Last Name>last_name,"
    "File As>,Organization Name>company,Organization Title>function,"
    "Birthday>birthdate,Photo>,Labels>tags,E-mail 1 - Label>,"
    "E-mail 1 - Value>email,E-mail 2 - Label>,E-mail 2 - Value>email_2,"
    "Phone 1 - Label>,Phone 1 - Value>phone,Address 1 - Formatted>street_full,"
    "Address 1 - Street>street,Address 1 - City>city,Address 1 - PO Box>po_box,"
    "Address 1 - Region>state,Address 1 - Postal Code>zip,"
    "Address 1 - Country>country,Address 1 - Extended Address>street2,"
    "Address 2 - Street>,Address 2 - City>,Website 1 - Value>website,"
    "Custom Field 1 - Value>,Event 1 - Value>",
    "google_old": "Name>name,Given Name>first_name,Family Name>last_name,"
    "Yomi Name>,Occupation>,Group Membership>tags,E-mail 1 - Type>,"
    "E-mail 1 - Value>email,Phone 1 - Value>phone,Organization 1 - Name>company,"
    "Organization 1 - Title>function,Organization 1 - Department>department",
    "hubspot": "Record ID>external_id,First Name>first_name,Last Name>last_name,"
    "Email>email,Phone Number>phone,Mobile Phone Number>mobile,"
    "Contact owner>owner,Company Name>company,Primary Associated Company ID>,"
    "Lead Status>,Create Date>,Email Domain>,Job Title>function,"
    "Street Address>street,Street Address 2>street2,City>city,"
    "State/Region>state,Postal Code>zip,Country/Region>country,"
    "Website URL>website,Preferred language>lang,LinkedIn URL>linkedin,"
    "Date of birth>birthdate,Number of Employees>,Number of times contacted>",
    "salesforce": "Contact ID>external_id,Salutation>prefix,First Name>first_name,"
    "Last Name>last_name,Account Name>company,Title>function,"
    "Birthdate>birthdate,Lead Source>,Mailing Street>street,Mailing City>city,"
    "Mailing State/Province>state,Mailing Zip/Postal Code>zip,"
    "Mailing Country>country,Other Street>,Other City>,Phone>phone,Fax>fax,"
    "Mobile>mobile,Asst. Phone>,Email>email,Email Opt Out>,Description>comment,"
    "Contact Owner>owner,Created Date>,Account Owner>",
    "salesforce_api": "Id>external_id,AccountId>,LastName>last_name,"
    "FirstName>first_name,MailingStreet>street,MailingCity>city,"
    "MailingPostalCode>zip,MailingCountry>country,MobilePhone>mobile,"
    "Phone>phone,Email>email,Title>function,HasOptedOutOfEmail>,Birthdate>birthdate,"
    "EmailBouncedReason>,EmailBouncedDate>",
    "linkedin_fr": "Prénom>first_name,Nom>last_name,URL>linkedin,"
    "Adresse e-mail>email,Entreprise>company,Poste>function,"
    "Connecté le>connected_on",
    "hand_en": "Contact>name,Company>company,E-Mail>email,Tel. (work)>phone,"
    "Cell>mobile,Address 1>street,Address 2>street2,Town>city,Postcode>zip,"
    "County>state,D.O.B.>birthdate,Remarks>comment",
    "hand_fr": "Civilité>prefix,NOM>last_name,PRÉNOM>first_name,"
    "Raison sociale>company,E-mail professionnel>email,E-mail personnel>email_2,"
    "Tél. fixe>phone,Tél. portable>mobile,Adresse>street,"
    "Complément d'adresse>street2,CP>zip,Ville>city,Pays>country,"
    "Né(e) le>birthdate,N° TVA>vat,Commercial>owner,Langue>lang",
    "hand_da": "Navn>name,Virksomhed>company,CVR-nr.>vat,E-mailadresse>email,"
    "Telefonnr.>phone,Mobilnr.>mobile,Vejnavn og nr.>street,Postnr./by>zip_city,"
    "Land>country,Fødselsdato>birthdate,Bemærkninger>comment,Ansvarlig>owner",
    "typos": "Frist Name>first_name,Compagny>company,Emial>email,Contry>country",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout_maps_wholly(layout):
    pairs = [pair.rpartition(">") for pair in LAYOUTS[layout].split(",")]
    matches = match_headers([header for header, _arrow, _target in pairs])
    got = {match.header: match.target or "" for match in matches}
    assert got == {header: target for header, _arrow, target in pairs}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_any_order_gives_each_target_once(layout):
    headers = [pair.rpartition(">")[0] for pair in LAYOUTS[layout].split(",")]
    targets = [match.target for match in match_headers(headers[::-1])]
    used = [target for target in targets if target]
    assert len(used) == len(set(used)) and set(used) <= set(TARGETS)


def test_normalised_headers_ignore_case_accents_and_punctuation():
    for text in (
        "E-Mail-Adresse",
        "e-mail adresse ",
        "EMAIL_ADRESSE",
        "Email adresse:",
    ):
        assert normalise_header(text) == "email adresse"
    assert normalise_header("MailingPostalCode") == "mailing postal code"
    assert normalise_header("Fødselsdag") == "fodselsdag"


def test_google_labels_are_ignored_and_tell_mobile_from_phone():
    headers = [
        "Phone 1 - Label",
        "Phone 1 - Value",
        "Phone 2 - Label",
        "Phone 2 - Value",
    ]
    samples = [["Work"] * 3, ["+45 1"] * 3, ["Mobile"] * 3, ["+45 2"] * 3]
    matches = match_headers(headers, samples)
    assert [match.target for match in matches] == [None, "phone", None, "mobile"]
    assert [match.label_of for match in matches] == [1, None, 3, None]
    assert matches[0].ignored and not matches[1].ignored


def test_columns_with_values_come_before_empty_ones():
    matches = match_headers(["E-mail Address", "E-mail 2 Address"], [[], ["a@b.org"]])
    assert [match.target for match in matches] == ["email_2", "email"]


def test_an_address_is_never_mixed_from_two():
    headers = ["Business Street", "Home Street", "Home City", "Business City"]
    samples = [[], ["1 Home St"], ["Hometown"], []]
    matches = match_headers(headers, samples)
    assert [match.target for match in matches] == [None, "street", "city", None]


def test_title_is_honorific_or_job_by_its_values():
    for values, target in ((["Mr", "Mrs.", "Dr."], "prefix"), (["CFO"], "function")):
        assert match_headers(["Name", "Title"], [["A"], values])[1].target == target


def test_name_beside_a_part_is_the_other_part():
    def second(headers):
        return [match.target for match in match_headers(headers)]

    assert second(["Nom", "Prénom"]) == ["last_name", "first_name"]
    assert second(["Name", "Surname"]) == ["first_name", "last_name"]
    assert second(["Nom", "Société"]) == ["name", "company"]
    whole = match_headers(["Navn", "Fornavn"], [["Ann Lee", "Bo Ek"], ["Ann", "Bo"]])
    assert whole[0].target == "name"


def test_departement_is_a_place_if_it_has_numbers():
    assert match_headers(["Département"], [["75", "69"]])[0].target == "state"
    assert match_headers(["Département"], [["Ventes"]])[0].target == "department"


def test_unknown_headers_are_judged_by_their_values():
    samples = [
        ["a@x.org", "b@x.org"],
        ["+45 12 34 56 78", "+33 6 12 34 56 78"],
        ["1950-02-03", "1981-05-06"],
        ["Denmark", "France"],
        ["2021-02-03", "2024-05-06"],
        ["10045", "10046"],
    ]
    matches = match_headers([f"Zzz{i}" for i in range(6)], samples)
    targets = [match.target for match in matches]
    assert targets == ["email", "phone", "birthdate", "country", None, None]
    assert all(match.confidence < 0.5 for match in matches)


def test_a_guessed_header_needs_support_by_its_values():
    assert match_headers(["Email newsletter"], [["yes", "no"]])[0].target is None
    assert match_headers(["Email perso 2"], [["a@b.org"]])[0].target == "email"


def test_what_the_user_chose_before_wins():
    remembered = {"zzz": "email", "email": None, "tier": "x_contact_tier"}
    matches = match_headers(["Zzz", "E-mail", "Tier"], None, remembered)
    assert [m.target for m in matches] == ["email", None, "x_contact_tier"]
    assert matches[1].ignored and matches[0].confidence == 1


def test_lone_formatted_address_is_taken_whole():
    table = read_table(b'Name,Address\nAnn,"1 High St, 8000 Aarhus, Denmark"\n')
    matches = match_headers(table.headers, table.samples())
    assert matches[1].target == "street_full"
