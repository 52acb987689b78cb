"""Pictures: they show what they were given, and Chinese labels render or it is said what to install."""

import datetime
import random
import warnings

import matplotlib
import pytest
import yicha
from module import small_draw
from yicha import audit, plot

matplotlib.use("Agg")

DAY = datetime.date(2026, 9, 18)


def pictures(language):
    rows = [(f"T{i:02}", "AD"[i % 2], "eligible") for i in range(40)]
    _, sealed, drawn = small_draw(rows, [yicha.Rule("A", 1000), yicha.Rule("D", 5000)])
    dice, ids = random.Random(1), tuple(row[0] for row in rows)
    history = audit.History(audit.DrawRecord(ids, frozenset(dice.sample(ids, 8))) for _ in range(10))
    yield plot.drawn_by_class(sealed.announcement, language=language)
    yield plot.load({"I1": 3, "I2": 1}, {"I2": 2, "I3": 4}, language=language)
    yield plot.inclusion(history, language=language)
    yield plot.lateness([DAY, DAY, DAY], [DAY, DAY + datetime.timedelta(3), None], language=language)
    coverage = [
        {"industry": "62", "class": "A", "eligible": 40, "quota": 1, "inspected": 1},
        {"industry": "62", "class": None, "eligible": None, "quota": 6, "inspected": 4},
    ]
    yield plot.coverage(coverage, language=language)
    yield plot.timeline([("announced", DAY), ("drawn", DAY + datetime.timedelta(1))], language=language)


def test_english_pictures_are_drawn():
    shown = list(pictures("en"))
    assert [ax.get_title() for ax in shown][0] == "Drawn and population"
    heights = [bar.get_height() for bar in shown[0].patches]
    assert heights == [20, 20, 2, 10]
    assert sum(bar.get_height() for bar in shown[1].patches) == 10
    assert "1 open" in shown[3].get_title()
    assert [bar.get_height() for bar in shown[4].patches] == [40, 0, 1, 6, 1, 4]
    assert [label.get_text() for label in shown[4].get_xticklabels()] == ["62 A", "62 –"]
    for ax in shown:
        ax.figure.canvas.draw()


def test_chinese_labels_render_or_it_says_what_to_install():
    try:
        plot.chinese_font()
    except plot.NoChineseFont as error:
        assert "fonts-noto-cjk" in str(error)
        with pytest.raises(plot.NoChineseFont):
            next(pictures("zh"))
        return
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of a missing glyph
        for ax in pictures("zh"):
            ax.figure.canvas.draw()
