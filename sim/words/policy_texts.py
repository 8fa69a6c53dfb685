"""What policies say about themselves, in both languages: parameters, evidence, ways to fail.

Keys are ``setting.<policy>.<parameter>``, ``evidence.<policy>.<number>`` and
``failure.<policy>.<number>``, numbered from 1 in the order of the policy's own class. A policy that
is not here speaks the English of its class.
"""

from __future__ import annotations

from sim.words.policy_texts_earning import EARNING
from sim.words.policy_texts_getting import GETTING

POLICY_TEXTS: dict[str, tuple[str, str]] = {
    **GETTING,
    **EARNING,
    "setting.value_content.amount": (
        "pieces on a day of content",
        "发干货的那天发几条",
    ),
    "setting.value_content.quality": (
        "quality, 1 = a usual piece",
        "质量，1 = 平常水平",
    ),
    "evidence.value_content.1": (
        "Persistence matters more than volume (handbook D1)",
        "持续比数量重要（手册 D1）",
    ),
    "evidence.value_content.2": (
        "Information saturates at about 40 relevant messages (Ren and Kraut)",
        "有用的消息到 40 条左右就饱和了（Ren 和 Kraut）",
    ),
    "failure.value_content.1": (
        "Owners are hot at the start and go downhill within two years (handbook A1)",
        "群主开头最有劲，两年内走下坡（手册 A1）",
    ),
    "failure.value_content.2": (
        "Messages beside the point cost attention: too many are the first reason to unsubscribe",
        "不对胃口的消息消耗注意力，太多是退订的头号原因",
    ),
    "setting.red_packet.amount": ("yuan each time and group", "每个群每次多少元"),
    "setting.red_packet.shares": ("shares of a packet", "一个红包分几份"),
    "evidence.red_packet.1": (
        "Of each yuan received, 0.18 is sent back to the group within a day (Yuan et al. 2024, 36 million packets, 174,131 groups)",
        "每收到 1 元，一天内回发到群里 0.18 元（Yuan 等 2024，3600 万个红包，174131 个群）",
    ),
    "evidence.red_packet.2": (
        "Participation and ties within the group rise (Yuan et al. 2017, 61 million packets; the size is not known)",
        "群里参与更多、关系更紧（Yuan 等 2017，6100 万个红包；幅度未知）",
    ),
    "failure.red_packet.1": (
        "Members get used to it: the effect of a gift falls with the gifts before it (Chaudhry et al., a live chat; how fast in WeChat is not known)",
        "大家会习惯：前面发得越多，后面越不管用（Chaudhry 等，直播聊天；微信里快慢未知）",
    ),
    "failure.red_packet.2": (
        "Four fifths of the money is not sent back within a day (Yuan et al. 2024), and it draws deal hunters",
        "五分之四的钱一天内不会发回来（Yuan 等 2024），还会引来羊毛党",
    ),
}
