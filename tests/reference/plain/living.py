"""Phases 5 to 9: benefit, inviting, buying, leaving, roles."""

import math

from .arriving import yuan_to_fen
from .founding import count_week, refresh_habit
from .numbers import HALF, ONE, TWO, ZERO, F, exp, ln, logistic, quantile
from .opening import interest, stimulus
from .people import LEADER, LURKER, OWNER, SEED_USER, leave, pay_together
from .talking import hurdle_geometric

MOST_INVITES = 250


def information(c, match, total, substance, hunter):
    read = min(total, c.cost.capacity)
    share = match / max(total, F(1e-6))
    gain = ONE - exp(-(share * read + substance) / c.benefit.info_half)
    return c.benefit.information * gain * (ONE - HALF * hunter) - c.cost.reading * read / max(
        share, F(0.05)
    )


def moved(value, net, opened, c):
    """Engagement (or lift) after the day."""
    return value + (c.engagement.learn * (net - value) if opened else -c.engagement.forget * value)


def feel(world, group, person, day_of_group):
    """Phase 5 of one person."""
    c, d, today = world.c, day_of_group, person.dose
    treat = F(stimulus(c, today, group)[1])
    openers, ops = F(d["openers"]), F(d["pieces"])
    hunter, opened = F(person.hunter), F(person.opened)
    plain_astray = F(min(0.9, float(c.talk.offtopic) * (1.0 + 0.5 * d["openers"] / 500.0)))
    noise = F(3) * today["promo"] + F(0.25) * today["ritual"] * openers + today["push_noise"]
    volume, plain = F(d["kept"]), F(d["written"] - d["pieces"])
    breadth = c.talk.breadth * F(person.group.focus)
    q = interest(breadth, person.fit)
    taste = F(0.4) + F(0.6) * q
    spared = ONE - F(0.15) * today["moderation"] * breadth
    plain_match = q * (ONE - plain_astray) * plain
    match = min(plain_match * spared, volume - ops) + q * ops
    total = match + (volume + noise - match) * (ONE - F(0.7) * today["personal"])
    bond = c.benefit.company * (
        ONE - exp(-person.company / c.benefit.company_half)
    ) + c.benefit.recognition * (ONE - exp(-person.got))
    extras = c.benefit.treat * min(ONE, treat * (ONE + hunter)) + F(0.08) * (
        today["ritual"] + today["care"]
    )
    substance = c.benefit.piece * today["content"] * today["quality"]
    net = bond + extras + information(c, match, total, substance * taste, hunter)
    net_plain = bond + information(c, plain_match, plain, ZERO, hunter)
    net = min(ONE, max(ZERO, net))
    net_plain = min(ONE, max(ZERO, net_plain))
    person.engagement = moved(person.engagement, net, person.opened, c)
    person.lift = moved(person.lift, net - net_plain, person.opened, c)
    promo = today["promo"] + F(0.25) * today["soft"]
    seen = promo * (opened if person.opened else F(0.3) * (ONE - F(person.muted)))
    offered = today["quality"] * (today["content"] + F(0.3) * today["soft"])
    good = min(ONE, offered * taste + today["care"] + today["service"])
    trust = person.trust
    gained = c.trust.up * (good + F(0.3) * net) * (ONE - trust) * opened
    lost = c.trust.down * seen / person.tolerance * trust
    home = c.trust.home * (c.member.trust_start - trust)
    person.trust = min(ONE, max(ZERO, trust + gained - lost + home))
    half = exp(-F(0.6931472) / c.fatigue.half_life)
    person.fatigue = person.fatigue * half + seen
    person.grief = person.grief * F(0.967)
    memory = c.role.standing_memory
    person.standing = memory * person.standing + (ONE - memory) * person.got
    person.points = person.points + today["points"] * (F(person.spoke) + HALF * person.got)


