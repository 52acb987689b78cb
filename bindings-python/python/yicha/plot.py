"""Pictures of draws and histories, with matplotlib (`pip install yicha[plot]`).

Every function takes an `ax` or makes one, draws into it and gives it back. Labels are in the language asked for or set
(`yicha.set_language`), Chinese otherwise; a font with Chinese characters is looked for among those of the machine, and
what to install is said if there is none. English pictures get it for the Chinese characters that the data have, where
there is one. Only the texts of the axes drawn to get that font; no setting of matplotlib is changed.
"""

from __future__ import annotations

import datetime
import functools
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import _yicha
from .audit.history import History
from .errors import Language, chosen

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Fonts with Chinese characters, the free ones first.
FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Noto Sans CJK JP",  # all that matplotlib before 3.11 sees of a collection of fonts
    "Noto Serif CJK SC",
    "Noto Serif CJK JP",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "Microsoft YaHei",
    "SimHei",
    "PingFang SC",
    "Heiti SC",
    "Arial Unicode MS",
)

#: Points that a letter and a wide, Chinese one take in a line of small text.
_LETTER, _WIDE = 5.5, 9

#: Points that a line takes among others; names and numbers with less room are left out.
_LINE = 7


class NoChineseFont(RuntimeError):
    """The machine has no font with Chinese characters; the message says what to install."""


@functools.cache
def _pyplot() -> Any:
    try:
        from matplotlib import pyplot
    except ImportError as error:
        raise ImportError("yicha.plot needs matplotlib: pip install 'yicha[plot]'") from error
    return pyplot


@functools.cache
def chinese_font() -> str:
    """The name of a font with Chinese characters, or `NoChineseFont` with what to install."""
    _pyplot()
    from matplotlib import font_manager

    def known() -> str | None:
        names = {font.name for font in font_manager.fontManager.ttflist}
        return next((name for name in FONTS if name in names), None)

    if found := known():
        return found
    # The list that matplotlib keeps may be older than the fonts.
    for file in {*font_manager.findSystemFonts()} - {font.fname for font in font_manager.fontManager.ttflist}:
        try:
            font_manager.fontManager.addfont(file)
        except (OSError, RuntimeError, ValueError):
            continue  # a font of a kind that matplotlib does not read
    if found := known():
        return found
    raise NoChineseFont(
        "no font with Chinese characters was found. Install one, for example with `apt install fonts-noto-cjk` "
        "(Debian, Ubuntu) or `dnf install google-noto-sans-cjk-fonts` (Fedora), or use language='en'. "
        "没有找到中文字体：请安装 fonts-noto-cjk，或者使用 language='en'。"
    )


def _axes(ax: Axes | None, language: Language, width: float = 7) -> Axes:
    if language == "zh":
        chinese_font()  # asked first: boxes in place of characters would be worse than no picture
    if ax is None:
        made: Axes = _pyplot().subplots(figsize=(width, 4), layout="constrained")[1]
        return made
    return ax


def _finish(ax: Any, language: Language, title: tuple[str, str], x: tuple[str, str], y: tuple[str, str]) -> Any:
    """Title and labels, and a font that has the characters of all texts."""
    from matplotlib.text import Text

    pick = language == "en"
    ax.set_title(title[pick])
    ax.set_xlabel(x[pick])
    ax.set_ylabel(y[pick])
    texts, family = ax.findobj(Text), list(_pyplot().rcParams["font.family"])
    if language == "zh":
        family = [chinese_font(), *family]
    elif any(map(_is_wide, "".join(text.get_text() for text in texts))):
        try:
            family = [*family, chinese_font()]
        except NoChineseFont:
            return ax  # what is English can be read all the same
    else:
        return ax
    ax.tick_params(labelfontfamily=family)  # for ticks that come later
    for text in texts:
        text.set_fontfamily(family)
    return ax


