"""The part of a firm's name that tells firms apart.

Legal forms (``Ltd``, ``SARL``, ``ApS``, ``有限公司``) are dropped, as one source writes
them and the next does not; words of a trade (``Consulting``, ``Byg``, ``贸易``) count
little; a Chinese city in front is dropped.
"""

import re
from functools import lru_cache

from .chinese import reading_of_word, simplified
from .normalise import as_text, collapse, fold, has_han

LEGAL = frozenset(
    collapse(fold(word))
    for word in (
        "ltd limited plc llp lp llc inc incorporated corp corporation co company pty"
        " gmbh ag kg ohg ug mbh eg se sarl sas sasu sa eurl snc sci scop selarl scs gie"
        " earl scp aps as is ivs ks ps fmba amba smba ab"
        " oy oyj asa bv nv vof spa srl sl slu lda ltda sp zoo kft sro cv sca pvt pte"
        " bhd sdn kk"
    ).split()
)
TRADE = frozenset(
    collapse(fold(word))
    for word in (
        "group groupe gruppen holding holdings partners brothers freres sons fils son"
        " consulting conseil conseils services service solutions systems system media"
        " engineering logistics logistique technology technologies tech trading"
        " industries industrie labs international global development developpement"
        " batiment ingenierie energie transport distribution enterprises enterprise"
        " entreprise entreprises byg kol teknik design handel radgivning the and et og"
        " de du des la le les of rådgivning køl electronics network networks"
    ).split()
)
_HAN_LEGAL = (
    "股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "股份公司", "集团公司",
    "责任公司", "总公司", "分公司", "公司", "集团", "企业社", "工作室", "事务所",
)  # fmt: skip
_HAN_TRADE = frozenset(
    "科技 贸易 网络 电子 咨询 物流 实业 国际 信息 技术 工程 建设 商贸 传媒 文化 服务"
    " 投资 发展 机械 软件 设备 材料 食品 医药 通讯 管理 教育 广告 设计 能源 环保"
    " 汽车".split()
)
_HAN_CITY = (
    "北京 上海 广州 深圳 天津 重庆 南京 杭州 苏州 武汉 成都 西安 厦门 大连 青岛 宁波"
    " 无锡 长沙 郑州 济南 沈阳 哈尔滨 福州 合肥 昆明 南昌 东莞 佛山 珠海 温州 常州"
    " 台北 台中 台南 高雄 新北 桃园 新竹 香港 澳门 中国 台湾"
).split()
_LATIN_CITY = frozenset(
    "beijing shanghai guangzhou shenzhen tianjin chongqing nanjing hangzhou suzhou"
    " wuhan chengdu xian xiamen dalian qingdao ningbo wuxi changsha taipei"
    " kaohsiung hongkong".split()
)
_WORD = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"\b(?:[a-z][./]){1,4}[a-z]?\b\.?")


@lru_cache(maxsize=50_000)
def company_parts(name):
    """``(core, extra, legal, reading)`` of a firm's name.

    core: tuple of the telling words (never empty if the name has any letter);
    extra: its words of trade; legal: its legal form in one word, or ``""``;
    reading: the pinyin of a Chinese core, for its English name, else ``""``
    """
    text = as_text(name)
    if has_han(text):
        return _han_parts(text)
    text = _DOTTED.sub(lambda m: re.sub(r"[./]", "", m.group()) + " ", fold(text))
    text = collapse(text)
    words = _WORD.findall(text.replace("'", ""))[:10]
    legal = "".join(w for w in words[1:] if w in LEGAL)
    words = [w for i, w in enumerate(words) if i == 0 or w not in LEGAL]
    if len(words) > 1 and words[0] in _LATIN_CITY:
        words = words[1:]
    core = [w for i, w in enumerate(words) if i == 0 or w not in TRADE]
    extra = tuple(w for w in words[1:] if w in TRADE)
    return tuple(core), extra, legal, ""


def _han_parts(text):
    text = "".join(c for c in simplified(text) if c.isalnum())
    legal = ""
    for form in _HAN_LEGAL:
        if text.endswith(form) and len(text) > len(form):
            text, legal = text[: -len(form)], form
            break
    for city in _HAN_CITY:
        if text.startswith(city) and len(text) > len(city) + 1:
            text = text[len(city) :].removeprefix("市")
            break
    extra = ()
    if len(text) > 3 and text[-2:] in _HAN_TRADE:
        extra, text = (text[-2:],), text[:-2]
    return (text,), extra, legal, reading_of_word(text)


@lru_cache(maxsize=20_000)
def looks_like_company(name):
    """True if a name ends in a legal form; for records that don't say what they are."""
    return bool(company_parts(name)[2])