def renew(world, day, group, person, today):
    c = world.c
    if not person.paid or person.paid_until != day:
        return
    lapse = quantile(world.luck.four("trait", person.id, 0, 1)[2], world.tables["lapse"])
    pull = float(c.buy.renew_trust) * float(person.trust - c.member.trust_start)
    odds = (1.0 - lapse) / max(lapse, 1e-9) * math.exp(pull)
    v = float(world.luck.four("invite", person.id, day, 1)[1])
    person.paid = False
    pay_together(person, F(-1))
    if v < odds / (1.0 + odds) and today["price_member"] > ZERO:
        price = yuan_to_fen(today["price_member"])
        paid = sell(world, day, group, person, today, "membership", "price_member", price, 1.0)
        start_period(day, person, today)
        world.books.count(day, group, "payers", 1 if paid > 0 else 0)


def sell(world, day, group, person, today, account, lever, price, off):
    amount = math.floor(price * off + 0.5)
    world.book(day, group, account, lever, amount)
    world.book(day, group, "gross_sales", lever, price)
    world.book(day, group, "discount_given", lever, price - amount)
    fee = math.floor(float(world.c.price.payment_fee) * amount + 0.5)
    world.book(day, group, "platform_fee", lever, fee)
    contribution = amount - fee
    if today["commission"] > ZERO and person.inviter is not None:
        share = math.floor(float(today["commission"]) * amount + 0.5)
        world.book(day, group, "commission_out", "commission", share)
        contribution -= share
    person.spent += amount
    world.books.credit(day, person, contribution)
    return amount


def period_end(day, today):
    return min(day + int(today["period_member"]), 32000)


def start_period(day, person, today):
    if not person.paid:
        person.paid = True
        pay_together(person, ONE)
    person.paid_until = period_end(day, today)


def invite_mean(world, day, person, life, heat, today):
    c = world.c
    urge = exp(-F(day - person.joined) / c.invite.tau) + c.invite.floor + c.invite.burst * heat
    return (
        c.invite.rate
        * person.engagement
        * life
        * urge
        * (ONE + c.invite.reward * (today["invite_reward"] + today["commission"]))
        * (ONE + today["ask"])
        * person.friends
        / (person.friends + F(3))
        * (ONE if person.role == LURKER else c.role.inviting)
    )


def wants_to_invite(world, day, person, life, today, u):
    if today["quota"] < ZERO:
        return False
    size = world.c.invite.burst_size
    mean = invite_mean(world, day, person, life, person.heat, today) if person.opened else ZERO
    wants = bool(u < mean / (size + mean))
    person.heat = F(0.35) * person.heat + F(wants)
    return wants


def invite(world, day, group, person, life, market_left, today):
    c, luck = world.c, world.luck
    before = max(ZERO, (person.heat - ONE) / F(0.35))
    mean = invite_mean(world, day, person, life, before, today)
    u = luck.four("live", person.id, day)[0]
    count = max(1, hurdle_geometric(u, mean, c.invite.burst_size))
    count = min(count, int(person.friends), MOST_INVITES)
    scarce = today["quota"] > ZERO
    chance = (
        c.invite.accept
        * (F(0.7) + F(0.6) * person.engagement)
        * (ONE + HALF * today["invite_gift"])
        * (ONE - F(0.3) * today["entry"])
        * (c.invite.scarcity if scarce else ONE)
        * F(market_left)
    )
    person.friends = person.friends - F(count)
    for k in range(count):
        world.books.count(day, group, "invites_sent")
        none = today["code_holders"] > ZERO and person.role == LURKER
        full = scarce and (none or F(person.accepted) >= today["quota"])
        accepts = luck.four("accept", person.id, day, k)[0] < chance
        if accepts and not full and person.pending < 255:
            person.pending += 1
            person.accepted += 1


