"""The vocabulary of column names: English, French, Danish, and known exports.

Sources: column sets of Google Contacts (old and present), Outlook (classic and new,
in three languages), LinkedIn connections, HubSpot and Salesforce exports, and what
people write by hand. Words are folded (no accents, case, punctuation) when loaded.
"""

# Ambiguous names, resolved by the other columns and by the values
AMBIGUOUS_NAME = "nom|navn|name|noms|customer name|client name|nom du client"
AMBIGUOUS_TITLE = "title|titre|titel"
AMBIGUOUS_DEPARTMENT = "departement"

PHRASES = {
    "first_name": (
        "first name|firstname|given name|forename|christian name|first|given|fname|"
        "prenom|prenoms|prenom usuel|fornavn|fornavne|vorname"
    ),
    "middle_name": (
        "middle name|middlename|additional name|middle initial|middle|second name|"
        "deuxieme prenom|second prenom|autres prenoms|mellemnavn|mellemnavne"
    ),
    "last_name": (
        "last name|lastname|family name|surname|last|lname|nom de famille|nom usuel|"
        "patronyme|efternavn|efternavne|familienavn|nachname"
    ),
    "name": (
        "full name|fullname|display name|contact name|nom complet|nom et prenom|"
        "nom prenom|prenom et nom|prenom nom|nom du contact|fulde navn|kontaktnavn|"
        "fuldt navn|kontaktperson|contact person|person name|contact|person"
    ),
    "prefix": (
        "name prefix|prefix|salutation|honorific|courtesy title|civilite|tiltale|"
        "titre de civilite|mr mrs|mr ms|prefixe|praefiks|anrede"
    ),
    "suffix": "name suffix|suffix|suffixe|suffiks|generational suffix",
    "nickname": "nickname|nick name|surnom|pseudo|kaldenavn|ogenavn|tilnavn",
    "company": (
        "company|company name|organization|organisation|organization name|"
        "organisation name|account name|employer|business name|business|"
        "associated company|associated company name|primary associated company|"
        "primary company|current company|firm|firm name|"
        "societe|nom de la societe|nom societe|entreprise|nom de l entreprise|"
        "nom entreprise|raison sociale|employeur|compagnie|organisme|etablissement|"
        "firma|firmanavn|virksomhed|virksomhedsnavn|virksomhedens navn|arbejdsgiver|"
        "selskab|companies"
    ),
    "department": (
        "department|organization department|service|division|business unit|afdeling"
    ),
    "function": (
        "job title|jobtitle|position|job position|organization title|function|role|"
        "job|job role|current position|"
        "fonction|poste|poste occupe|intitule du poste|intitule de poste|metier|"
        "titre du poste|stilling|stillingsbetegnelse|jobtitel|arbejdstitel|funktion|"
        "rolle|stillingstitel"
    ),
    "email": (
        "email|email address|emailaddress|mail|mail address|courriel|adresse email|"
        "adresse mail|adresse courriel|adresse de messagerie|adresse electronique|"
        "messagerie|mel|messagerie electronique|epost|e post|emailadresse|"
        "email adresse|mailadresse|mail adresse|elektronisk post|email addresses|"
        "emails|adresses email"
    ),
    "phone": (
        "phone|phone number|phone no|telephone|telephone number|tel|tel no|tel number|"
        "phones|phone numbers|direct phone|direct line|direct|direct number|landline|"
        "switchboard|numero de telephone|no de telephone|n de telephone|"
        "no tel|n tel|numero|telephone fixe|tel fixe|fixe|ligne directe|standard|"
        "telefon|telefonnummer|telefon nr|telefonnr|tlf|tlf nr|"
        "tlfnr|tlf nummer|fastnet|fastnetnummer|hovednummer|direkte|direkte nummer|"
        "lokalnummer"
    ),
    "mobile": (
        "mobile|mobile phone|mobile number|mobile phone number|mobile no|cell|"
        "cell phone|cellphone|cell number|cellular|portable|telephone portable|"
        "telephone mobile|tel mobile|tel portable|gsm|numero de portable|"
        "numero de mobile|no portable|mobil|mobilnr|mobil nr|mobilnummer|"
        "mobiltelefon|mobil tlf|tlf mobil|mobiltlf|telefon mobil|mobil nummer"
    ),
    "fax": (
        "fax|fax number|fax no|facsimile|telecopie|telecopieur|telefax|faxnummer|"
        "fax nr|numero de fax"
    ),
    "street": (
        "street|street address|streetaddress|address|address line|address street|"
        "street name|street line|address value|adresse|adresse postale|rue|"
        "adresse ligne|ligne d adresse|voie|numero et rue|no et rue|nom de rue|"
        "postal address|vej|gade|gadenavn|vejnavn|gadeadresse|postadresse|adresselinje|"
        "adresse linje|mailing address|vej og nr|vejnavn og nr|gade og nr|gade vej|"
        "vejnavn og nummer"
    ),
    "street2": (
        "complement d adresse|complement adresse|adresse complementaire|complement|"
        "extended address|address extended|address extended address|adresse suite|"
        "apartment|suite|apt|stednavn|lejlighed|building|batiment|etage|c o|"
        "street second line|adressetillaeg"
    ),
    "po_box": (
        "po box|address po box|post office box|boite postale|bp|b p|postboks|"
        "b p professionnelle"
    ),
    "street_full": (
        "formatted address|formatted|full address|address formatted|complete address|"
        "adresse complete|fuld adresse|fulde adresse|hele adressen"
    ),
    "zip": (
        "zip|zip code|zipcode|postal code|postalcode|postcode|post code|"
        "zip postal code|postal zip code|zip postcode|code postal|codepostal|cp|c p|"
        "postnr|postnummer|post nr|postal|plz"
    ),
    "zip_city": (
        "postnr by|postnr og by|postnummer by|postnummer og by|post nr by|"
        "post nr og by|code postal ville|code postal et ville|cp ville|zip city|"
        "zip and city|postcode city|zip code city"
    ),
    "city": (
        "city|town|town city|city town|locality|suburb|ville|commune|localite|by|"
        "bynavn|postdistrikt|postby|ort"
    ),
    "state": (
        "state|province|region|state province|state region|province state|county|"
        "state county|state code|province region|etat|dep region|etat province|"
        "etat region|comte|canton|omrade|landsdel|delstat|stat|kommune"
    ),
    "country": (
        "country|country region|country name|country code|country territory|nation|"
        "pays|pays region|code pays|nom du pays|land|land omrade|land region|"
        "landekode|landenavn"
    ),
    "website": (
        "website|web site|web|web page|webpage|url|website url|homepage|home page|"
        "site|site web|site internet|page web|page d accueil|internet|hjemmeside|"
        "webside|websted|netsted|webadresse|www|adresse web|personal web page|"
        "company domain name"
    ),
    "birthdate": (
        "birthdate|birth date|birthday|date of birth|dob|born|born on|birth day|"
        "d o b|date de naissance|date naissance|naissance|anniversaire|ne le|nee le|"
        "ne e le|fodselsdag|fodselsdato|foedselsdag|foedselsdato|fodt|foedt|"
        "fodselsdagsdato"
    ),
    "comment": (
        "notes|note|comments|comment|description|contact description|remarks|remark|"
        "memo|additional information|commentaire|commentaires|remarque|remarques|"
        "observations|observation|noter|bemaerkning|bemaerkninger|kommentar|"
        "kommentarer|notat|notater|beskrivelse"
    ),
    "tags": (
        "tags|tag|labels|label|categories|category|group membership|groups|"
        "group|segment|segments|etiquettes|etiquette|categorie|libelles|libelle|"
        "groupes|groupe|kategori|kategorier|etiketter|etiket|maerker|"
        "grupper|gruppe|nogleord"
    ),
    "lang": (
        "language|preferred language|lang|locale|langue|langue preferee|sprog|"
        "foretrukket sprog|contact language"
    ),
    "owner": (
        "contact owner|owner|owner name|record owner|account manager|sales rep|"
        "sales representative|salesperson|assigned to|owner full name|hubspot owner|"
        "proprietaire|proprietaire du contact|responsable|commercial|"
        "charge de compte|gestionnaire|ejer|ansvarlig|kontaktejer|kontaktansvarlig|"
        "saelger|kundeansvarlig"
    ),
    "vat": (
        "vat|vat number|vat no|vat id|tax id|tax number|siret|siren|tva|n tva|no tva|"
        "numero de tva|numero tva|tva intracommunautaire|numero de siret|"
        "numero tva intracommunautaire|n tva intracommunautaire|cvr|cvr nr|cvrnr|"
        "cvr nummer|moms nr|momsnummer|se nummer|se nr"
    ),
    "linkedin": (
        "linkedin|linkedin url|linkedin profile|linkedin profile url|profil linkedin|"
        "linkedin profil|linkedin bio|person linkedin url|linkedin link|url linkedin|"
        "linkedin adresse|linkedin address|profile url|linkedin contact profile url|"
        "linked in"
    ),
    "external_id": (
        "id|contact id|record id|external id|contact id 18|case safe id|identifiant|"
        "customer number|customer no|customer id|client id|client number|"
        "numero client|no client|numero de client|kundenummer|kundenr|kunde nr|"
        "reference|ref|lead id|person id|identifier|hubspot id|salesforce id"
    ),
    "connected_on": (
        "connected on|connection date|connecte le|connecte e le|relation depuis|"
        "date de connexion|forbundet|forbundet den|connected"
    ),
    "gender": "gender|sex|sexe|genre|kon|koen",
}

