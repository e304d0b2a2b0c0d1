"""What a careful clerk would note of a plan's acts in a notebook, in plain Python: the model of legal time."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

DAYS_TO_EFFECT = dt.timedelta(days=11)  # published, the tenth day after, and one more: TUEL 134 c. 3

Text = str | None
"""What an act writes of an objective: its new text, or None where it takes it out of the plan."""


@dataclass
class Noted:
    """An act: when it was adopted, from when it has effect, what it writes of which objective."""

    number: int
    session: dt.date
    immediate: bool
    texts: dict[int, Text]
    published: dt.date | None = None
    certified: dt.date | None = None

    @property
    def effect(self) -> dt.date | None:
        """The day from which it has effect; None while nobody knows (R17)."""
        if self.immediate:
            return self.session
        return self.certified or (self.published + DAYS_TO_EFFECT if self.published else None)

    @property
    def place(self) -> tuple[dt.date, int]:
        """Where it stands among the acts."""
        return self.session, self.number

    @property
    def days_in_order(self) -> bool:
        """Session, publication and enforceability follow each other (R14)."""
        begin = self.session if self.immediate else self.published or self.session
        return not ((self.published and self.published < self.session) or (self.certified and self.certified < begin))


@dataclass
class Clerk:
    """The notebook: the acts registered so far, and settore and number of each objective."""

    acts: list[Noted] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)

    def last(self, objective: int, before: Noted | None = None) -> Noted | None:
        """The act that wrote of the objective last, of all of them or of those before one."""
        wrote = [act for act in self.acts if objective in act.texts and (before is None or act.place < before.place)]
        return max(wrote, key=lambda act: act.place, default=None)

    def may_follow(self, act: Noted, before: Noted | None) -> bool:
        """An act changes only what an earlier one wrote, and never takes effect before it (R09, R17)."""
        if before is None:
            return True
        in_time = act.effect is None or (before.effect is not None and before.effect <= act.effect)
        return before.place < act.place and in_time

    def accepts(self, act: Noted, numbers: dict[int, int]) -> bool:
        """Whether the act fits what is noted: its number, its days, its place, and the objectives' numbers (R04)."""
        free = act.number not in {one.number for one in self.acts}
        in_order = all(self.may_follow(act, self.last(objective)) for objective in act.texts)
        left = {**self.standing(self.acts), **act.texts}
        given = [numbers[objective] for objective, text in left.items() if text is not None]
        return free and act.days_in_order and in_order and len(given) == len(set(given))

    def accepts_dates(self, act: Noted, dated: Noted) -> bool:
        """Whether the dates fit: in order, without moving an effect that is noted, nor before what the act changes."""
        before = [self.last(objective, before=act) for objective in act.texts]
        moves = act.effect not in (None, dated.effect)
        return dated.days_in_order and not moves and all(self.may_follow(dated, one) for one in before)

    def note(self, act: Noted, numbers: dict[int, int]) -> None:
        """Write it down."""
        self.acts.append(act)
        self.numbers = numbers

    def standing(self, acts: Iterable[Noted]) -> dict[int, str]:
        """What is in force when exactly these acts have effect: the last word of each objective."""
        texts: dict[int, Text] = {}
        for act in sorted(acts, key=lambda one: one.place):
            texts |= act.texts
        return {objective: text for objective, text in texts.items() if text is not None}

    def on(self, day: dt.date) -> dict[int, str]:
        """What is in force on a day."""
        return self.standing(act for act in self.acts if act.effect and act.effect <= day)

    def after(self, act: Noted) -> dict[int, str]:
        """The plan as it results from an act and those before it."""
        return self.standing(one for one in self.acts if one.place <= act.place)

    def days(self) -> Sequence[dt.date]:
        """Every day from the one before the first session to the last effect."""
        known = [day for act in self.acts for day in (act.session, act.effect) if day]
        if not known:
            return []
        first = min(known) - dt.timedelta(days=1)
        return [first + dt.timedelta(days=n) for n in range((max(known) - first).days + 1)]
