"""What an operator can do: one module a policy, on one small base; see ``base`` to add one."""

from __future__ import annotations

from sim.policies.base import Calendar, Policy, PolicyLevers, SettingInfo, setting, settings_of

__all__ = ["Calendar", "Policy", "PolicyLevers", "SettingInfo", "setting", "settings_of"]