# Names that are taken at their word only if no better column is there
WEAK_PHRASES = {
    "company": "account|customer|client|kunde|company or account",
    "function": "occupation|profession|job function",
    "owner": "account owner|company owner",
    "phone": "company main phone|telephone societe|car phone|telephone voiture",
    "tags": "keywords|mots cles",
}

# Dates that are certainly no birthdays
OTHER_DATES = (
    r"since|start|\bend|created|updated|join|renew|expir|depuis|debut|\bfin\b|siden|"
    r"oprettet|udlob|contra[ck]t|kontrakt|hire|embauche|last|next|dernier|prochain|"
    r"sidste|naeste|modif|import|sync|connect|visit"
)

# Columns of known exports that hold nothing for a contact
IGNORED = (
    "photo|image|avatar|phonetic first name|phonetic middle name|phonetic last name|"
    "phonetic name|yomi name|given name yomi|additional name yomi|family name yomi|"
    "phonetic given name|first name yomi|last name yomi|company yomi|"
    "organization yomi name|file as|initials|short name|maiden name|location|"
    "billing information|directory server|mileage|hobby|sensitivity|priority|"
    "subject|organization type|organization label|organization symbol|"
    "organization location|organization job description|office location|"
    "managers name|manager|assistants name|assistants phone|assistant|asst phone|"
    "assistant phone|assistant name|asst|created by id|last modified by id|"
    "anniversary|children|spouse|referred by|"
    "government id number|organizational id number|private|internet free busy|"
    "callback|pager|telex|isdn|emailtype|tty tdd phone|radio phone|email type|"
    "email display name|email domain|lead source|lead status|lifecycle stage|"
    "marketing contact status|create date|created date|created by|date created|"
    "created|created at|updated at|last modified|last modified date|"
    "last modified by|last activity|last activity date|last contacted|modified|"
    "email opt out|do not call|fax opt out|account id|company id|parent id|"
    "primary associated company id|associated company id|associated company ids|"
    "primary company id|reports to|reports to id|owner id|contact owner id|"
    "owner alias|contact owner alias|hubspot score|lead score|time zone|"
    "original source|is deleted|system modstamp|record type id|master record id|"
    "photo url|unsubscribed from all email|legal basis|"
    "prenom phonetique|nom phonetique|initiales|emplacement|infos facturation|"
    "kilometrage|priorite|prive|critere de diffusion|centres d interet|"
    "nom de l assistant e|nom de l assistant|telephone de l assistant|conjoint e|"
    "conjoint|enfants|recommande par|serveur d annuaire|rnis|telex|rappel|"
    "recepteur de radiomessagerie|radio telephone|telephone tdd tty|"
    "type de messagerie|anniversaire de mariage ou fete|code gouvernement|"
    "disponibilite internet|numero d identification de l organisation|"
    "nom complet de l adresse de messagerie|nom du responsable|"
    "date de creation|date de modification|cree le|modifie le|"
    "initialer|placering|faktureringsoplysninger|katalogserver|kilometertal|"
    "prioritet|privat|folsomhed|hobbyer|aegtefaelle|henvist af|"
    "lederens navn|assistentens navn|assistentens telefon|personsoger|tilbagekald|"
    "email type|email vist navn|kontor|oprettet|oprettet den|aendret|arsdag|"
    "maerkedag|cpr|cpr nr"
)

