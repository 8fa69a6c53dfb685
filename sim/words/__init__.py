"""The one catalogue of words: every label and sentence a person reads, in English and Chinese.

The terminal, the report, the web page and exported tables all say the same thing in the same words
because they take them from here. Lower layers raise coded errors (``sim.errors``) and never write
prose. To add a word, add one line to the data module of its section; a test holds both languages
to the same keys and the same placeholders.

Example:
    >>> words = Words("zh")
    >>> words.kpi("active_30d")
    '月活'
    >>> words.say("chance.probable")
    '多半'
"""

from __future__ import annotations

import importlib
import locale
import os
import re
import string
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from sim.errors import UserError, UserErrors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sim.words.kpis import Kpi
    from sim.words.policies import Policy

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

# Section (first part of a key) -> module and table that hold it. Modules are read when first asked
# for, so that printing help does not read the texts of a report.
_TABLES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        (
            "role", "stage", "stage_short", "audience", "channel", "left", "preset", "platform", "motive",
            "state", "term", "confidence", "mark", "about", "weekday",
        ),
        ("people", "PEOPLE"),
    ),
    **dict.fromkeys(("account", "class"), ("people", "ACCOUNTS")),
    **dict.fromkeys(
        ("verb", "button", "unit", "verdict", "word", "badge", "chance", "goal", "ui"),
        ("interface", "INTERFACE"),
    ),
    **dict.fromkeys(("case", "rider", "choice"), ("verdicts", "VERDICTS")),
    "compare": ("comparisons", "COMPARISONS"),
    "explain": ("explaining", "EXPLAINING"),
    "discover": ("discovering", "DISCOVERING"),
    "factor": ("sensitivity_figures", "SENSITIVITY_FIGURES"),
    "plan": ("planning", "PLANNING"),
    "sensitivity": ("sensitivity", "SENSITIVITY"),
    **dict.fromkeys(
        ("run", "progress", "stop", "warning", "font", "bench"), ("terminal", "TERMINAL")
    ),
    **dict.fromkeys(("report", "method"), ("pages", "PAGES")),
    "figure": ("figures", "FIGURES"),
    "cli": ("commands", "COMMANDS"),
    "describe": ("portrait", "PORTRAIT"),
    "log": ("importing", "IMPORTING"),
    "backtest": ("backtests", "BACKTESTS"),
    "ci": ("regression", "REGRESSION"),
    "forecast": ("forecasts", "FORECASTS"),
    "fit": ("fitting", "FITTING"),
    "target": ("targets", "TARGETS"),
    "life": ("lives", "LIVES"),
    "set": ("settings", "SETTINGS"),
    "results": ("results", "RESULTS"),
    "meaning": ("meanings", "MEANINGS"),
    **dict.fromkeys(("setting", "evidence", "failure"), ("policy_texts", "POLICY_TEXTS")),
    "kind": ("errors", "KINDS"),
    "error": ("errors", "ERRORS"),
    "web": ("web", "WEB"),
}  # fmt: skip

SCHEDULE = ("start", "stop", "every", "weekdays", "when", "groups", "to")
"""Settings that every policy has: when, where and for whom."""

_NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")

MOST_ERRORS = 10
"""Mistakes of one input that are shown; a longer list is cut and says so."""


