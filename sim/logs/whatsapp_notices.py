"""What WhatsApp's notices tell of who came and went, in the languages it is used in most."""

from __future__ import annotations

import re

YOU = "You"
"""The exporter, who is not named in notices."""

_YOU = frozenset(
    ("you", "你", "您", "tú", "ti", "te", "você", "du", "dich", "vous", "tu", "je", "u", "вы",
     "вас", "anda", "siz", "sizi", "あなた", "회원님")
)  # fmt: skip
_LONGEST = 1000
_MOST_NAMES = 200

_JOIN, _LEAVE = "join", "leave"
_GROUP = r"(?:群组|群組|群聊|群|社群|社区)?"
_BY_LINK = r"(?:(?:使用|通过|透過|经由|經由).*?)?"
_THIS = r"(?:此|本|这个|這個|该|該)?"
# Each with one group for those who came or went; the first that fits decides.
_PATTERNS = tuple(
    (event, many, re.compile(pattern, re.IGNORECASE))
    for event, many, pattern in (
        # English
        (_JOIN, False, r"(.+) joined (?:using|via|from) .*(?:link|community|invite).*"),
        (_JOIN, False, r"(.+) joined(?: this| the)?(?: group| community)?(?: from .*)?"),
        (_JOIN, True, r"(.+) (?:was|were) added(?: by .+)?"),
        (_JOIN, True, r".+? added (.+?)(?: to (?:the|this) (?:group|community))?"),
        (_LEAVE, True, r"(.+) (?:was|were) removed(?: by .+)?"),
        (_LEAVE, True, r".+? removed (.+?)(?: from (?:the|this) (?:group|community))?"),
        (_LEAVE, False, r"(.+) left(?: the| this)?(?: group| community)?"),
        # Chinese
        (_JOIN, True, rf".+?\s*已?(?:添加|新增)了\s*(.+?)(?:[到至]{_GROUP})?"),
        (_JOIN, True, rf".+?\s*已?[将將把]\s*(.+?)\s*(?:添加|加入|新增)[到至]?了?{_GROUP}"),
        (_JOIN, False, rf"(.+?)\s*已?{_BY_LINK}\s*加入了?{_THIS}{_GROUP}"),
        (_JOIN, True, rf"(.+?)\s*已?被.{{0,60}}?(?:添加|加入|新增)[到至了]?{_GROUP}"),
        (_LEAVE, True, rf"(.+?)\s*已?被.{{0,60}}?(?:移除|移出)了?{_GROUP}"),
        (_LEAVE, True, rf".+?\s*已?[将將把]\s*(.+?)\s*(?:移除|移出)了?{_GROUP}"),
        (_LEAVE, True, r".+?\s*已?(?:移除|移出)了\s*(.+?)"),
        (_LEAVE, False, rf"(.+?)\s*已?(?:退出|离开|離開)了?{_THIS}{_GROUP}"),
        # Portuguese, Spanish, Italian, French
        (_JOIN, False, r"(.+) (?:entrou|se (?:ha )?uni[óo]|si è unit[oa]|a rejoint)\b.*"),
        (_JOIN, True, r".+? (?:adicionou|añadió a|agregó a|ha aggiunto|a ajouté) (.+)"),
        (_JOIN, True, r"(?:você|tú|ti|hai) (?:adicionou|añadiste a|agregaste a|aggiunto) (.+)"),
        (_LEAVE, True, r".+? (?:removeu|eliminó a|sacó a|ha rimosso|a retiré|a supprimé) (.+)"),
        (_LEAVE, False, r"(.+) (?:saiu|salió|ha abbandonato|è uscit[oa])\b.*"),
        (_LEAVE, False, r"(.+) (?:a quitté|est parti(?:\(?e\)?)?)\b.*"),
        # German, Dutch
        (_JOIN, True, r".+? (?:hat|hast|heeft|hebt) (.+) (?:hinzugefügt|toegevoegd)"),
        (_JOIN, True, r"(.+) (?:wurden?|is|zijn|werd|bist) (?:hinzugefügt|toegevoegd)"),
        (_JOIN, False, r"(.+) (?:ist|bist|is|neemt)\b.*(?:beigetreten|deel aan.*|lid geworden.*)"),
        (_LEAVE, True, r".+? (?:hat|hast|heeft|hebt) (.+) (?:entfernt|verwijderd)"),
        (_LEAVE, False, r"(.+) (?:hat|hast|heeft|hebt) (?:die Gruppe verlassen|de groep verlaten)"),
        # Russian, Indonesian, Turkish
        (_JOIN, True, r".+? (?:добавил(?:\(?а\)?)?|menambahkan) (.+)"),
        (_JOIN, False, r"(.+) (?:присоединил(?:ся|ась)|bergabung)\b.*"),
        (_JOIN, True, r".+?, (.+) (?:kişisini|kişilerini) ekledi"),
        (_JOIN, False, r"(.+?),? .*bağlantısını kullanarak katıldı"),
        (_LEAVE, True, r".+? (?:удалил(?:\(?а\)?)?|mengeluarkan) (.+)"),
        (_LEAVE, True, r".+?, (.+) (?:kişisini|kişilerini) çıkardı"),
        (_LEAVE, False, r"(.+) (?:вышел|вышла|покинул(?:\(?а\)?)?)\b.*"),
        (_LEAVE, False, r"(.+) (?:keluar|gruptan ayrıldı|ayrıldı)\b.*"),
        # Japanese, Korean
        (_JOIN, False, r"(.+?)(?:さん)?が.*(?:参加しました)[。]?"),
        (_JOIN, True, r".+?(?:さん)?が(.+?)(?:さん)?を追加しました[。]?"),
        (_LEAVE, True, r".+?(?:さん)?が(.+?)(?:さん)?を(?:削除|退出させ)(?:しました|ました)[。]?"),
        (_LEAVE, False, r"(.+?)(?:さん)?が(?:グループを)?退出しました[。]?"),
        (_JOIN, False, r"(.+?)님이 .*(?:참가|참여|입장)했습니다[.]?"),
        (_JOIN, True, r".+?님이 (.+?)님을 (?:추가|초대)했습니다[.]?"),
        (_LEAVE, True, r".+?님이 (.+?)님을 (?:삭제|내보)\S*했?습니다[.]?"),
        (_LEAVE, False, r"(.+?)님이 (?:나갔|퇴장했)습니다[.]?"),
    )
)  # fmt: skip
_OTHER = re.compile(
    r"end-to-end|端到端|端对端|點對點|encrypt|cifrad|criptograf|verschlüssel|chiffr|шифр|暗号化"
    r"|암호화|created (?:this )?group|创建了|建立了|changed (?:the|this|their|to)|security code"
    r"|安全码|安全碼|更改|变更|變更|pinned a message|turned (?:on|off)|disappearing|an admin\b"
    r"|管理员身份|管理員身份|criou o grupo|creó (?:el|este) grupo|hat die Gruppe .*erstellt"
    r"|a créé le groupe|mudou|cambió|geändert|group's (?:description|icon)|started a call"
    r"|request(?:ed)? to join|admin approval",
    re.IGNORECASE,
)
_LIST = re.compile(r"\s*(?:、|,\s|，|\s(?:and|y|e|und|et|en|и|dan|ve)\s|和|及)\s*")
_ENCRYPTED = re.compile(
    r"(?:messages|消息|訊息|信息|mensagens|mensajes|nachrichten|messaggi).{0,60}"
    r"(?:end-to-end|端到端|端对端|點對點|cifrad|criptograf|ende-zu-ende|crittograf)",
    re.IGNORECASE | re.DOTALL,
)
_NAMED_GROUP = re.compile(
    r"(?:group|subject|群组|群組|grupo|gruppe|groupe).*[\"“«]([^\"”»]+)[\"”»]", re.IGNORECASE
)
_SENTENCE = re.compile(
    r" created group| changed the (?:group|subject)| changed this group|创建了群|建立了群|更改了"
    r"| criou o grupo| creó el grupo| mudou o | cambió el | hat die Gruppe | a créé le groupe",
    re.IGNORECASE,
)


def told(text: str) -> tuple[str, list[str]] | None:
    """What a notice tells: ``join`` or ``leave`` and the names; None = neither."""
    if len(text) > _LONGEST or _OTHER.search(text):
        return None
    text = text.strip().removesuffix(".").removesuffix("。")
    for event, many, pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        if found is not None:
            names = _LIST.split(found[1])[:_MOST_NAMES] if many else [found[1]]
            return event, [_known(name) for name in names if name.strip()]
    return None


def is_notice(text: str) -> bool:
    """Whether a text could be a notice."""
    return told(text) is not None or _OTHER.search(text[:_LONGEST]) is not None


def is_encryption(text: str) -> bool:
    """Whether this is the notice with which every chat begins."""
    return _ENCRYPTED.search(text[:_LONGEST]) is not None


def begins_notice(text: str) -> bool:
    """Whether what stands before a colon is rather a sentence than a name."""
    return _SENTENCE.search(text) is not None


def group_name(text: str) -> str:
    """The group's name in a notice of its founding or renaming; empty = none."""
    found = _NAMED_GROUP.search(text[:_LONGEST])
    return found[1] if found else ""


def _known(name: str) -> str:
    name = name.strip()
    return YOU if name.casefold() in _YOU else name
