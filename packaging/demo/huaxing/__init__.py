"""The demo enterprise 华兴机械厂: invented people, places and records of an imperfect year 2026."""
