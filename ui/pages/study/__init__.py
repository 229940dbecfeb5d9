"""学法: sessions and who took part, what each person owes, exams, tests, the people who do legal work."""
