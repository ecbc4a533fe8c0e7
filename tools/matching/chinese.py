"""Readings of Chinese names: Hanyu pinyin, Wade–Giles and Cantonese as in Hong Kong.

The same person stands in one list as 謝子翔, in the next as ``Hsieh Tzu-hsiang`` and in
a third as ``Xie Zixiang``. A transliteration finds only one of them, so that a name in
characters gets one reading a system, and a reading is compared with the Latin name.
Without ``pypinyin`` the pinyin comes from ``anyascii``; without ``ToJyutping`` there is
no Cantonese; without ``opencc`` a short table makes the common traditional characters
simplified.
"""

from functools import lru_cache

try:
    from pypinyin import Style, pinyin
except ImportError:
    pinyin = None
try:
    from ToJyutping import get_jyutping_list
except ImportError:
    get_jyutping_list = None
try:
    from anyascii import anyascii
except ImportError:
    anyascii = None
try:
    from opencc import OpenCC

    _to_simplified = OpenCC("t2s").convert
except ImportError:
    _to_simplified = None

COMPOUND_SURNAMES = frozenset(
    "欧阳 歐陽 上官 司马 司馬 诸葛 諸葛 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 令狐 慕容"
    " 司徒 司空 夏侯 端木 南宫 南宮 独孤 獨孤 宇文 长孙 長孫 轩辕 軒轅 钟离 鍾離 呼延"
    " 百里 东郭 東郭 西门 西門 申屠 太史 公羊 澹台 澹臺 淳于 单于 單于 濮阳 濮陽 闻人"
    " 聞人 赫连 赫連 拓跋 完颜 完顏 万俟 羊舌 梁丘 左丘 张简 張簡 范姜 纳兰"
    " 納蘭".split()
)
# The commonest surnames of the mainland, Taiwan and Hong Kong, in both scripts.
SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高梁郑鄭罗羅宋谢謝唐韩韓曹"
    "许許邓鄧萧蕭冯馮曾程蔡彭潘袁于於董余餘苏蘇叶葉吕呂魏蒋蔣田杜丁沈姜范江傅钟鍾卢盧"
    "汪戴崔任陆陸廖姚方金邱丘夏谭譚韦韋贾賈邹鄒石熊孟秦阎閻薛侯雷白龙龍段郝孔邵史毛常"
    "万萬顾顧赖賴武康贺賀严嚴尹钱錢施牛洪龚龔汤湯陶黎温溫莫易樊乔喬文安殷颜顏庄莊章鲁魯"
    "倪庞龐邢俞翟蓝藍聂聶齐齊向申葛柴伍覃骆駱关關焦柳欧歐祝纪紀尚毕畢耿芦左季管符辛苗詹"
    "曲靳祁路涂兰蘭甘裴梅童翁霍游阮尤岳柯牟滕谷舒卜成饶饒宁寧凌盛查单單冉鲍鮑华華包屈房"
    "喻解蒲卫衛简簡时時连連车車项項闵閔邬鄔吉党黨阳陽费費卓方司晏席柏鄧區区麥麦古"
)
# Surnames that are read otherwise than the character on its own.
_SURNAME_PINYIN = {
    "单": "shan", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "任": "ren",
    "曾": "zeng", "朴": "piao", "盖": "ge", "繁": "po", "尉": "yu", "缪": "miao",
    "乐": "yue", "覃": "qin", "翟": "zhai", "洗": "xian", "冼": "xian", "宁": "ning",
}  # fmt: skip
_INITIALS = (
    ("zh", "ch"), ("ch", "ch"), ("sh", "sh"), ("b", "p"), ("d", "t"), ("g", "k"),
    ("j", "ch"), ("q", "ch"), ("x", "hs"), ("z", "ts"), ("c", "ts"), ("r", "j"),
    *((letter, letter) for letter in "ptkmnlfhsyw"),
)  # fmt: skip
_WHOLE_WADE = {
    "zi": "tzu", "ci": "tzu", "si": "szu", "zhi": "chih", "chi": "chih", "shi": "shih",
    "ri": "jih", "you": "yu", "yi": "i", "er": "erh", "he": "ho", "ge": "ko",
    "ke": "ko", "e": "o", "yan": "yen", "ye": "yeh", "yong": "yung", "guo": "kuo",
    "kuo": "kuo", "huo": "huo", "shuo": "shuo", "gui": "kuei", "kui": "kuei",
    "yue": "yueh", "xiong": "hsiung", "xie": "hsieh",
}  # fmt: skip
_SIMPLE = str.maketrans(
    "張劉陳楊黃趙吳孫馬鄭羅謝韓許鄧蕭馮蘇葉呂蔣鍾盧陸譚韋賈鄒閻龍萬顧賴賀嚴錢龔湯溫喬莊"
    "龐聶齊藍駱關歐紀畢蘭饒寧單鮑華衛簡時連車項國偉強麗傑軍豐東業興電術際貿實創聯",
    "张刘陈杨黄赵吴孙马郑罗谢韩许邓萧冯苏叶吕蒋钟卢陆谭韦贾邹阎龙万顾赖贺严钱龚汤温乔庄"
    "庞聂齐蓝骆关欧纪毕兰饶宁单鲍华卫简时连车项国伟强丽杰军丰东业兴电术际贸实创联",
)


