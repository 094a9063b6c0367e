"""Working calendars: windows, holidays, make-up workdays."""
