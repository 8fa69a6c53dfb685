"""Names for members of the simulation, who have none: English, Chinese, and the English pronoun.

Nobody is meant. A member keeps his name over runs and variants because it is made from the number
that keys his luck.
"""

from __future__ import annotations

_HER = (
    "Emma 小林", "Olivia 小雨", "Mia 小美", "Chloe 晓晴", "Lily 小荷", "Grace 阿兰", "Zoe 小诗",
    "Hannah 小月", "Ruby 阿红", "Alice 爱丽", "Nora 小诺", "Ella 小艾", "Julia 朱姐", "Clara 可可",
    "Iris 小鸢", "Sophie 小菲", "Lucy 露露", "Anna 安安", "Maya 玛雅", "Rose 玫玫", "Ivy 小藤",
    "Molly 茉莉", "Daisy 小菊", "Kate 凯姐", "Amy 艾米", "Bella 贝贝", "Fiona 小芬", "Holly 冬冬",
    "Jane 小简", "Laura 萝拉", "Megan 小梅", "Nina 妮妮", "Paula 阿宝", "Rachel 小瑞", "Sarah 小莎",
    "Tina 婷婷", "Vera 薇薇", "Wendy 文姐", "Yuna 小允", "Eva 小夏", "Carol 阿乐", "Diana 黛黛",
    "Elena 小莲", "Freya 飞飞", "Gina 静姐", "Helen 海伦", "Ines 小英", "Joan 琼姐", "Kira 琪琪",
    "Leah 丽姐", "Mona 小墨", "Olga 欧姐", "Pam 潘潘", "Rita 丽塔", "Stella 小星", "Tess 甜甜",
    "Una 小优", "Violet 紫薇", "Willa 小溪", "Zara 小柒",
)  # fmt: skip
_HIM = (
    "Tom 老汤", "Jack 阿杰", "Leo 小乐", "Max 大马", "Ben 阿本", "Sam 山山", "Noah 诺亚", "Oscar 阿奥",
    "Henry 老亨", "Jacob 雅各", "Luke 小陆", "Adam 阿当", "Ryan 小任", "Eric 老艾", "Felix 小非",
    "Hugo 老胡", "Ivan 阿凡", "Karl 老卡", "Liam 小廉", "Mark 老马", "Neil 阿尼", "Owen 阿文",
    "Paul 阿保", "Ray 阿雷", "Scott 老施", "Theo 小西", "Victor 阿维", "Will 小威", "Zack 小扎",
    "Alan 阿伦", "Brian 老白", "Chris 小克", "Dan 阿旦", "Ethan 小伊", "Frank 老方", "Gary 阿凯",
    "Harry 小哈", "Ian 老颜", "John 强子", "Kevin 凯子", "Larry 小雷", "Mike 阿迈", "Nick 小倪",
    "Oliver 大力", "Peter 老彭", "Quinn 老秦", "Rob 阿波", "Steve 老石", "Tim 小田", "Vince 小温",
    "Walt 老沃", "Xander 小山", "York 阿约", "Andy 安子", "Bob 老包", "Carl 老柯", "Dave 大伟",
    "Ed 阿德", "Fred 阿福", "Greg 老葛",
)  # fmt: skip

NAMES: tuple[tuple[str, str, str], ...] = tuple(
    (*pair.split(), pronoun)  # type: ignore[misc]
    for both in zip(_HER, _HIM, strict=True)
    for pair, pronoun in zip(both, ("she", "he"), strict=True)
)
"""(English, Chinese, pronoun) of each name."""

PRONOUNS: dict[str, dict[str, str]] = {
    "she": {"he": "she", "him": "her", "his": "her"},
    "he": {"he": "he", "him": "him", "his": "his"},
}
"""English forms; Chinese stories do without."""

NUMBERS: dict[str, tuple[str, ...]] = {
    "en": (
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ),
    "zh": ("零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"),
}  # fmt: skip
"""Small numbers before a noun."""