def _width(groups: int) -> float:
    """Inches for so many groups of bars."""
    return min(16, max(7, groups / 2))


def _room(ax: Any, places: int) -> float:
    """Points of the width of these axes for each of so many places."""
    return float(ax.get_window_extent().width / ax.figure.dpi * 72 / max(places, 1))


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def _length(text: str) -> float:
    """Points that a small text takes in a line, about."""
    return sum(_WIDE if _is_wide(letter) else _LETTER for letter in text)


def _shortened(text: str, room: float) -> str:
    """The text, or as much of its beginning as has room with an ellipsis."""
    if _length(text) <= room:
        return text
    while text and _length(text + "…") > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _names(ax: Any, names: Sequence[tuple[str, int]]) -> None:
    """Names under the places of the axes, each with the number of places that it stands for.

    They are turned if one is longer than its places are wide; without room for a line a name is left out.
    """
    room = _room(ax, sum(wide for _, wide in names))
    shown: dict[float, str] = {}
    start, turned = 0, False
    for name, wide in names:
        if wide * room >= _LINE:
            shown[start + (wide - 1) / 2] = name
            turned |= _length(name) > wide * room
        start += wide
    ax.set_xticks(list(shown), list(shown.values()), rotation=90 * turned, fontsize="small")


def _groups(ax: Any, names: Sequence[str], series: Mapping[str, Sequence[int | None]]) -> None:
    """Bars side by side for each name, with their numbers, or a dash where there is none."""
    width, room = 0.84 / len(series), _room(ax, len(names) * len(series))
    told = {label: ["–" if n is None else str(n) for n in numbers] for label, numbers in series.items()}
    upright = any(_length(text) > room for texts in told.values() for text in texts)
    for place, (label, numbers) in enumerate(series.items()):
        at = [i + width * (place - (len(series) - 1) / 2) for i in range(len(names))]
        bars = ax.bar(at, [number or 0 for number in numbers], width, label=label)
        if room >= _LINE:
            for text in ax.bar_label(bars, told[label], fontsize="x-small" if upright else "small", padding=2):
                text.set_rotation(90 * (upright and text.get_text() != "–"))
    _names(ax, [(name, 1) for name in names])
    ax.set_yscale("symlog")
    ax.yaxis.set_major_formatter("{x:.0f}")
    ax.margins(x=0.02, y=0.3)  # room for the numbers and the legend
    ax.set_ylim(0, max(2, ax.get_ylim()[1]))  # a scale that ends below 2 has its end for a tick
    ax.legend(loc="upper right", ncols=len(series), fontsize="small")


def drawn_by_class(
    announcement: _yicha.Announcement, *, language: Language | None = None, ax: Axes | None = None
) -> Any:
    """Eligible targets and targets drawn of each class, by the announcement."""
    language = chosen(language)
    strata, en = announcement.strata.to_pydict(), language == "en"
    ax = _axes(ax, language, _width(len(strata["stratum"])))
    series = {("可抽取", "eligible")[en]: strata["eligible"], ("抽取", "drawn")[en]: strata["quota"]}
    _groups(ax, strata["stratum"], series)
    return _finish(ax, language, ("各类对象与抽取数", "Drawn and population"), ("分类", "class"), ("对象数", "targets"))


def coverage(rows: Iterable[Mapping[str, Any]], *, language: Language | None = None, ax: Axes | None = None) -> Any:
    """Targets of each industry and class that could be drawn, were drawn and were inspected.

    `rows` are those of an office's table `coverage`: `Office.ask_tables` of an `evaluation`.
    """
    language = chosen(language)
    told = list(rows)
    ax = _axes(ax, language, _width(len(told)))
    labels = {"eligible": ("可抽取", "eligible"), "quota": ("抽取", "drawn"), "inspected": ("已检查", "inspected")}
    series = {label[language == "en"]: [row[name] for row in told] for name, label in labels.items()}
    _groups(ax, [f"{row['industry']} {row['class'] or '–'}" for row in told], series)
    title = ("各行业各类对象的抽取与检查", "Population, drawn and inspected")
    return _finish(ax, language, title, ("行业与分类", "industry and class"), ("对象数", "targets"))


