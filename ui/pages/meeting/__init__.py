"""会议: the list of meetings and one meeting with agenda, attendance, resolutions and papers."""
