"""What each line of a page is: prose, heading, table, item of a list, or what surrounds an article."""