def load(
    before: Mapping[str, int], after: Mapping[str, int], *, language: Language | None = None, ax: Axes | None = None
) -> Any:
    """Visits of each inspector before and after a matching, the busiest first. Of very many the names are left out."""
    language = chosen(language)
    ax, en = _axes(ax, language), language == "en"
    people = sorted(set(before) | set(after), key=lambda who: (-before.get(who, 0) - after.get(who, 0), who))
    earlier = [before.get(who, 0) for who in people]
    if before:
        ax.bar(range(len(people)), earlier, color="tab:blue", label=("以前", "before")[en])
    more = [after.get(who, 0) for who in people]
    ax.bar(range(len(people)), more, bottom=earlier, color="tab:orange", label=("本次", "this matching")[en])
    _names(ax, [(who, 1) for who in people])
    ax.locator_params(axis="y", integer=True)
    ax.margins(x=0.02, y=0.15)  # room for the legend
    ax.set_ylim(0, max(1, ax.get_ylim()[1]))  # if nobody has a visit as well
    ax.legend(loc="upper right", ncols=2, fontsize="small")
    x = (f"人员（{len(people)}名，按任务数排列）", f"inspector ({len(people)}, the busiest first)")
    return _finish(ax, language, ("人员任务数", "Load of inspectors"), x, ("任务数", "visits"))


def inclusion(history: History, *, language: Language | None = None, ax: Axes | None = None) -> Any:
    """How often each target was drawn, against expectation with bands of two and three standard deviations.

    Targets stand by their class, and in a class by how often they should have been drawn. The name of a class that is
    too narrow for it is left out.
    """
    language = chosen(language)
    ax, en = _axes(ax, language), language == "en"
    strata = {target: record.stratum for record in history for target in record.listed}
    told = sorted(
        (strata[target], round(expected, 9), round(variance, 9), target, times)
        for target, (times, expected, variance) in history.inclusion().items()
    )
    places: dict[tuple[str, float, float], list[float]] = {}
    for place, (stratum, expected, variance, _, _) in enumerate(told):
        places.setdefault((stratum, expected, variance), []).append(place)
    # Targets that are alike have one band, from the left edge of the first to the right edge of the last.
    left, width = [at[0] - 0.5 for at in places.values()], [len(at) for at in places.values()]
    for deviations, shade in ((3, 0.15), (2, 0.25)):
        low = [max(0.0, e - deviations * math.sqrt(v)) for _, e, v in places]
        height = [e + deviations * math.sqrt(v) - bottom for (_, e, v), bottom in zip(places, low, strict=True)]
        label = (f"±{deviations}个标准差", f"±{deviations} s.d.")[en]
        ax.bar(left, height, width, low, align="edge", color="tab:blue", alpha=shade, label=label)
    right = [start + wide for start, wide in zip(left, width, strict=True)]
    ax.hlines([e for _, e, _ in places], left, right, color="tab:blue", linewidth=1, label=("应有", "expected")[en])
    ax.plot([times for *_, times in told], ".", color="tab:red", markersize=3, label=("抽中", "drawn")[en])
    _names(ax, list(Counter(stratum for stratum, *_ in told).items()))
    ax.use_sticky_edges = False  # who was never drawn is seen as well
    ax.margins(x=0.02, y=0.12)
    ax.legend(loc="upper right", ncols=4, fontsize="small")
    title = ("各对象抽中次数与应有次数", "How often targets were drawn, and should have been")
    return _finish(ax, language, title, ("对象（按分类）", "targets, by class"), ("次数", "times"))


