"""A pasted notice read into proposals: what it asks for, until when, and the sentence it says so in.

Nothing is decided here: each proposal is accepted, corrected or dropped by a person. A sentence with a time of its
own is proposed with it; one that only tells what to do takes the time of its part (“…培训（8—9月）”), else that of the
whole notice (“活动时间：6月1日至30日”), and says so. What proves it is taken from the most similar obligation known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from ankang_desktop.programme.asking import Need
from ankang_desktop.programme.blocks import Block, Head, blocks, read_head
from ankang_desktop.programme.notices import Obligation
from ankang_desktop.programme.timing import Timing, timings
from ankang_desktop.programme.windows import Kind, MonthDay, parse_when

_VERBS = re.compile(
    "开展|组织|举办|制定|报送|上报|报市|报县|报省|报总|签订|建立|设置|发放|张贴|参加|发动|督促|加强|做好|编写|举行|进行|"
    "召开|总结|评选|表彰|公布|曝光|宣传|学习|培训|演练|排查|检查|巡查|征集|完善|推广|利用|播|纳入|配合|探索|选树|摸清|迎接|"
    "赠送|提一条|讲一次|开设|落实|明确|推进|规范|协助|设立|深入|争创|争当|汇报|反馈|报名|查"
)
_ASKS = re.compile("要(?!求)|应(?!急)|须|不得|确保|请")
"""Words that ask for something, whatever it is."""
_TALK = re.compile("指导思想|总体要求|主题|目标|重要意义|任务要求")
_FROM_TO = re.compile("至|到|—|-")
_WHOLE = re.compile("时间|步骤安排|活动安排$")
_SET = re.compile(
    r"(?P<open>[“（：:])(?P<items>[^”（）：:]{16,400})[”）]?(?:等)?.{0,6}?(?P<name>[二两三四五六七八九十]{1,2}个一)|"
    r"(?P<name2>[二两三四五六七八九十]{1,2}个一)”?活动?[（：:](?P<items2>[^（）：:]{16,400})[）。]"
)
_ABOVE = re.compile(
    r"^(?:[市县区省]“?[^，。]{0,24}(?:总工会|组委会|办公室|安监局)[^，。]{0,14}(?:将|在\d|计划)|各[市县镇][^，。]{0,20}(?:总工会|工会|街道）)[^，。]{0,6}要)"
)
_LEADING = re.compile(
    r"^(?:\d{1,2}[、.．）]|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]{1,3}、|[一二三四五六七八九十]{1,2}是|"
    r"[①②③④⑤⑥⑦⑧⑨⑩]|请|要|并|同时|其中|此外|另外|各级工会(?:组织)?|各有关单位工会|，|：|、|\s)+"
)
_MEANS = re.compile("为|根据|按照|以|围绕|通过|结合|采取|重点针对|对用人单位|在.{0,20}(?:期间|下)")
_SUBJECT = re.compile(r"^各?[^，。]{0,16}(?:工会|组委会|单位|企业)(?:组织)?(?:及所属单位)?要(?=.{4})")
_NOISE = re.compile(r"联系人|联系电话|邮箱|特此|现将[^，]*(?:通知|转发|印发)|如下[：。]?$|电子版|下载链接|〔略〕")
_LONGEST_TITLE, _SHORTEST = 46, 2
_ALIKE = 0.55
_ANYTIME = Timing("EV", "", 0)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One obligation proposed.

    `when` is a when-code, `words` what it was read from, `origin` where these words stand: “本句”, or the heading
    whose time the sentence takes. `kin` is the code of the known obligation its proof was taken from, "" for none.
    """

    text: str
    source_text: str
    when: str
    words: str
    origin: str
    who: tuple[str, ...] = ("E",)
    proof: str = ""
    supports: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    kin: str = ""
    note: str = ""

    @property
    def is_sure(self) -> bool:
        """Say whether the sentence names its own time."""
        return self.origin == OWN


OWN, UNTIMED = "本句", "没有写时间"
"""Where a time stands: in the sentence itself; nowhere, and the officer gives it one."""


@dataclass(frozen=True)
class Reading:
    """A notice read: its head as far as it told it, and what is proposed, in its order."""

    head: Head
    proposals: tuple[Proposal, ...]


def read_notice_text(text: str, today: date, known: Iterable[Obligation] = ()) -> Reading:
    """Read a pasted notice; `known` are the obligations of other notices, for what proves a new one."""
    head = read_head(text)
    issued = head.issued or today
    kin = Kin(known)
    found = [kin.completed(each) for each in _walk(blocks(text), issued)]
    return Reading(head, tuple(_each_once(found)))


def _each_once(found: list[Proposal]) -> Iterator[Proposal]:
    told = set()
    for each in found:
        key = (each.source_text, each.text, each.when)
        if key not in told:
            told.add(key)
            yield each


