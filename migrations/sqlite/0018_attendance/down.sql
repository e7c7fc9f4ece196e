DROP TABLE paper_counts;
DROP TABLE check_ins;