@lru_cache(maxsize=20_000)
def simplified(text):
    """The text in simplified characters."""
    if _to_simplified is not None:
        return _to_simplified(text)
    return text.translate(_SIMPLE)


def _pinyin_of(chars, surname=False):
    """Up to two readings of one character in a name, likeliest first."""
    if surname and chars in _SURNAME_PINYIN:
        usual = _SURNAME_PINYIN[chars]
        return list(dict.fromkeys([usual, *_pinyin_of(chars)]))[:2]
    if pinyin is not None:
        found = pinyin(chars, style=Style.NORMAL, heteronym=True, errors="ignore")
        return [s.replace("ü", "u") for s in found[0][:2]] if found else []
    if anyascii is not None:
        return [anyascii(chars).lower()]
    return []


def wade_giles(syllable):
    """Wade–Giles of one pinyin syllable, without apostrophes and diaereses.

    People drop both, which is why ``p'`` and ``p`` are one here.
    """
    if syllable in _WHOLE_WADE:
        return _WHOLE_WADE[syllable]
    initial, rest = "", syllable
    for py, wade in _INITIALS:
        if syllable.startswith(py):
            initial, rest = wade, syllable[len(py) :]
            break
    return initial + _wade_final(initial, rest, syllable[:1] in "jqxy")


_FINALS = {"ong": "ung", "iong": "iung", "ian": "ien", "ie": "ieh", "ue": "ueh"}


def _wade_final(initial, rest, palatal):
    """The final of a syllable, which depends on what stands before it."""
    if rest in _FINALS:
        return _FINALS[rest]
    if rest == "uo" and initial not in ("sh", "h"):
        return "o"
    if rest == "e" and not palatal:
        return "e" if initial in ("ch", "sh", "j", "ts", "") else "o"
    return "zu" if rest == "i" and initial == "ts" else rest


_CANTON = (
    ("jyu", "yu"), ("eoi", "ui"), ("oei", "ui"), ("eon", "un"), ("eot", "ut"),
    ("oeng", "eung"), ("aa", "a"), ("oek", "euk"), ("gw", "kw"), ("ou", "o"),
)  # fmt: skip


def hong_kong(syllable):
    """The usual spelling in Hong Kong of one Jyutping syllable (without its tone)."""
    text = syllable.rstrip("0123456789")
    for old, new in _CANTON:
        text = text.replace(old, new)
    if text.startswith("j"):
        text = "y" + text[1:]
    elif text.startswith("z") or text.startswith("c"):
        text = "ch" + text[1:]
    elif text[:1] in "gdb":
        text = {"g": "k", "d": "t", "b": "p"}[text[0]] + text[1:]
    return text.replace("yyu", "yu")


@lru_cache(maxsize=50_000)
def _syllables(char, surname):
    """Readings of one character: (pinyin list, Wade–Giles list, Hong Kong or "")."""
    mandarin = _pinyin_of(simplified(char), surname)
    wade = [wade_giles(s) for s in mandarin]
    canton = ""
    if get_jyutping_list is not None:
        found = get_jyutping_list(char)
        if found and found[0][1]:
            canton = hong_kong(found[0][1].split()[0])
    return mandarin, wade, canton


def split_han(name):
    """``(surname, given)`` of a name written in Chinese characters only."""
    if name[:2] in COMPOUND_SURNAMES and len(name) > 2:
        return name[:2], name[2:]
    return name[:1], name[1:]


@lru_cache(maxsize=50_000)
def readings(surname, given):
    """Latin readings of a name, likeliest first.

    :return: tuple of (surname, given, system) in folded letters without spaces; system
        is "p" (pinyin), "w" (Wade–Giles) or "h" (Hong Kong)
    """
    family = [_syllables(c, len(surname) == 1) for c in surname]
    first = [_syllables(c, False) for c in given]
    out = []
    for system, letter in ((0, "p"), (1, "w")):
        usual = [[_take(s[system], 0) for s in part] for part in (family, first)]
        other = "".join(_take(s[system], 1) for s in family)
        out.append(_reading(*usual, letter))
        out.append((skeleton(other), skeleton("".join(usual[1])), letter))
        for place, syllable in enumerate(first):
            changed = usual[1].copy()
            changed[place] = _take(syllable[system], 1)
            out.append(_reading(usual[0], changed, letter))
    canton = [s[2] for s in family], [s[2] for s in first]
    if all(canton[0]) and all(canton[1]):
        out.append(_reading(*canton, "h"))
    return tuple(dict.fromkeys(r for r in out if r[0]))


def _reading(surname, given, system):
    return skeleton("".join(surname)), skeleton("".join(given)), system


def _take(options, pick):
    if not options:
        return ""
    return options[pick] if pick < len(options) else options[0]


def skeleton(text):
    """Letters of a romanised name only; ``v`` stands for ``ü`` and becomes ``u``."""
    return "".join(c for c in text if c.isalpha()).replace("v", "u")


@lru_cache(maxsize=20_000)
def reading_of_word(text):
    """Pinyin of a word in one piece, for the names of firms; ``""`` if unknown."""
    return "".join(_take(_pinyin_of(simplified(c)), 0) for c in text)
