"""The words that invented contacts are made of, one ``Country`` for each country.

A surname is either one of ``lasts`` or a head and a tail of ``parts``, so that few
names are frequent and most are rare, as in any real address book.
"""

import unicodedata
from typing import NamedTuple


class Country(NamedTuple):
    """Words and formats of one country; ``share`` is its weight in eighths."""

    code: str
    share: int
    firsts: str
    lasts: str
    heads: str
    tails: str
    cities: str
    streets: str
    mails: str
    firms: str
    forms: str
    jobs: str
    dial: str
    trunk: str
    leads: str
    free: int  # digits after the lead of a mobile number
    local: tuple  # pattern and replacement that group a national number
    world: tuple


GB = Country(
    "GB", 1,
    "Oliver George Harry Jack Noah Leo Arthur Oscar Thomas James William Henry Alfie "
    "Olivia Amelia Isla Ava Emily Sophie Grace Lily Charlotte Alice Lucy Emma Hannah "
    "Elizabeth Katherine Margaret Peter Simon Andrew David Richard Stephen Rebecca",
    "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson "
    "Evans Walker White Roberts Green Hall Wood Jackson Clarke Hughes Edwards O'Neill",
    "Ash Black Brad Car Clif Dar Eller Fair Gar Hamp Har Hol Kings Lang Lin Mid New "
    "Nor Old Pem Rad Ros Shel Stan Sut Thorn Wal Wes Whit Win Wood Wyn",
    "ton ley ford wood by well more field worth ham bourne croft dale stock wick man",
    "London Leeds Bristol Manchester Glasgow Cardiff Sheffield Liverpool Norwich York",
    "High_Street Station_Road Church_Lane Mill_Lane Park_Road Victoria_Road",
    "gmail.com outlook.com btinternet.com yahoo.co.uk hotmail.co.uk",
    "Northern Harbour Castle Anchor Meridian Oakwood Summit Beacon Albion Crown "
    "Sterling",
    "Ltd Limited Holdings_Ltd Partners_LLP plc",
    "Buyer Sales_Manager Director Engineer Accountant Office_Manager IT_Manager",
    "+44", "0", "74 75 77 78 79", 8,
    (r"^(\d{5})(\d{3})(\d{3})$", r"\1 \2 \3"),
    (r"^(\d{4})(\d{3})(\d{3})$", r"\1 \2 \3"),
)  # fmt: skip

US = Country(
    "US", 1,
    "Liam Noah Mason Ethan Logan Michael Jacob Daniel Matthew Christopher Joseph Kevin "
    "Emma Sophia Isabella Mia Abigail Madison Jennifer Jessica Ashley Sarah Amanda "
    "Brandon Tyler Justin Nicole Stephanie Heather Melissa Robert Patricia Linda "
    "Carlos",
    "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez "
    "Hernandez Lopez Gonzalez Wilson Anderson Thomas Taylor Moore Jackson Martin Lee "
    "Perez Nguyen",
    "Bow Brook Cald Chand Cole Craw Den Fitz Frank Gil Hart Hend Hunt Ken Liv Mac Mar "
    "Mont Nich Pat Rich Rob Sand Shep Sim Stev Tal Van Ward Web",
    "son er ler erson ings field man stone ell ard ins worth ster",
    "Austin Boston Chicago Denver Seattle Houston Phoenix Dallas Atlanta Portland",
    "Main_St Oak_Ave Maple_Dr Washington_Blvd Lake_St Cedar_Ln 2nd_Ave",
    "gmail.com yahoo.com outlook.com aol.com icloud.com",
    "Pacific Liberty Summit Pioneer Blue_Ridge Golden_Gate Lone_Star Evergreen "
    "Apex Delta",
    "Inc. LLC Corp. Group_Inc. Co.",
    "Buyer Sales_Manager CEO Engineer Controller Office_Manager VP_Marketing",
    "+1", "", "212 312 415 512 617 702 206 303 404 503", 7,
    (r"^(\d{3})(\d{3})(\d{4})$", r"(\1) \2-\3"),
    (r"^(\d{3})(\d{3})(\d{4})$", r"\1-\2-\3"),
)  # fmt: skip

FR = Country(
    "FR", 2,
    "Gabriel Raphaël Louis Jules Hugo Lucas Adrien Étienne François Benoît Rémi Jérôme "
    "Emma Louise Chloé Inès Léa Manon Camille Hélène Élodie Amélie Cécile Françoise "
    "Jean-Pierre Marie-Claire Anne-Sophie Nathalie Isabelle Pascal Didier Thierry Noël",
    "Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon "
    "Michel Lefèvre Leroy Roux David Bertrand Morel Fournier Girard Bonnet Dupont "
    "Français",
    "Beau Bois Bon Chant Char Clair Cour Des Du Fon Gau Gran Lam Lan Mal Mar Mon Pas "
    "Per Ren Riv Ro Saint- Sau Ser Tal Vau Ver Vil",
    "champ mont ville court lier rin don neau ret vier gnon sard tier lois chard",
    "Paris Lyon Marseille Toulouse Nantes Bordeaux Lille Strasbourg Rennes Angoulême",
    "rue_de_l'Église rue_Victor-Hugo avenue_de_la_République place_du_Marché "
    "rue_des_Écoles boulevard_Gambetta",
    "gmail.com orange.fr free.fr wanadoo.fr laposte.net",
    "Atelier Boréal Horizon Lumière Océan Provençal Sèvres Rivage Étoile "
    "Montagne Duval",
    "SARL SAS SA EURL et_Fils",
    "Acheteur Directeur_commercial Gérant Ingénieure Comptable Assistante "
    "Chef_de_projet",
    "+33", "0", "6 7", 8,
    (r"^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$", r"\1 \2 \3 \4 \5"),
    (r"^(\d)(\d\d)(\d\d)(\d\d)(\d\d)$", r"\1 \2 \3 \4 \5"),
)  # fmt: skip

