"""A district's draw with Polars: classes from a frame, the draw, and back to the frame."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import yicha

TARGETS = Path(__file__).resolve().parents[1] / "data" / "district" / "targets.csv"


def main() -> None:
    register = pl.read_csv(TARGETS, infer_schema=False)
    code, risk = "检查对象代码", "信用风险分类"
    usable = register.filter(pl.col(code).is_not_null(), pl.col(risk).is_in(["A", "B", "C", "D"])).unique(code)
    print(f"{usable.height} targets in", dict(usable.group_by(risk).len().sort(risk).iter_rows()))

    key = yicha.new_key()  # kept as secret as the roster
    roster = yicha.Roster(usable, id=code, stratum=risk, standing=None).commit(key)
    nonces = {department: yicha.new_key() for department in ("411302-SCJG", "411302-YJGL")}
    scheme = "411302-2026-0017"
    announcement = yicha.Announcement.targets(
        roster,
        [yicha.Rule(risk.value, risk.henan_2021_rate) for risk in yicha.RiskClass],
        scheme=scheme,
        contributions={
            department: yicha.commit_nonce(nonce, scheme=scheme, stage="targets", department=department)
            for department, nonce in nonces.items()
        },
        announced="2026-03-25T01:00:00Z",
        reveal_by="2026-03-25T02:00:00Z",
    )
    drawn = yicha.Announced.first(announcement).seal(nonces).draw(roster)

    found = pl.DataFrame(drawn.to_table()).join(usable, left_on="id", right_on=code)
    print(found.group_by("stratum").len().sort("stratum"))
    print(f"assurance {announcement.assurance}: {announcement.assurance_in_words('en')}")


if __name__ == "__main__":
    main()
