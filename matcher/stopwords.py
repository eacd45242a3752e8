"""Small words that say nothing about a film, and the language they betray.

The Kazakh and Kyrgyz lists are light: what a person writes in nearly every
sentence. All lists are folded, so that they also match texts typed without
special letters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from matcher.folding import fold

LATIN = frozenset({"en", "latin"})
CYRILLIC = frozenset({"ru", "kk", "ky", "cyrillic"})

# From this many words on, a text without one known small word is taken to be
# in a language that has no list here.
ENOUGH_WORDS = 8
# A language counts when it has at least this share of the best one's words.
SHARE_OF_BEST = 0.4

_LISTS = {
    "en": """
        a about after again all also am an and any are as at be because been before being both but
        by can could did do does doing don down during each even few for from further get give had
        has have having he her here hers him his how i if in into is isn it its itself just let
        like make makes many may me more most much must my no nor not now of off often on once one
        only or other our out over own s same she should so some still such t than that the their
        them then there these they this those through to too under until up us very was we well
        were what when where which while who whom whose why will with within without would you
        your almost already always another anything around back come comes day days different
        early enough ever every everything find first found gave give gives go goes good got great
        help inside keep kind know knows known last late least less long look looking lot main
        mostly need needs never new next nothing old outside part people place put rather real
        really right say says second see since something still sure take takes tell thing things
        think third time times today together try two three understand use used want wants way
        week weeks whether whole wish year years yes yet arent cant cannot couldnt didnt doesnt
        dont hasnt havent im isnt ive shouldnt thats wasnt werent wont wouldnt
        """,
    "ru": """
        а без более бы был была были было быть в вам вас ведь весь во вот все всего всей всех всю вы
        где да даже для до его ее если есть еще же за здесь и из или им их к как какая какой каким
        ко когда которая которого которое которой которые который которых кто ли либо мы меня мне
        мной может можно мой моя мои моего моей на над надо нам нами нас наш наша не него нее ней
        нет неё ни них но ну о об однако он она они оно от очень по под после потом потому почти при
        про с сам свой своей своих своего свою себя сейчас со так также такой там те тем то того той
        только том тоже тот ту ты у уже хочу хотя чего чей чем через что чтобы чтоб эта эти это
        этого этой этом этот этих эту я нужно нужен нужна
        вообще всегда говорить год года годы даже делать день дни другой другие знать знаю знает
        иногда каждый кого лет много момент начала начать никто ничего новый новая новое один одна
        одного очень первый первая первое пока поэтому понимать понимаю понять помочь помощь почему
        просто сделать сегодня сказать скорее совсем снимать снимаю стать стал стала также теперь
        хотел хотела хочется часто человек люди людей людям два две три вместе именно
        """,
    "kk": """
        мен сен ол біз сіз олар бұл осы сол және мен бен пен үшін туралы бар жоқ емес еді екен деп
        де да те та бірақ сондықтан кейін дейін бойынша арқылы менің біздің оның өз өзі өзім өзінің
        қалай қандай қай кім қазір тек ғана өте әлі барлық әр бір болды болып болған болады болу
        адам адамдар бірінші екі жыл жылы көп күн соң жаңа
        керек маған бізге оны мені бізді оған жатыр жатырмын отырып сияқты ал немесе егер
        """,
    "ky": """
        мен сен ал биз сиз алар бул ушул ошол жана менен үчүн жөнүндө тууралуу бар жок эмес эле экен
        деп да де бирок ошондуктан кийин чейин боюнча аркылуу менин биздин анын өз өзү өзүм өзүнүн
        эмне кандай кайсы ким азыр гана эч өтө дагы бардык ар бир болду болуп болгон болот болуу
        адам адамдар биринчи эки жыл жылы коп күн соң жаңы
        керек мага бизге аны мени бизди ага жатат жатам сыяктуу же эгер кантип
        """,
}
# What every application and every biography says.
_TRADE = """
    film films movie movies cinema filmmaker project projects work works worked working picture
    фильм фильма фильме фильмы фильмов фильмом фильму кино кинофильм проект проекта проекте проекты
    проектов проекту проектом работа работы работать работаю работал работала
    фильмі фильмнің фильмдер жоба жобаның жобам фильмдин фильми фильмим долбоор долбоордун долбоорум
    тасма тасманын
    """


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


STOP_WORDS_BY_LANGUAGE = {language: _folded(words) for language, words in _LISTS.items()}
_TURKIC = STOP_WORDS_BY_LANGUAGE["kk"] | STOP_WORDS_BY_LANGUAGE["ky"]
# What only one of the two families that share letters writes.
TURKIC_ALONE = _TURKIC - STOP_WORDS_BY_LANGUAGE["ru"]
RUSSIAN_ALONE = STOP_WORDS_BY_LANGUAGE["ru"] - _TURKIC
STOP_WORDS = frozenset().union(*STOP_WORDS_BY_LANGUAGE.values(), _folded(_TRADE))


def _scripts(words: Mapping[str, int]) -> tuple[int, int, int]:
    """Count the words in Latin, in Cyrillic and in any other letters."""
    latin = cyrillic = other = 0
    for word, count in words.items():
        if "a" <= word[0] <= "z":
            latin += count
        elif "\u0400" <= word[0] <= "\u052f":
            cyrillic += count
        elif word[0].isalpha():
            other += count
    return latin, cyrillic, other


def languages_of(words: Sequence[str]) -> frozenset[str]:
    """Give the languages that a text shows itself to be in, by its small words.

    Two texts are worth comparing word by word when these sets meet. A long
    text without a known small word is in a language that has no list here
    (``latin``, ``cyrillic``), or in other letters (``other``); a mixed text
    has several. A short one, such as the title of a film, shows nothing.

    Parameters
    ----------
    words : sequence of str
        All words of the text, folded, small words among them.

    Returns
    -------
    frozenset of str
        Among ``en ru kk ky latin cyrillic other``; may be empty.

    Examples
    --------
    >>> sorted(languages_of("i do not know how to end it".split()))
    ['en']
    >>> sorted(languages_of(["монтаж"]))
    []
    """
    said = Counter(words)
    latin, cyrillic, other = _scripts(said)
    lettered = latin + cyrillic + other
    found = {"other"} if other and other * 5 >= lettered else set()
    for n_words, languages, rest in ((latin, LATIN, "latin"), (cyrillic, CYRILLIC, "cyrillic")):
        if not n_words or n_words * 5 < lettered:
            continue  # a foreign title or a name inside a text of other letters
        counts = {
            language: sum(said[word] for word in small & said.keys())
            for language, small in STOP_WORDS_BY_LANGUAGE.items()
            if language in languages
        }
        best = max(counts.values())
        if best:
            found |= {language for language, n in counts.items() if n >= SHARE_OF_BEST * best}
        elif n_words >= ENOUGH_WORDS:
            found.add(rest)
    return frozenset(found)


def possible_languages(words: Sequence[str]) -> frozenset[str]:
    """Give every language that words in these letters may be in.

    Examples
    --------
    >>> sorted(possible_languages(["монтаж"]))
    ['cyrillic', 'kk', 'ky', 'ru']
    """
    latin, cyrillic, other = _scripts(Counter(words))
    found: frozenset[str] = frozenset({"other"}) if other else frozenset()
    return found | (LATIN if latin else frozenset()) | (CYRILLIC if cyrillic else frozenset())