class Words:
    """The words of one language.

    Args:
        lang: ``"en"`` or ``"zh"``.

    Raises:
        ValueError: Another language.
    """

    __slots__ = ("_column", "lang")

    def __init__(self, lang: Language) -> None:
        if lang not in LANGUAGES:
            raise ValueError(f"no words in {lang!r}; there are {', '.join(LANGUAGES)}")
        self.lang: Language = lang
        self._column = LANGUAGES.index(lang)

    def __repr__(self) -> str:
        return f"Words({self.lang!r})"

    def say(self, key: str, **values: object) -> str:
        """The text of a key with its values filled in.

        Args:
            key: Dotted key, e.g. ``"verdict.better"``.
            **values: One value per placeholder; a list is joined as the language does.

        Returns:
            The text in this language.

        Raises:
            KeyError: No such key, or a placeholder without a value.
        """
        text = _table(key)[key][self._column]
        return text.format(**{name: self.text(value) for name, value in values.items()})

    def template(self, key: str) -> str:
        """The text of a key with its ``{placeholders}``, for a page that fills them in.

        Raises:
            KeyError: No such key.
        """
        return _table(key)[key][self._column]

    def has(self, key: str) -> bool:
        """Whether the catalogue has this key."""
        try:
            return key in _table(key)
        except KeyError:
            return False

    def text(self, value: object) -> str:
        """A value as it stands in a sentence: lists joined, nothing as a dash."""
        if value is None:
            return "—"
        if isinstance(value, (list, tuple, set, frozenset)):
            return self.join([str(item) for item in value])
        return str(value)

    def join(self, items: Sequence[str]) -> str:
        """Items of a list in one line: ``a, b`` or ``a、b``."""
        return ("、" if self.lang == "zh" else ", ").join(items)

    def quote(self, text: str) -> str:
        """A name in quotation marks."""
        return f"“{text}”" if self.lang == "zh" else f'"{text}"'

    def kpi(self, key: str) -> str:
        """The label of a KPI; an unknown one is named by its key."""
        entry = self.kpi_entry(key)
        return key if entry is None else (entry.en, entry.zh)[self._column]

    def kpi_meaning(self, key: str) -> str:
        """What a KPI counts, in one sentence; empty if it is not in the catalogue."""
        entry = self.kpi_entry(key)
        return "" if entry is None else (entry.en_meaning, entry.zh_meaning)[self._column]

    def kpi_entry(self, key: str) -> Kpi | None:
        """The catalogue's entry of a KPI, with the unit that says how to print it."""
        from sim.words.kpis import KPIS

        return KPIS.get(key)

    def policy(self, key: str) -> str:
        """The name of a policy; ``red_packet#2`` keeps its number, an unknown one its key."""
        name, _, number = key.partition("#")
        entry = self.policy_entry(name)
        label = name if entry is None else (entry.en, entry.zh)[self._column]
        return f"{label} #{number}" if number else label

    def policy_entry(self, key: str) -> Policy | None:
        """The catalogue's entry of a policy, with its handbook id."""
        from sim.words.policies import POLICIES

        return POLICIES.get(key)

    def setting(self, use: str, name: str, value: object) -> str:
        """How a policy is set, as operators say it: ``¥200 each time``.

        Args:
            use: Key of the policy, perhaps numbered.
            name: Name of the setting, one of its own or of when and for whom.
            value: As it is written; a list is joined.

        Returns:
            The text; a setting without words of its own as ``name=value``.
        """
        from sim.words.policies import POLICIES

        shown = value
        if name == "weekdays" and isinstance(value, (list, tuple)):
            shown = [self._label("weekday", str(one)) for one in value]
        elif name == "to" and isinstance(value, str):
            shown = self.audience(value)
        elif isinstance(value, float):
            shown = f"{value:g}"
        text = self.text(shown)
        if name == "every" and text == "1":
            return self.say("set.every_day")
        use = use.partition("#")[0]
        known = (f"set.{use}.{name}", f"set.{name}.{text}", f"set.{name}")
        key = next((one for one in known if self.has(one)), None)
        # A policy from elsewhere may mean anything by a name that ours use too.
        if key is None or (use not in POLICIES and name not in SCHEDULE):
            return f"{name}={text}"
        percent = f"{100 * float(text):g}" if _NUMBER.fullmatch(text) else text
        return self.say(key, x=text, percent=percent)

    def role(self, key: str) -> str:
        """The name of a role."""
        return self._label("role", key)

    def stage(self, key: str) -> str:
        """The name of a lifecycle stage."""
        return self._label("stage", key)

    def channel(self, key: str) -> str:
        """How a member arrived."""
        return self._label("channel", key)

    def audience(self, text: str) -> str:
        """Whom a policy is for, from the way it is written: ``newcomers:7``, ``role:leader``."""
        kind, _, rest = text.partition(":")
        label = self.role if kind == "role" else self.channel
        names = self.join([label(name) for name in rest.split("+")])
        return self.say(f"audience.{kind}", days=rest, level=rest, names=names)

    def preset(self, key: str) -> str:
        """The name of a kind of community; a file's own name stays as it is."""
        return self._label("preset", key)

    def parameter(self, path: str, note: str) -> str:
        """What a parameter means; ``note`` is the English of its declaration."""
        from sim.words.parameters import NOTES

        return NOTES.get(path, note) if self.lang == "zh" else note

    def unit(self, unit: str) -> str:
        """A unit as parameters declare it."""
        from sim.words.parameters import UNITS

        return UNITS.get(unit, unit) if self.lang == "zh" else unit

    def source(self, source: str) -> str:
        """Where a default comes from; ``source`` is the English of its declaration."""
        from sim.words.sources import SOURCES

        return SOURCES.get(source, source) if self.lang == "zh" else source

    def account(self, key: str) -> str:
        """The name of an account of the ledger."""
        return self._label("account", key)

    def badge(self, key: str) -> str:
        """The honest badge: ``not_fitted``, ``fitted`` or ``backtested``."""
        return self._label("badge", key)

    def error(self, error: UserError) -> str:
        """One message for a user's mistake: what is wrong, where, how to mend it.

        Args:
            error: What was raised. Of several mistakes (``UserErrors``) at most ten are shown.

        Returns:
            One line a mistake. A reason that the catalogue does not know is shown with its values
            rather than hidden behind a failure of the message itself.
        """
        if isinstance(error, UserErrors):
            shown = [self.error(one) for one in error.errors[:MOST_ERRORS]]
            if (rest := len(error.errors) - MOST_ERRORS) > 0:
                shown.append(self.say("error.more", count=rest))
            return "\n".join(shown)
        kind = f"kind.{error.kind}"
        head = self.say(kind) if self.has(kind) else error.kind.replace("_", " ").capitalize()
        return f"{head}{'：' if self.lang == 'zh' else ': '}{self._sentence(error)}"

    def _sentence(self, error: UserError) -> str:
        key = f"error.{error.kind}.{error.reason}"
        if not self.has(key):
            listed = [f"{name} = {self.text(value)}" for name, value in error.values.items()]
            reason = error.reason.replace("_", " ")
            return f"{reason}{self._where({'file': self.join(listed)})}" if listed else reason
        values: dict[str, object] = {name: self.text(v) for name, v in error.values.items()}
        values["where"] = self._where(error.values)
        values["meant"] = self._meant(error.values.get("suggestion"))
        values["platform_name"] = self._label("platform", str(error.values.get("platform", "")))
        return _Lenient().vformat(_table(key)[key][self._column], (), values)

    def _where(self, values: Mapping[str, object]) -> str:
        """`` (base.toml, line 12)`` or ``（base.toml 第 12 行）``; empty if no place is known."""
        file, line, column = (values.get(name) for name in ("file", "line", "column"))
        if self.lang == "zh":
            number = (f"第 {line} 行" if line else "") + (f"第 {column} 列" if column else "")
            parts = [str(part) for part in (file, number) if part]
            return f"（{' '.join(parts)}）" if parts else ""
        parts = [str(file)] if file else []
        parts += [f"line {line}"] if line else []
        parts += [f"column {column}"] if column else []
        return f" ({', '.join(parts)})" if parts else ""

    def _meant(self, suggestion: object) -> str:
        """The question after a near miss: ``是不是 knowledge？``; empty without one."""
        if not suggestion:
            return ""
        names = suggestion if isinstance(suggestion, (list, tuple)) else [suggestion]
        joined = (" 或 " if self.lang == "zh" else " or ").join(str(name) for name in names)
        return f"是不是 {joined}？" if self.lang == "zh" else f" Did you mean {joined}?"

    def _label(self, section: str, key: str) -> str:
        full = f"{section}.{key}"
        return self.say(full) if self.has(full) else key