def wants_to_buy(world, person, today, was_paid, u):
    """What a person buys today: ``membership``, ``course``, ``goods`` or nothing."""
    c, buy = world.c, world.c.buy
    if person.role >= OWNER:
        return None
    hunter, off = F(person.hunter), ONE - today["discount"]
    seen = ONE if person.opened else F(0.1)
    peers = exp(ln(buy.peer_odds) * min(F(3), TWO * person.peers))
    ln_wallet = ln(person.wallet * (ONE - HALF * hunter))
    tuned = buy.trust * TWO * (person.trust - HALF) + buy.engagement * TWO * (
        person.engagement - HALF
    )

    def decides(price, ease):
        affordable = ln_wallet - ln(max(price * off, F(0.01)))
        return buy.member_rate * seen * logistic(tuned + ease + buy.price * affordable) * peers

    joins = takes = buys = ZERO
    if today["price_member"] > ZERO and not was_paid:
        joins = decides(today["price_member"], ZERO)
    if today["price_course"] > ZERO and not person.took_course:
        lessons = F(0.25) * min(F(4), F(person.lessons))
        takes = decides(today["price_course"], lessons)
    if today["price_goods"] > ZERO:
        reminded = person.fatigue + HALF * today["soft"] * seen
        hazard = (
            buy.goods_rate
            * person.buy_rate
            * (F(0.35) + F(0.65) * seen * (F(0.3) + person.engagement))
            * TWO
            * person.trust
            * exp(-buy.discount_elasticity * ln(off))
            * (ONE - buy.needs_reminder * exp(-TWO * reminded))
            * peers
            * (ONE + (c.hunter.value - ONE) * hunter)
        )
        buys = ONE - exp(-hazard)
    if u < joins:
        return "membership"
    if u < joins + takes:
        return "course"
    return "goods" if u < joins + takes + buys else None


def purchase(world, day, group, person, today, what):
    off = 1.0 - float(today["discount"])
    if what == "membership":
        places = int(today["member_places"])
        if places > 0 and sum(one.paid for one in group.people) >= places:
            return
        price = yuan_to_fen(today["price_member"])
        paid = sell(world, day, group, person, today, "membership", "price_member", price, off)
        start_period(day, person, today)
    elif what == "course":
        price = yuan_to_fen(today["price_course"])
        paid = sell(world, day, group, person, today, "course", "price_course", price, off)
        person.took_course = True
    else:
        paid = sell_goods(world, day, group, person, today, off)
    if paid > 0:
        renewed = person.paid and person.paid_until == period_end(day, today)
        if not (renewed and what != "membership"):
            world.books.count(day, group, "payers")
        if person.first_paid is None:
            person.first_paid = day
            world.books.count(day, group, "first_payers")


def sell_goods(world, day, group, person, today, off):
    price = yuan_to_fen(today["price_goods"])
    if today["margin"] > ZERO:
        kept = math.floor(float(today["margin"]) * price * off + 0.5)
        world.book(day, group, "affiliate", "price_goods", kept)
        world.book(day, group, "gross_sales", "price_goods", price)
        person.spent += kept
        world.books.credit(day, person, kept)
        return kept
    paid = sell(world, day, group, person, today, "goods", "price_goods", price, off)
    cost = math.floor(float(world.c.price.goods_cost) * price + 0.5)
    world.book(day, group, "goods_cost", "price_goods", cost)
    world.books.credit(day, person, -cost)
    return paid


def change_role(world, day, person, today):
    role = world.c.role
    if person.role > LEADER:
        return
    u = world.luck.four("role", person.id, day)[0]
    if person.role == LEADER:
        fades = role.leader_fade * (ONE - HALF * today["cultivate"])
        if person.standing < role.keep and u < fades:
            person.role = LURKER
            person.restless = person.restless / max(role.leader_exit, F(1e-6))
        return
    chance = role.probability * (ONE + role.cultivate * today["cultivate"])
    if person.standing > role.leader_at and person.engagement > HALF and u < chance:
        person.role = LEADER
        person.restless = person.restless * role.leader_exit
    elif person.role == SEED_USER and person.engagement < role.seed_keep and u < role.seed_burnout:
        person.role = LURKER


