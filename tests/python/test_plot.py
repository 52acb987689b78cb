"""Pictures: they show what they were given, and Chinese labels render or it is said what to install."""

import datetime
import random
import warnings
from itertools import combinations

import matplotlib
import pytest
import yicha
from matplotlib import font_manager, pyplot
from module import small_draw
from yicha import audit, plot

matplotlib.use("Agg")

DAY = datetime.date(2026, 9, 18)


@pytest.fixture(autouse=True)
def closed():
    yield
    pyplot.close("all")


def history(sizes):
    """Three draws of one target of each class, whose number of targets is given."""
    targets = {name: tuple(f"{name}{i:03}" for i in range(size)) for name, size in sizes.items()}
    return audit.History(
        audit.DrawRecord(ids, frozenset(ids[:1]), name) for _ in range(3) for name, ids in targets.items()
    )


def classes():
    """Three classes whose targets alternate in the order of their ids."""
    dice = random.Random(1)
    for _ in range(10):
        for place, (stratum, number) in enumerate([("A", 2), ("B", 5), ("D", 12)]):
            ids = tuple(f"T{i:03}" for i in range(place, 90, 3))
            yield audit.DrawRecord(ids, frozenset(dice.sample(ids, number)), stratum)


def coverage(groups):
    return [
        {"industry": f"5{i // 4}", "class": "ABCD"[i % 4], "eligible": 8000 + i, "quota": 7000 + i, "inspected": None}
        for i in range(groups)
    ]


def pictures(language):
    rows = [(f"T{i:02}", "AD"[i % 2], "eligible") for i in range(40)]
    _, sealed, _ = small_draw(rows, [yicha.Rule("A", 1000), yicha.Rule("D", 5000)])
    yield plot.drawn_by_class(sealed.announcement, language=language)
    yield plot.load({"I1": 3, "I2": 1}, {"I2": 2, "I3": 4}, language=language)
    yield plot.inclusion(audit.History(classes()), language=language)
    yield plot.lateness([DAY, DAY, DAY], [DAY, DAY + datetime.timedelta(3), None], on=DAY, language=language)
    yield plot.coverage(coverage(2), language=language)
    yield plot.timeline([("announced", DAY), ("drawn", DAY + datetime.timedelta(1))], language=language)


