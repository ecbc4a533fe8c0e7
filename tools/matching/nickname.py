"""Short forms of given names: the `nicknames` list for English, own lists beside it."""

from functools import lru_cache

try:
    from nicknames import NickNamer

    _english = NickNamer()
except ImportError:
    _english = None

_GROUPS = """
alexander alex sacha aleksander xander
andreas anders andre andy
benedicte bente bene
benjamin ben benny
catherine cathy kate katie kathy cath caty katrine trine kathrine katarina
charles charlie charly chuck carl karl
christian chris kristian
christine chris christina kirsten stine kristine kristina tina
christopher chris christoffer kristoffer stoffer christophe
daniel dan danny
edouard edward ed eddie ted edvard
elisabeth elizabeth liz lisa betty beth lise lisbeth else elise bettina
emmanuel manu
frederic fred frederik frede freddy frederick
gabriel gab gabi
gerard gege
gregoire greg gregory
guillaume guy will
hans johannes johan hannes
henrik henry henri rik
jacqueline jacky
jacques jacky jack
jean-pierre jp
jennifer jenny jen
jens jes
jesper jes
joseph joe jo josef
josephine jo josy fifi
julien jules
laurent laurie lars lasse lauritz
margaret maggie meg peggy margrethe grethe greta marguerite margot
marie maria mary mia mie
martin marty
mathieu mat matthieu matt mathias matthew mads
maximilien max maxime maximilian
michael mike mick mikael mikkel michel
monique mo
nicolas nico niels nicholas nick klaus nikolaj
olivier oliver oli olli
patrick pat paddy
peter pete per peder pierre
philippe phil philip filip
rasmus erasmus
richard rick dick rich ricky
robert bob rob bobby bert robbie
samuel sam sammy
sebastien seb sebastian bastian
sofie sophie sofia sophia
soren severin
stephane steph stephanie steffi
steven steve stephen stefan steffen etienne
suzanne susan sue suzy susanne sanne
theodore theo ted teddy
thierry titi
thomas tom tommy
valerie val
veronique vero
victor vic viktor
vincent vince
william bill will billy wilhelm vilhelm liam
xavier xav
"""


def _table():
    table = {}
    for line in _GROUPS.split("\n"):
        names = line.split()
        for name in names:
            table.setdefault(name, set()).update(names)
    return table


_OWN = _table()


@lru_cache(maxsize=50_000)
def same_given_name(one, two):
    """True if one name is a usual short or local form of the other (folded tokens)."""
    if two in _OWN.get(one, ()):
        return True
    if _english is None:
        return False
    return two in _english.nicknames_of(one) or one in _english.nicknames_of(two)