# Words that say which of several addresses, phones or emails a column holds
GROUPS = {
    "work": (
        "work|business|office|company|mailing|primary|main|professional|"
        "professionnel|professionnelle|pro|bureau|travail|entreprise|societe|"
        "principal|principale|arbejde|arbejds|firma|kontor|primaer|hoved|erhverv|"
        "organization|organisation|default|direct"
    ),
    "home": (
        "home|private|personal|domicile|personnel|personnelle|perso|prive|privee|"
        "privat|hjem|hjemme|personlig"
    ),
    "other": (
        "other|alternate|alternative|secondary|second|additional|extra|autre|"
        "secondaire|supplementaire|anden|andet|ekstra|sekundaer|alternativ|ovrig"
    ),
    "billing": "billing|invoice|facturation|faktura|fakturering",
    "shipping": "shipping|delivery|livraison|levering",
}
# Words that add nothing to a column name
FILLERS = (
    "contact|contacts|customer|client|person|lead|your|votre|de|du|des|la|le|les|d|l|"
    "of|the|my|value|din|dit|primary contact|required|obligatoire|optional|field|"
    "kontakt|kontaktens"
)
# Bases a group or an index word may qualify
GROUPED = frozenset(
    "email phone mobile fax street street2 po_box street_full zip zip_city city state "
    "country website".split()
)
# Folded fragments that betray a column whose name is not known as a whole, in the
# order they are tried
KEYWORDS = (
    ("linkedin", r"linkedin"),
    ("email", r"\be ?mails?\b|email|courriel|messagerie"),
    ("fax", r"fax|telecopie"),
    ("mobile", r"\bmobil|\bcell|\bportable\b|\bgsm\b"),
    ("phone", r"phone|\btel\b|\btlf|telefon"),
    ("birthdate", r"birth|naissance|fodselsda|\bdob\b"),
    ("zip", r"\bzip\b|post ?code|postal code|code postal|postnummer|postnr"),
    ("country", r"\bcountry\b|\bpays\b|\bland\b"),
    ("city", r"\bcity\b|\bville\b|\btown\b"),
    ("first_name", r"\bfirst ?name|\bgiven ?name|\bprenom|\bfornavn"),
    ("last_name", r"\blast ?name|\bsurname|\bfamily name|\befternavn"),
    ("company", r"\bcompany name\b|\bnom .*societe\b|\bfirmanavn\b|\bemployer\b"),
    ("function", r"\bjob title\b|\bstilling\b|\bfonction\b|\bposition\b"),
    ("street", r"\bstreet\b|\badresse\b|\baddress\b"),
    ("website", r"\bweb ?site\b|\bhjemmeside\b|\bsite web\b"),
)
# …unless the name speaks about the value instead of holding it
KEYWORD_STOP = (
    r"\bopt|bounce|\bdate\b|\blast\b(?! ?name)|type\b|\blabel\b|status|count\b|"
    r"\bnumber of\b|\bsent\b|\bopen|click|verif|quality|domain|invalid|do not|"
    r"subscri|unsub|\bid\b|consent|permission|\bis\b|\bhas\b|source|score|"
    r"assistant|\bmanager|spouse|emergency|urgence|samtykke|\bnombre\b|antal"
)
KEYWORD_STOP_EXEMPT = ("birthdate",)
