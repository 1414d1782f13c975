# The rows with an answer at both waves.
complete_pairs <- function(table, before, after) {
  pairs <- data.frame(before = table[[before]], after = table[[after]], frequency = table[["(frequency)"]])
  pairs[complete.cases(pairs), ]
}

# Before (rows) against after (columns).
crossed <- function(pairs, levels) {
  unclass(xtabs(frequency ~ factor(before, levels) + factor(after, levels), pairs))
}

# How many changed, in which direction, and for the better.
change_counts <- function(pairs, better) {
  count <- function(direction) sum(pairs$frequency[sign(pairs$after - pairs$before) == direction])
  n <- sum(pairs$frequency)
  values <- c(n_pairs = n, increased = count(1), decreased = count(-1), unchanged = count(0))
  if (better == "none") return(values)
  improved <- count(if (better == "higher") 1 else -1)
  worse <- count(if (better == "higher") -1 else 1)
  c(
    values,
    improved = improved, worse = worse,
    improved_share = improved / n, unchanged_share = count(0) / n, worse_share = worse / n
  )
}