def wish_to_go(world, person, today, over, was_paid, luck):
    """``leave``, ``mute``, ``unmute`` or nothing."""
    c = world.c
    promo = today["promo"] + F(0.1) * today["soft"]
    hour = ONE + F(0.7) * today["bad_hour"]
    unmuted = ONE - F(person.muted)
    seen = promo * hour * (ONE if person.opened else F(0.3) * unmuted)
    push = (
        c.exit.promo * seen / person.tolerance * (F(1.5) - person.trust)
        + c.exit.fatigue * person.fatigue / person.tolerance
    )
    held = c.exit.engagement * (person.engagement - HALF) + c.exit.habit * max(
        ZERO, person.habit + F(3)
    )
    hazard = (
        (ONE if person.opened else c.exit.when_not_looking)
        * c.exit.hazard
        * person.restless
        * exp(push - held)
        * (ONE + c.exit.contagion * person.grief)
        * (ONE + c.exit.overload * min(F(3), over))
        * (ONE + (c.hunter.hazard - ONE) * F(person.hunter))
        * (ONE - F(0.8) * F(was_paid))
    )
    chance = ONE - exp(-hazard)
    _, _, u, v = luck
    if u < chance * (F(0.25) if person.muted else ONE - c.exit.mute_share):
        return "leave"
    if not person.muted and u < chance:
        return "mute"
    if person.muted and person.opened and person.engagement > HALF and v < F(0.03):
        return "unmute"
    return None


def decide(world, day, group, today, day_of_group, over):
    """Phases 5 to 8 of one group: everybody feels, and decides."""
    life = F(group.life / (group.life + float(world.c.invite.life)))
    decided = []
    for person in group.members:
        luck = world.luck.four("live", person.id, day)
        feel(world, group, person, day_of_group)
        invites = wants_to_invite(world, day, person, life, person.dose, luck[0])
        buys = wants_to_buy(world, person, person.dose, person.paid, luck[1])
        wish = None
        if world.leaving:
            wish = wish_to_go(world, person, person.dose, over, person.paid, luck)
        decided.append((person, invites, buys, wish))
    return decided


def give_back(world, day, group, person, today):
    began = (person.paid_until or 0) - int(today["period_member"])
    if person.paid and today["refund_days"] > ZERO and day - began <= int(today["refund_days"]):
        off = 1.0 - float(today["discount"])
        fee = math.floor(float(today["price_member"]) * off * 100.0 + 0.5)
        back = min(fee, person.spent)
        world.book(day, group, "refund", "price_member", -back)
        person.spent -= back
        world.books.credit(day, person, -back)


def carry_through(world, day, group, today, decided):
    """Phases 6 to 9 of one group: what was decided is done in order."""
    c = world.c
    life = F(group.life / (group.life + float(c.invite.life)))
    market_left = world.market_left()
    for person, *_ in decided:
        renew(world, day, group, person, today)
    for person, invites, buys, _ in decided:
        if invites:
            invite(world, day, group, person, life, market_left, person.dose)
        if buys:
            purchase(world, day, group, person, person.dose, buys)
    for person, _, _, wish in decided:
        if wish == "leave":
            give_back(world, day, group, person, today)
            leave(person, day, c)
            world.books.count(day, group, "leaves")
        elif wish:
            person.muted = wish == "mute"
    for person, *_ in decided:
        if person.present:
            change_role(world, day, person, today)


def end_week(world, day):
    c = world.c
    week = (day + 1) // 7
    keep = F(float(c.tie.decay) ** 7)
    for group in world.groups:
        line = world.books.weekly[day // 7][group.number]
        line[0] = int(group.week_speakers)
        for d in range(day - 6, day + 1):
            counts = world.books.daily[d][group.number]
            line[1] += counts["messages"]
            line[2] += counts["newcomer_speakers"]
        for person in group.people:
            first_week = person.first_spoke is not None and week - person.first_spoke // 7 == 1
            count_week(person, person.spoke_this_week, first_week)
            said = person.week_messages
            if first_week:
                person.volume = HALF * (said + F(3))
            elif person.spoke_this_week:
                person.volume = F(0.75) * person.volume + F(0.25) * said
            person.week_messages = ZERO
            person.spoke_this_week = False
            refresh_habit(person, c.law, week)
            for tie in person.ties:
                tie.weight = tie.weight * keep
        spoke = math.log(group.week_speakers + 1.0)
        rate = 1.0 / (group.weeks + 1.0)
        group.level += max(1.0 / 8.0, rate) * (spoke - group.level)
        group.norm += max(1.0 / 52.0, rate) * (spoke - group.norm)
        group.last = spoke
        group.weeks += 1.0
        group.week_speakers = 0.0