def lateness(
    deadlines: Sequence[datetime.date],
    done: Sequence[datetime.date | None],
    *,
    on: datetime.date,
    calendar: _yicha.Calendar | None = None,
    language: Language | None = None,
    ax: Axes | None = None,
) -> Any:
    """Working days by which results came before (negative) or after the last days of their deadlines.

    What is open (`None`) stands where it would be if it came `on` that day: overdue, or not yet due. What comes after
    its deadline is late by one working day at least, on a day off as well. Counts that reach into a year of which the
    calendar has no notice are provisional.
    """
    language = chosen(language)
    ax, calendar, en = _axes(ax, language), calendar or _yicha.Calendar.china(), language == "en"
    kinds = {
        "in time": ("按期公示", "published in time", "tab:blue"),
        "late": ("逾期公示", "published late", "tab:red"),
        "not due": ("未公示，未到期", "open, not yet due", "tab:gray"),
        "overdue": ("未公示，已逾期", "open and overdue", "tab:orange"),
    }
    found: dict[str, Counter[int]] = {kind: Counter() for kind in kinds}
    provisional: Counter[int] = Counter()
    for due, published in zip(deadlines, done, strict=True):
        day = published or on
        count = calendar.workdays_between(due, day)
        distance = max(int(count.value), 1) if day > due else int(count.value)
        kind = ("overdue" if day > due else "not due") if published is None else ("late" if day > due else "in time")
        found[kind][distance] += 1
        provisional[distance] += count.provisional
    below: Counter[int] = Counter()
    for kind, (zh, english, color) in kinds.items():
        if found[kind]:
            days, numbers = zip(*sorted(found[kind].items()))
            label = f"{english if en else zh} ({sum(numbers)})"
            ax.bar(days, numbers, 1, [below[day] for day in days], color=color, edgecolor="white", label=label)
            below += found[kind]
    if unsure := +provisional:
        label = f"{('其中暂定', 'of these provisional')[en]} ({unsure.total()})"
        ax.bar(list(unsure), list(unsure.values()), 1, fill=False, hatch="///", linewidth=0, label=label)
    ax.axvline(0.5, color="tab:red", linewidth=1, label=("期限", "deadline")[en])
    ax.locator_params(integer=True)
    ax.legend(fontsize="small")
    title = ("公示早于（负）或晚于期限的工作日数", "Working days before (negative) or after the deadline")
    return _finish(ax, language, title, ("工作日", "working days"), ("件数", "results"))


def timeline(
    events: Sequence[tuple[str, datetime.datetime | datetime.date]],
    *,
    language: Language | None = None,
    ax: Axes | None = None,
) -> Any:
    """The events of a task in their order of time. A date is its midnight and a time without a zone is one in UTC.

    Labels with less room than they need are shortened.
    """
    language = chosen(language)
    ax = _axes(ax, language)
    from matplotlib import dates

    number: Any = dates.date2num  # which has no types
    ordered = sorted(((number(instant), name) for name, instant in events), key=lambda event: event[0])
    ax.plot([at for at, _ in ordered], range(len(ordered)), "o", color="tab:blue")
    ax.xaxis_date()
    ax.set_yticks([])
    ax.margins(x=0.1, y=0.15)
    start, end = ax.get_xlim()
    for row, (at, name) in enumerate(ordered):
        place = (at - start) / (end - start)
        # On the side where there is more room.
        ha, gap = ("right", -6) if place > 0.5 else ("left", 6)
        label = _shortened(name, _room(ax, 1) * max(place, 1 - place) - 2 * abs(gap))
        ax.annotate(
            label,
            (at, row),
            xytext=(gap, 0),
            textcoords="offset points",
            va="center",
            ha=ha,
            fontsize="small",
            clip_on=True,  # letters may be wider than thought
        )
    ax.tick_params(axis="x", labelrotation=30)
    return _finish(ax, language, ("任务时间线", "Timeline"), ("时间", "time"), ("", ""))
