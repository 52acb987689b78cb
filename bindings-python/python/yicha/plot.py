"""Pictures of draws and histories, with matplotlib (`pip install yicha[plot]`).

Every function takes an `ax` or makes one, draws into it and gives it back. Labels are Chinese or English; for Chinese ones
a font with Chinese characters is looked for among those that the machine has, and named if there is none.
"""

from __future__ import annotations

import datetime
import functools
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import _yicha
from .audit.history import History
from .errors import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Fonts with Chinese characters, the free ones first.
FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Noto Sans CJK JP",  # all that matplotlib sees of a collection of fonts
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

    names = {font.name for font in font_manager.fontManager.ttflist}
    for name in FONTS:
        if name in names:
            return name
    raise NoChineseFont(
        "no font with Chinese characters was found. Install one, for example with `apt install fonts-noto-cjk` "
        "(Debian, Ubuntu) or `dnf install google-noto-sans-cjk-fonts` (Fedora), or use language='en'. "
        "没有找到中文字体：请安装 fonts-noto-cjk，或者使用 language='en'。"
    )


def _axes(ax: Axes | None, language: Language) -> Axes:
    if language == "zh":
        # Asked first: boxes in place of characters would be worse than no picture.
        _pyplot().rcParams["font.sans-serif"] = [chinese_font(), *_pyplot().rcParams["font.sans-serif"]][:8]
        _pyplot().rcParams["axes.unicode_minus"] = False
    return ax if ax is not None else _pyplot().subplots(figsize=(7, 4), layout="constrained")[1]


def _label(ax: Any, language: Language, title: tuple[str, str], x: tuple[str, str], y: tuple[str, str]) -> Any:
    pick = language == "en"
    ax.set_title(title[pick])
    ax.set_xlabel(x[pick])
    ax.set_ylabel(y[pick])
    return ax


def drawn_by_class(announcement: _yicha.Announcement, *, language: Language = "zh", ax: Axes | None = None) -> Any:
    """Eligible targets and targets drawn of each class, by the announcement."""
    ax = _axes(ax, language)
    strata = announcement.strata.to_pydict()
    places = range(len(strata["stratum"]))
    ax.bar([i - 0.2 for i in places], strata["eligible"], 0.4, label=("可抽取", "eligible")[language == "en"])
    bars = ax.bar([i + 0.2 for i in places], strata["quota"], 0.4, label=("抽取", "drawn")[language == "en"])
    ax.bar_label(bars)
    ax.set_xticks(list(places), strata["stratum"])
    ax.set_yscale("symlog")
    ax.legend()
    return _label(ax, language, ("各类对象与抽取数", "Drawn and population"), ("分类", "class"), ("对象数", "targets"))


def coverage(rows: Iterable[Mapping[str, Any]], *, language: Language = "zh", ax: Axes | None = None) -> Any:
    """Targets of each industry and class that could be drawn, were drawn and were inspected.

    `rows` are those of an office's table `coverage`: `Office.ask_tables` of an `evaluation`.
    """
    ax = _axes(ax, language)
    told = list(rows)
    series = {"eligible": ("可抽取", "eligible"), "quota": ("抽取", "drawn"), "inspected": ("已检查", "inspected")}
    for place, (name, label) in enumerate(series.items()):
        heights = [row[name] or 0 for row in told]
        bars = ax.bar([i + 0.27 * (place - 1) for i in range(len(told))], heights, 0.27, label=label[language == "en"])
        ax.bar_label(bars, fontsize="small")
    ax.set_xticks(range(len(told)), [f"{row['industry']} {row['class'] or '–'}" for row in told])
    ax.set_yscale("symlog")
    ax.legend()
    title = ("各行业各类对象的抽取与检查", "Population, drawn and inspected")
    return _label(ax, language, title, ("行业与分类", "industry and class"), ("对象数", "targets"))


def load(
    before: Mapping[str, int], after: Mapping[str, int], *, language: Language = "zh", ax: Axes | None = None
) -> Any:
    """Visits of each inspector before and after a matching."""
    ax = _axes(ax, language)
    people = sorted(set(before) | set(after), key=lambda who: (-before.get(who, 0) - after.get(who, 0), who))
    earlier = [before.get(who, 0) for who in people]
    ax.bar(range(len(people)), earlier, label=("以前", "before")[language == "en"])
    more = [after.get(who, 0) for who in people]
    ax.bar(range(len(people)), more, bottom=earlier, label=("本次", "this matching")[language == "en"])
    ax.set_xticks(range(len(people)), people, rotation=90, fontsize="small")
    ax.legend()
    return _label(ax, language, ("人员任务数", "Load of inspectors"), ("人员", "inspector"), ("任务数", "visits"))


def inclusion(history: History, *, language: Language = "zh", ax: Axes | None = None) -> Any:
    """How often each target was drawn, against expectation with bands of two and three standard deviations."""
    ax = _axes(ax, language)
    told = sorted(history.inclusion().items())
    places = range(len(told))
    expected = [e for _, (_, e, _) in told]
    for deviations, shade in ((3, 0.15), (2, 0.25)):
        low = [max(0.0, e - deviations * math.sqrt(v)) for _, (_, e, v) in told]
        high = [e + deviations * math.sqrt(v) for _, (_, e, v) in told]
        ax.fill_between(places, low, high, alpha=shade, color="tab:blue", linewidth=0, step="mid")
    ax.plot(places, expected, color="tab:blue", linewidth=1)
    ax.plot(places, [times for _, (times, _, _) in told], ".", color="tab:red", markersize=3)
    title = ("各对象抽中次数与应有次数", "How often targets were drawn, and should have been")
    return _label(ax, language, title, ("对象", "target"), ("次数", "times"))


def lateness(
    deadlines: Sequence[datetime.date],
    done: Sequence[datetime.date | None],
    *,
    calendar: _yicha.Calendar | None = None,
    language: Language = "zh",
    ax: Axes | None = None,
) -> Any:
    """Working days by which results came before (negative) or after their deadlines; what is still open is counted."""
    ax, calendar = _axes(ax, language), calendar or _yicha.Calendar.china()
    pairs = [(due, day) for due, day in zip(deadlines, done, strict=True) if day is not None]
    days = [int(calendar.workdays_between(due, day).value) for due, day in pairs]
    if days:
        ax.hist(days, bins=[n - 0.5 for n in range(min(days), max(days) + 2)])
    ax.axvline(0.5, color="tab:red", linewidth=1)
    still = sum(day is None for day in done)
    title = (f"公示早于或晚于期限的工作日数（{still}件未完成）", f"Working days before or after the deadline ({still} open)")
    return _label(ax, language, title, ("工作日", "working days"), ("件数", "results"))


def timeline(
    events: Sequence[tuple[str, datetime.datetime | datetime.date]],
    *,
    language: Language = "zh",
    ax: Axes | None = None,
) -> Any:
    """The events of a task in their order of time."""
    ax = _axes(ax, language)
    ordered = sorted(events, key=lambda event: event[1].isoformat())
    for row, (name, instant) in enumerate(ordered):
        at: Any = instant  # matplotlib takes dates, its types do not say so
        ax.plot([at], [row], "o", color="tab:blue")
        ax.annotate(name, (at, row), xytext=(6, 0), textcoords="offset points", va="center")
    ax.set_yticks([])
    ax.margins(x=0.25)
    ax.figure.autofmt_xdate()
    return _label(ax, language, ("任务时间线", "Timeline"), ("时间", "time"), ("", ""))
