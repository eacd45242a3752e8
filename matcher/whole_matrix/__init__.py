"""Plans for labs too large for a matrix: 50,000 projects by 10,000 mentors."""
