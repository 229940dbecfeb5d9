"""Month, week and agenda over the events of ``models.summaries.calendar``; pages tell them what to show."""