DK = Country(
    "DK", 2,
    "Peter Jens Lars Michael Henrik Thomas Søren Jan Niels Jørgen Rasmus Mads Frederik "
    "Anne Kirsten Mette Hanne Helle Susanne Lene Maria Bente Pia Åse Sørine Karen Ida "
    "Bjørn Asger Freja Signe Astrid Gitte Ole Knud Preben Lærke Anders",
    "Nielsen Jensen Hansen Andersen Pedersen Christensen Larsen Sørensen Rasmussen "
    "Jørgensen Petersen Madsen Kristensen Olsen Thomsen Poulsen Møller Knudsen "
    "Mortensen",
    "Abil Bjerre Bræn Dal Ege Fjel Gam Hede Holm Kirke Kær Lille Lind Lund Mølle Nør "
    "Ny Ravn Skov Sten Strand Søn Thor Ud Vester Vil Øst Åge",
    "gaard bjerg holt lund strup sted toft vang dal berg dahl rup mark bæk skov",
    "København Aarhus Odense Aalborg Esbjerg Randers Kolding Horsens Vejle Næstved",
    "Hovedgaden Kirkevej Skovvej Møllevej Søndergade Nørregade Strandvejen Østergade",
    "gmail.com hotmail.dk mail.dk yahoo.dk outlook.dk",
    "Nordisk Vestkyst Sønderborg Fjord Havn Skandia Dansk Øresund Limfjord Klit "
    "Storebælt",
    "A/S ApS I/S Holding_ApS & Søn",
    "Indkøber Salgschef Direktør Ingeniør Bogholder Kontorchef Projektleder",
    "+45", "", "20 21 22 26 28 30 40 41 51 60", 6,
    (r"^(\d\d)(\d\d)(\d\d)(\d\d)$", r"\1 \2 \3 \4"),
    (r"^(\d\d)(\d\d)(\d\d)(\d\d)$", r"\1 \2 \3 \4"),
)  # fmt: skip

# A Chinese word stands before its reading. Given names are two of ``firsts``.
CN = Country(
    "CN", 2,
    "建=jian 国=guo 华=hua 明=ming 丽=li 芳=fang 军=jun 洋=yang 勇=yong 艳=yan 杰=jie "
    "娟=juan 涛=tao 超=chao 秀=xiu 霞=xia 平=ping 刚=gang 桂=gui 英=ying 文=wen 玉=yu "
    "伟=wei 强=qiang 磊=lei 敏=min 静=jing 婷=ting 雪=xue 梅=mei 晓=xiao 东=dong "
    "海=hai 鹏=peng 飞=fei 宇=yu 浩=hao 子=zi 轩=xuan 涵=han 欣=xin 怡=yi 思=si "
    "佳=jia 志=zhi",
    "王=wang 李=li 张=zhang 刘=liu 陈=chen 杨=yang 赵=zhao 黄=huang 周=zhou 吴=wu "
    "徐=xu 孙=sun 胡=hu 朱=zhu 高=gao 林=lin 何=he 郭=guo 马=ma 罗=luo 梁=liang "
    "宋=song 郑=zheng 谢=xie 韩=han 唐=tang 冯=feng 于=yu 董=dong 萧=xiao 程=cheng "
    "曹=cao 袁=yuan 邓=deng 许=xu 傅=fu 沈=shen 曾=zeng 彭=peng 吕=lv 欧阳=ouyang",
    "魏=wei 蒋=jiang 蔡=cai 贾=jia 丁=ding 薛=xue 叶=ye 阎=yan 余=yu 潘=pan 杜=du "
    "戴=dai 夏=xia 钟=zhong 汪=wang 田=tian 任=ren 姜=jiang 范=fan 方=fang 石=shi",
    "",
    "北京市=beijing 上海市=shanghai 广州市=guangzhou 深圳市=shenzhen 重庆市=chongqing",
    "新华路 长江路 人民路 解放路 中山路 建设路",
    "qq.com 163.com 126.com sina.com gmail.com",
    "华信=huaxin 东方=dongfang 新世纪=xinshiji 长城=changcheng 金桥=jinqiao "
    "天元=tianyuan 宏达=hongda 远大=yuanda 盛世=shengshi 锦江=jinjiang",
    "有限公司 科技有限公司 贸易有限公司 股份有限公司 集团",
    "采购经理 销售总监 总经理 工程师 会计 办公室主任",
    "+86", "", "135 136 138 139 150 158 186 188", 8,
    (r"^(\d{3})(\d{4})(\d{4})$", r"\1 \2 \3"),
    (r"^(\d{3})(\d{4})(\d{4})$", r"\1 \2 \3"),
)  # fmt: skip

COUNTRIES = (GB, US, FR, DK, CN)
WORD_LISTS = (
    "firsts lasts heads tails cities streets mails firms forms jobs leads".split()
)

_LATIN = str.maketrans({"ø": "oe", "æ": "ae", "å": "aa", "œ": "oe", "ß": "ss"})


def latin(text):
    """``text`` as it stands in an email address: lower case, no accents, no signs."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LATIN))
    return "".join(c for c in plain if c.isascii() and c.isalnum())


def pairs(words):
    """The words of a list, each as ``word=latin``; ``_`` stands for a space."""
    found = (word.partition("=") for word in words.split() or [""])
    return [
        f"{word.replace('_', ' ')}={reading or latin(word)}"
        for word, _sign, reading in found
    ]
