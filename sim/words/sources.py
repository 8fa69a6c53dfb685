"""Where defaults come from, in Chinese: the sources that are no publication.

What names a publication stays as it is declared, so that it can be found.
"""

from __future__ import annotations

SOURCES: dict[str, str] = {
    "assumption": "假设",
    "none": "没有文献：假设",
    "none; sweep": "没有文献：假设，宜多试几个值",
    "none: a property of the scenario": "没有文献：由群的设定决定",
    "none; a property of the platform": "没有文献：由平台决定",
    "none (handbook: A2, D15)": "没有文献：假设（手册 A2、D15）",
    "none (handbook: A4, quality before number)": "没有文献：假设（手册 A4：质量先于数量）",
    "none (handbook: C13)": "没有文献：假设（手册 C13）",
    "none (handbook: D1)": "没有文献：假设（手册 D1）",
    "none (handbook: D2)": "没有文献：假设（手册 D2）",
    "none (handbook: D3, D19)": "没有文献：假设（手册 D3、D19）",
    "none (handbook: D11)": "没有文献：假设（手册 D11）",
    "none; sweep (handbook: F2)": "没有文献：假设，宜多试几个值（手册 F2）",
    "none: no study of split groups was found": "没有找到拆群的研究：假设",
    "a property of the scenario": "由群的设定决定",
    "a property of the scenario (handbook: A2)": "由群的设定决定（手册 A2）",
    "a property of the scenario (handbook: A3)": "由群的设定决定（手册 A3）",
    "a property of the scenario (handbook: A4)": "由群的设定决定（手册 A4）",
    "a property of the scenario (handbook: A6)": "由群的设定决定（手册 A6）",
    "a property of the scenario (handbook: F8)": "由群的设定决定（手册 F8）",
    "a property of the community, from its log": "由群的聊天记录得出",
    "a property of the community, from its log; even where there is none": "由群的聊天记录得出；没有记录时各天相同",
    "a property of the community, from its log; 1 where there is none": "由群的聊天记录得出；没有记录时为 1",
    "rule set on 40 real logs": "按 40 份真实记录定的规则",
    "chosen on the training logs, families left out": "按训练用的聊天记录选定，分组留出检验",
    "fitted": "按公开发表的数据拟合",
    "fitted; kinds after Ren and Kraut 2014": "拟合；种类依据 Ren 和 Kraut 2014",
    "fitted; form after Ren and Kraut 2014": "拟合；形式依据 Ren 和 Kraut 2014",
    "fitted (organic groups .38)": "拟合（自发群为 0.38）",
    "as hunter.share_open": "同 hunter.share_open",
    "handbook: A1 (downhill within two years)": "手册 A1（两年内走下坡）",
    "platform rules: WeChat 500, QQ 2000": "平台规则：微信群 500 人，QQ 群 2000 人",
    "platform rules: WeChat groups above 200 are joined by invitation only": "平台规则：微信群超过 200 人只能邀请进群",
    "usual fee of payment platforms": "支付平台的通常费率",
    "practitioners: 2 to 10 % of free members pay": "从业者：免费成员里 2% 到 10% 会付费",
    "legal limit of three levels; from memory, not verified": "法定上限三级；凭记忆，未核实",
    "handbook D2: at least three interactions a day": "手册 D2：一天至少互动三次",
    "handbook D19: step by step": "手册 D19：先预热",
}
