"""What is counted: daily columns by group, weekly columns, accounts."""

import numpy as np

from sim.record import ACCOUNTS, DAILY


class Books:
    """Plain counters; ``count`` and ``book`` are the only ways in."""

    def __init__(self, days, groups, levers):
        self.days = days
        self.daily = [[dict.fromkeys(DAILY, 0) for _ in range(groups)] for _ in range(days)]
        self.weekly = [[[0, 0, 0] for _ in range(groups)] for _ in range(days // 7)]
        self.ledger = [dict.fromkeys(ACCOUNTS, 0) for _ in range(days)]
        self.by_policy = [dict.fromkeys(ACCOUNTS, 0) for _ in levers.policies]
        self.tenure = [0] * days
        for policy in range(len(levers.policies)):
            for day in range(days):
                for k, account in enumerate(ACCOUNTS):
                    self.book(day, account, policy, int(levers.planned[policy, day, k]))

    def count(self, day, group, name, amount=1):
        self.daily[day][group.number][name] += amount

    def book(self, day, account, policy, amount):
        self.ledger[day][account] += amount
        self.by_policy[policy][account] += amount

    def credit(self, day, person, fen):
        """Contribution of those who joined in the run, by days since joining."""
        if person.joined is not None and person.joined >= 0 and person.channel != 0:
            self.tenure[day - person.joined] += fen

    def close(self, day):
        lines = self.ledger[day]
        first = self.daily[day][0]
        first["revenue"] = sum(lines[name] for name in ACCOUNTS[:8])
        first["cost"] = sum(lines[name] for name in ACCOUNTS[8:29])
        first["gross_sales"] = lines["gross_sales"]

    def arrays(self):
        daily = [[list(group.values()) for group in day] for day in self.daily]
        return {
            "daily": np.array(daily, np.int64),
            "weekly": np.array(self.weekly, np.int64).reshape(self.days // 7, -1, 3),
            "ledger": np.array([list(day.values()) for day in self.ledger], np.int64),
            "ledger_policy": np.array([list(p.values()) for p in self.by_policy], np.int64),
            "tenure": np.array(self.tenure, np.int64),
        }