class _Lenient(string.Formatter):
    """Shows ``?`` for a value that was not given: an error message must never fail itself."""

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> object:
        return kwargs.get(str(key), "?")


def _table(key: str) -> dict[str, tuple[str, str]]:
    section = key.partition(".")[0]
    if section not in _TABLES:
        raise KeyError(key)
    module, name = _TABLES[section]
    table = getattr(importlib.import_module(f"sim.words.{module}"), name)
    return cast("dict[str, tuple[str, str]]", table)


def all_keys() -> Iterator[str]:
    """Every key that :meth:`Words.say` knows (KPIs and policies have methods of their own)."""
    for module, name in dict.fromkeys(_TABLES.values()):
        yield from getattr(importlib.import_module(f"sim.words.{module}"), name)


def detect_language(
    option: str | None = None, *, environ: Mapping[str, str] | None = None
) -> Language:
    """The language to speak: ``--lang``, else ``QUNSIM_LANG``, else the locale, else English.

    Args:
        option: What ``--lang`` said, if anything.
        environ: Environment; the process's own by default.

    Raises:
        UserError: ``wrong_form``/``language`` if ``--lang`` names a language without words.
    """
    if option is not None:
        if (found := _language_of(option)) is None:
            raise UserError("wrong_form", "language", value=option)
        return found
    environ = os.environ if environ is None else environ
    for name in ("QUNSIM_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            return _language_of(value) or "en"
    return _language_of(locale.getlocale()[0] or "") or "en"


def _language_of(text: str) -> Language | None:
    """``zh_CN.UTF-8``, ``zh-Hans``, ``Chinese (Simplified)_China`` -> ``zh``; likewise English."""
    match re.split(r"[^a-z]", text.strip().lower(), maxsplit=1)[0]:
        case "zh" | "cn" | "chinese" | "cmn":
            return "zh"
        case "en" | "english" | "c" | "posix":
            return "en"
        case _:
            return None
