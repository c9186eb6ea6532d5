"""Results of the survey as drawings, papers and files."""