# --- walking through the parts -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Time:
    """A time in force for a part, and the words that put it there."""

    timing: Timing
    origin: str


def _walk(parts: list[Block], issued: date) -> Iterator[Proposal]:
    """Walk over the parts, the time of each heading in force until a part as high begins."""
    in_force: dict[int, _Time] = {}
    is_talk = True  # what stands before the first numbered part only explains
    for part in parts:
        if part.level:
            for deeper in range(part.level, 4):
                in_force.pop(deeper, None)
            is_talk = bool(_TALK.search(part.heading)) if part.level < 3 else is_talk
            own = _window(timings(part.heading, issued))
            if own:
                in_force[part.level] = _Time(own, _clean(part.heading))
        if 0 not in in_force and (time := _of_whole(part, issued)):
            in_force[0] = time
        yield from _of_part(part, issued, in_force, is_talk=is_talk)


def _of_whole(part: Block, issued: date) -> _Time | None:
    """Return the time of the whole notice: its part “活动时间”, or “自即日起至…” in its first paragraph."""
    is_named = part.level == 1 and bool(_WHOLE.search(part.heading))
    for sentence in part.sentences if is_named or not part.level else ():
        own = _window(timings(sentence, issued))
        if own and (is_named or _FROM_TO.search(own.words)):
            return _Time(own, _clean(part.heading) or "通知开头")
    return None


def _window(found: list[Timing]) -> Timing | None:
    """Return a time that others may take: a window, no deadline, no name in passing."""
    return next((each for each in found if each.code.startswith("Y:") and not each.is_named), None)


def _of_part(part: Block, issued: date, in_force: dict[int, _Time], *, is_talk: bool) -> Iterator[Proposal]:
    taken = in_force[max(in_force)] if in_force else None
    has_items = len(part.sentences) > 0
    heading_own = timings(part.heading, issued)
    if part.heading and (not has_items or heading_own) and not _is_label(part, heading_own):
        yield from _of_sentence(part.heading, issued, taken, is_talk=is_talk)
    inner = taken
    for sentence in part.sentences:
        own = _window(timings(sentence, issued))
        if own and part.level == 1 and _WHOLE.search(part.heading) and _bare(sentence, [own]) == "":
            # The days of the whole are a duty too.
            yield replace(_proposal(sentence, own, OWN), text=_clean(part.heading))
        yield from _of_sentence(sentence, issued, inner, is_talk=is_talk)
        if own and re.search(r"活动[（(]|[（(]\d", sentence) and part.level:
            inner = _Time(own, _clean(sentence))


def _is_label(part: Block, own: list[Timing]) -> bool:
    """Say whether a heading only names its part: “二、活动主题”, “（三）多措并举统筹推进，排查整治隐患”.

    A whole sentence that stands alone, or says when (“（四）每个班组每周开展一次班前安全会。”), asks for something.
    """
    if part.heading.endswith("。") and (not part.sentences or any(not each.is_named for each in own)):
        return False
    return (part.level < 3 or bool(part.sentences)) and not re.search(r"\d", part.heading[3:])


def _bare(sentence: str, own: list[Timing]) -> str:
    """Return a sentence without its times and its number."""
    for each in own:
        sentence = sentence.replace(each.words, "")
    return _clean(sentence)


def _of_sentence(sentence: str, issued: date, taken: _Time | None, *, is_talk: bool) -> Iterator[Proposal]:
    own = timings(sentence, issued)
    if _NOISE.search(sentence) or len(_bare(sentence, own)) < _SHORTEST:
        return
    firm = [each for each in own if not each.is_named]
    if firm:
        for each in _chosen(firm):
            is_firm = not is_talk or each.is_due or bool(_FROM_TO.search(each.words))
            made = _proposal(sentence, each, OWN if is_firm else "开头的说明")
            yield made if len(firm) > 1 else replace(made, text=_whole(sentence, each) or made.text)
    elif is_talk or not (_VERBS.search(sentence) or _ASKS.search(sentence)):
        return
    elif own:
        yield _proposal(sentence, own[0], OWN)
    elif taken:
        yield from _inherited(sentence, taken)
    else:
        yield _proposal(sentence, _ANYTIME, UNTIMED)
    if items := _items(sentence):
        time = firm[0] if firm else (taken.timing if taken else _ANYTIME)
        origin = OWN if firm else (taken.origin if taken else UNTIMED)
        for name, item in items:
            yield replace(_proposal(sentence, time, origin), text=f"“{name}”：{item}")


def _chosen(found: list[Timing]) -> list[Timing]:
    """Return the times that are each a duty: a whole-year word beside a nearer time tells nothing new."""
    near = [each for each in found if each.code != "Y:01-01..12-31"]
    return near or found[:1]


def _inherited(sentence: str, taken: _Time) -> Iterator[Proposal]:
    yield _proposal(sentence, taken.timing, taken.origin)


