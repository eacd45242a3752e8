"""Words that are no reason by themselves, though a text says something with them.

Numbers, and what anybody says of anything: two people who both write *eleven*
or *nobody* have nothing in common yet. All are folded and compared as stems.
"""

from __future__ import annotations

from functools import cache
from typing import Protocol

from matcher.folding import fold
from matcher.turkic import turkic_stem
from matcher.words import stem_of

_WORDS = """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    twenty thirty forty fifty sixty hundred thousand million half dozen first second third
    minute minutes hour hours day days night nights month months week year morning evening
    nobody anybody everybody somebody someone anyone everyone none else able about actually
    alone along already although away bad beautiful become begin beginning begun being believe
    better big bit bring brought call called care change changed changes choose chosen close
    easy end explain far fast feel feels felt few fine full given hand happen happens hard head
    hear heard high home honest honestly hope important instead interesting job kept leave left
    life line list listen live lived longer lose lost love loved means mind moment move name near
    nice often open order others own past perhaps place point possible question questions quick
    quickly quiet ready reason remember room run same save seem seems seen sense short show shown
    shows side simple simply sit slow small special speak start started state stay stop strong
    such suddenly talk tell tells thing tired told turn until usual usually version view walk
    minus plus watch watched word words world write wrong young
    один одна одно два две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать
    тринадцать пятнадцать двадцать тридцать сорок пятьдесят шестьдесят сто тысяча половина
    первый второй третий минута минуты час часы день дни ночь месяц неделя утро вечер
    никто кто-то все другой самый также рядом нравится любить люблю важно важный нужный большой
    маленький хороший плохой лучше хуже разный общий простой сложный трудно легко быстро медленно
    тихий честно честный настоящий живой жизнь место дело слово имя вопрос ответ сторона конец
    начало часть версия вид время раз случай вместо внутри снова опять долго давно скоро рано
    поздно почти точно обычно просто начинать остаться оставить остается получиться получается
    идти прийти прихожу приходить смотреть смотрю видеть вижу слышать думать держать жить
    минус плюс кому нему себе собой кого чему этому тому всем всему зачем откуда куда
    рассказать рассказывать говорить стоять сидеть искать ищу найти дать взять вести показать
    бир бирге еки эки уш үш төрт бес беш алты жети жеті сегиз сегіз тогуз тоғыз он он бир жыйырма
    жиырма отуз отыз кырк қырық елу элүү жуз жүз мин мың жарым биринчи бірінші экинчи екінші
    үчүнчү үшінші минут саат сағат күн түн ай апта жума таң кеч эч ким ешкім эч нерсе ештеңе баары
    бәрі башка басқа жакшы жақсы жаман чоң үлкен кичине кіші маанилүү маңызды жөн жай тез бат
    оңой оңай кыйын қиын чын шын өмүр өмір жер орун орын сөз суроо сұрақ жооп жауап жак жақ баш
    бас аяк аяқ башы басы кайра қайта эрте ерте дайым әрдайым көр көрүү көру бил билүү білу айт
    айтуу айту кел келүү келу бер берүү беру ал алуу алу кал калуу қалу тур туруу тұру бол болуу
    жаса жасоо жасау баста баштоо бастау бүт бүтүү біту
    """


@cache
def _stems() -> frozenset[str]:
    folded = [part for word in _WORDS.split() for part in fold(word).split()]
    return frozenset({*folded, *map(stem_of, folded), *map(turkic_stem, folded)})


class _Read(Protocol):
    @property
    def folded(self) -> str: ...
    @property
    def stem(self) -> str: ...


def is_plain(word: _Read) -> bool:
    """Say whether a word alone is no reason.

    Examples
    --------
    >>> from matcher.words import content_words
    >>> [is_plain(word) for word in content_words("Nobody, eleven ferrymen")]
    [True, True, False]
    """
    return word.stem in _stems() or word.folded in _stems()