def legend(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def names(ax):
    return [label.get_text() for label in ax.get_xticklabels()]


def overlap(texts):
    boxes = [text.get_window_extent() for text in texts]
    return any(a.overlaps(b) for a, b in combinations(boxes, 2))


def turned(ax):
    return {label.get_rotation() for label in ax.get_xticklabels()}


def test_english_pictures_are_drawn():
    shown = list(pictures("en"))
    assert [ax.get_title() for ax in shown][0] == "Drawn and population"
    heights = [bar.get_height() for bar in shown[0].patches]
    assert heights == [20, 20, 2, 10]
    assert sum(bar.get_height() for bar in shown[1].patches) == 10
    assert [bar.get_height() for bar in shown[4].patches] == [8000, 8001, 7000, 7001, 0, 0]
    assert [text.get_text() for text in shown[4].texts] == ["8000", "8001", "7000", "7001", "–", "–"]
    assert names(shown[4]) == ["50 A", "50 B"]
    for ax in shown:
        ax.figure.canvas.draw()


def chinese_font():
    try:
        return plot.chinese_font()
    except plot.NoChineseFont as error:
        assert not any("CJK" in file for file in font_manager.findSystemFonts())
        pytest.skip(str(error))


def test_chinese_labels_render_and_no_setting_is_changed():
    font = chinese_font()
    settings = dict(matplotlib.rcParams)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of a missing glyph
        with pyplot.style.context("ggplot"):
            shown = list(pictures("zh"))
        for ax in shown:
            ax.figure.canvas.draw()  # outside of the style
            assert ax.title.get_fontfamily()[0] == ax.get_xticklabels()[0].get_fontfamily()[0] == font
    assert dict(matplotlib.rcParams) == settings
    assert font not in next(pictures("en")).title.get_fontfamily()


def test_fonts_that_are_newer_than_the_list_of_matplotlib_are_found(monkeypatch):
    chinese_font()
    fonts = font_manager.fontManager.ttflist
    chinese = {entry.fname for entry in fonts if entry.name in plot.FONTS}
    others = [entry for entry in fonts if entry.fname not in chinese]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", others.copy())
    plot.chinese_font.cache_clear()
    try:
        assert plot.chinese_font() in plot.FONTS
        plot.chinese_font.cache_clear()
        monkeypatch.setattr(font_manager.fontManager, "ttflist", others.copy())
        monkeypatch.setattr(font_manager, "findSystemFonts", list)
        with pytest.raises(plot.NoChineseFont, match="fonts-noto-cjk"):
            next(pictures("zh"))
        assert next(pictures("en")).get_title()
    finally:
        plot.chinese_font.cache_clear()


def test_numbers_and_names_do_not_run_into_each_other_or_into_the_frame():
    rows = [(f"T{i:04}", "AD"[i % 2], "eligible") for i in range(2000)]
    _, sealed, _ = small_draw(rows, [yicha.Rule("A", 100), yicha.Rule("D", 500)])
    _, (left, _) = pyplot.subplots(1, 2, figsize=(11, 4), layout="constrained")
    shown = [plot.drawn_by_class(sealed.announcement, language="en", ax=left)]
    shown += [plot.coverage(coverage(groups), language="en") for groups in (4, 16)]
    for ax, numbers in zip(shown, (4, 12, 48), strict=True):
        ax.figure.canvas.draw()
        assert len(ax.texts) == numbers
        assert not overlap(ax.texts) and not overlap(ax.get_xticklabels())
        frame = ax.get_window_extent()
        assert all(text.get_window_extent().y1 < frame.y1 for text in ax.texts)
    people = {f"411302{i:05}": 3 for i in range(69)}
    assert names(plot.load({}, people, language="en")) == []
    assert len(names(plot.load({}, dict(list(people.items())[:28]), language="en"))) == 28


def test_bands_of_inclusion_are_those_of_the_classes():
    ax = plot.inclusion(audit.History(classes()), language="en")
    bands = [(bar.get_x(), bar.get_width()) for bar in ax.patches]
    assert bands == 2 * [(-0.5, 30), (29.5, 30), (59.5, 30)], "a band for each class, of three and of two deviations"
    drawn = list(ax.lines[0].get_ydata())
    assert [sum(drawn[i : i + 30]) for i in (0, 30, 60)] == [20, 50, 120]
    assert names(ax) == ["A", "B", "D"]


def test_names_of_classes_are_turned_or_left_out_where_they_have_no_room():
    many = plot.inclusion(history({f"class{i:02}": 6 for i in range(40)}), language="en")
    few = plot.inclusion(history({"catering": 12, "equipment": 2, "food": 10, "others": 300}), language="en")
    roomy = plot.inclusion(history({"catering": 12, "food": 10}), language="en")
    for ax, shown, rotation in [(many, 40, 90), (few, 3, 90), (roomy, 2, 0)]:
        ax.figure.canvas.draw()
        assert len(names(ax)) == shown and not overlap(ax.get_xticklabels())
        assert turned(ax) == {rotation}
    assert names(few) == ["catering", "food", "others"]
    assert list(few.get_xticks()) == [5.5, 18.5, 173.5], "the middle of each class"


def test_chinese_characters_take_more_room_than_letters():
    chinese_font()
    for name, rotation in [("检查员甲乙", 90), ("王小明", 0)]:
        ax = plot.load({}, {name + str(i): 1 for i in range(9)}, language="zh")
        ax.figure.canvas.draw()
        assert not overlap(ax.get_xticklabels()) and turned(ax) == {rotation}
    ax = plot.load({}, {f"abcde{i}": 1 for i in range(9)}, language="zh")
    assert turned(ax) == {0}


def test_english_pictures_show_chinese_data():
    font, people = chinese_font(), {"王小明": 1}
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of a missing glyph
        for ax in (
            plot.load({}, people, language="en"),
            plot.inclusion(history({"餐饮": 9, "B": 9}), language="en"),
            plot.timeline([("公告", DAY)], language="en"),
        ):
            ax.figure.canvas.draw()
            assert ax.title.get_fontfamily() == [*matplotlib.rcParams["font.family"], font]


def test_english_pictures_show_chinese_data_as_they_can_without_a_font(monkeypatch):
    def none():
        raise plot.NoChineseFont

    monkeypatch.setattr(plot, "chinese_font", none)
    assert names(plot.load({}, {"王小明": 1}, language="en")) == ["王小明"]


@pytest.mark.parametrize("number", [0, 1])
def test_small_numbers_stand_on_whole_ones(number):
    row = {"industry": "52", "class": None, "eligible": number, "quota": 0, "inspected": 0}
    rows, people = plot.coverage([row], language="en"), plot.load({}, {"I1": number}, language="en")
    for ax in (rows, people):
        ax.figure.canvas.draw()
        assert [label.get_text() for label in ax.get_yticklabels()] == [f"{tick:g}" for tick in ax.get_yticks()]
        assert ax.get_ylim()[0] == 0
    assert [text.get_text() for text in rows.texts] == [str(number), "0", "0"]


def test_whatever_comes_after_its_deadline_is_late():
    """On the days off after 30 September as well."""
    due = datetime.date(2026, 9, 30)
    done = [due + datetime.timedelta(days) for days in (-1, 0, 1, 7, 8, 9)]
    ax = plot.lateness([due] * len(done), done, on=done[-1], language="en")
    found = {round(bar.get_x() + 0.5): bar.get_height() for bar in ax.patches}
    assert found == {-1: 1, 0: 1, 1: 3, 2: 1}
    assert legend(ax) == ["deadline", "published in time (2)", "published late (4)"]


def test_open_results_are_overdue_or_not_yet_due_on_a_day():
    due = [datetime.date(2026, 9, 29), datetime.date(2026, 9, 30), datetime.date(2027, 1, 8)]

    def told(day):
        return legend(plot.lateness(due, [None] * 3, on=datetime.date(2026, 9, day), language="en"))[1:]

    assert told(29) == ["open, not yet due (3)", "of these provisional (1)"]
    assert told(30) == ["open, not yet due (2)", "open and overdue (1)", "of these provisional (1)"]


def test_a_timeline_is_ordered_by_the_instant_and_spares_the_other_axes():
    east = datetime.timezone(datetime.timedelta(hours=8))
    events = [
        ("second", datetime.datetime(2026, 9, 18, 3, tzinfo=datetime.timezone.utc)),
        ("first", datetime.datetime(2026, 9, 18, 9, tzinfo=east)),
        ("third", datetime.date(2026, 9, 19)),
    ]
    figure, (above, below) = pyplot.subplots(2, 1)
    above.plot([0, 1], [0, 1])
    ax = plot.timeline(events, language="en", ax=above)
    plot.timeline(events, language="en", ax=below)
    figure.canvas.draw()
    assert [text.get_text() for text in ax.texts] == ["first", "second", "third"]
    for ax in (above, below):
        labels = ax.get_xticklabels()
        assert labels and all(label.get_visible() and label.get_text() for label in labels)
        assert {label.get_rotation() for label in labels} == {30}


@pytest.mark.parametrize(("language", "long"), [("en", "announcement of the draw "), ("zh", "向社会公告抽查事项")])
def test_labels_of_a_timeline_stay_within_its_axes(language, long):
    if language == "zh":
        chinese_font()
    days = [DAY + datetime.timedelta(i) for i in range(9)]
    ax = plot.timeline([(f"{i} {long * 9}", day) for i, day in enumerate(days)], language=language)
    short = plot.timeline([("drawn", day) for day in days], language=language)
    for drawn in (ax, short):
        drawn.figure.canvas.draw()
    frame = ax.get_window_extent()
    for text in ax.texts:
        box = text.get_window_extent()
        assert frame.x0 < box.x0 and box.x1 < frame.x1
        assert text.get_text().startswith(text.get_text()[0] + " " + long) and text.get_text().endswith("…")
    assert frame.width > 0.95 * short.get_window_extent().width
    assert {text.get_text() for text in short.texts} == {"drawn"}


def test_a_label_of_a_timeline_with_wide_letters_leaves_the_axes_as_they_are():
    ax, short = (plot.timeline([(label, DAY)], language="en") for label in ("W" * 99, "drawn"))
    for drawn in (ax, short):
        drawn.figure.canvas.draw()
    assert ax.get_window_extent().width == short.get_window_extent().width
