# How many days fewer, or more, of a window count as a change of use.
use_thresholds <- function(window, improved, deteriorated) {
  list(window = window, improved = improved, deteriorated = deteriorated)
}

# Classes of use (Marsden et al. 2008), and their shares of those who used before.
use_classes <- function(pairs, use) {
  days <- c(pairs$before, pairs$after)
  if (!all(days >= 0 & days <= use$window)) return(c())
  before <- rep(pairs$before, pairs$frequency)
  after <- rep(pairs$after, pairs$frequency)
  users <- before > 0
  class <- ifelse(
    after == 0, "abstinent",
    ifelse(before - after >= use$improved, "improved", ifelse(after - before >= use$deteriorated, "deteriorated", "unchanged"))
  )[users]
  classes <- c("abstinent", "improved", "unchanged", "deteriorated")
  counts <- vapply(classes, function(one) sum(class == one), 0)
  c(
    users_before = sum(users), use_none = sum(!users & after == 0), use_started = sum(!users & after > 0),
    setNames(counts, paste0("use_", classes)), setNames(counts / sum(users), paste0("use_", classes, "_share"))
  )
}