def _items(sentence: str) -> list[tuple[str, str]]:
    """Return the items of a counted set: “讲一次党课、开展一次警示教育……等‘十个一’活动”."""
    match = _SET.search(sentence)
    if not match:
        return []
    name = match["name"] or match["name2"]
    items = [each.strip("“”，。等") for each in re.split("[、，；]", match["items"] or match["items2"])]
    kept = [each for each in items if 2 < len(each) <= 24]
    return [(name, each) for each in kept] if len(kept) >= 4 else []


# --- one proposal --------------------------------------------------------------------------------------------------


def _proposal(sentence: str, timing: Timing, origin: str) -> Proposal:
    return Proposal(
        text=_title(sentence, timing),
        source_text=sentence.strip(),
        when=timing.code,
        words=timing.words,
        origin=origin,
        who=_who(sentence),
        note=timing.note,
    )


def _clean(sentence: str) -> str:
    return _LEADING.sub("", sentence.strip()).strip("。；;：: ")


def _title(sentence: str, timing: Timing) -> str:
    """Return the clause that tells what to do: the one with the time, else the first with a verb; cut where long."""
    clauses = [each for each in re.split("[，；。]", _clean(sentence)) if each.strip()]
    doing = [each for each in clauses if _VERBS.search(each)]
    timed = next((each for each in doing if timing.words and timing.words in each), None)
    plain = next((each for each in doing if not _MEANS.match(each.strip())), None)
    found = _clean(timed or plain or next(iter([*doing, *clauses]), sentence))
    found = _SUBJECT.sub("", found) or found
    return found if len(found) <= _LONGEST_TITLE else f"{found[: _LONGEST_TITLE - 1]}…"


def _whole(sentence: str, timing: Timing) -> str:
    """Return all that a sentence asks for beside its time, "" where that is too long for a title."""
    clauses = [
        each for each in _clean(sentence).removeprefix(timing.words).split("，") if not _MEANS.match(each.strip())
    ]
    found = _clean("，".join(clauses))
    found = _SUBJECT.sub("", found) or found
    return found if _VERBS.search(found) and len(found) <= _LONGEST_TITLE else ""


def _who(sentence: str) -> tuple[str, ...]:
    plain = _clean(sentence)
    if _ABOVE.search(plain) or re.search("交叉督导|专项督导|集中督导", plain):
        return ("U>E",)
    if re.search("督促企业|督促各类企业|企业主要负责人|企业行政", plain):
        return ("E", "EM")
    if re.search("以班组为单位|班组安全|进班组活动|职工立足", plain):
        return ("E", "T")
    return ("E",)


class Kin:
    """Finds the known obligation a sentence resembles most, by the pairs of hanzi they share."""

    def __init__(self, known: Iterable[Obligation]) -> None:
        self._known = [(each, _pairs(each.text)) for each in known if each.needs or each.proof]

    def completed(self, proposal: Proposal) -> Proposal:
        """Return a proposal with the proof, needs and units of its nearest kin; itself where none is near."""
        mine = _pairs(proposal.text if proposal.text.startswith("“") else proposal.source_text[:160])
        title = _pairs(proposal.text)
        best, likeness = None, 0.0
        for each, theirs in self._known:
            if len(theirs) < 4:
                continue
            shared = len(mine & theirs) / len(theirs)
            near = len(title & theirs) / max(1, min(len(title), len(theirs)))
            if shared >= _ALIKE and shared + near > likeness:
                best, likeness = each, shared + near
        if best is None:
            return proposal
        return replace(proposal, proof=best.proof, supports=best.supports, needs=best.needs, kin=best.code)


def _pairs(text: str) -> frozenset[str]:
    plain = re.sub(r"[^\u4e00-\u9fffA-Za-z0-9]", "", text)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def describe(code: str) -> str:
    """Say a when-code in the officer's words: “每年 6月1日至6月30日”, “每年 12月15日前”, “每月 25日前”."""
    when = parse_when(code)
    often = "只此一次 " if when.is_once else "每年 "
    if when.kind is Kind.WINDOW:
        return often + "、".join(_span(*days) for days in when.days)
    if when.kind is Kind.DEADLINE:
        return f"{often}{_day(when.days[0][1])}前"
    if when.kind is Kind.MONTH:
        return f"每月 {when.day}日前" if when.day else "每月"
    return {Kind.WEEK: "每周", Kind.QUARTER: "每季度", Kind.EVENT: "随时"}.get(when.kind, "背景，不列入年历")


def _span(first: MonthDay, last: MonthDay) -> str:
    return _day(first) if first == last else f"{_day(first)}至{_day(last)}"


def _day(day: MonthDay) -> str:
    return f"{f'{day.year}年' if day.year else ''}{day.month}月{day.day}日"
