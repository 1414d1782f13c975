# Means and standard deviations before, after and of the change.
moments <- function(before, after) {
  c(
    mean_before = mean(before), mean_after = mean(after), mean_change = mean(after - before),
    sd_before = sd(before), sd_after = sd(after), sd_change = sd(after - before)
  )
}

# Student's paired t, and the mean change in standard deviations.
paired_t <- function(before, after, level) {
  test <- t.test(after, before, paired = TRUE, conf.level = level)
  change <- after - before
  c(
    t = test$statistic[[1]], t_df = test$parameter[[1]], t_p = test$p.value,
    mean_change_low = test$conf.int[1], mean_change_high = test$conf.int[2],
    d_z = mean(change) / sd(change), d_av = mean(change) / ((sd(before) + sd(after)) / 2)
  )
}

# Limits of the rank-biserial correlation on Fisher's scale, its error by Hoeffding's projection of two U statistics.
rank_biserial_interval <- function(moved, ranks, level) {
  biserial <- sum(sign(moved) * ranks) / sum(ranks)
  if (abs(biserial) == 1) return(c(NA, NA))
  beats <- outer(abs(moved), abs(moved), function(one, other) (one > other) + (one == other) / 2)
  signed <- rowMeans(sign(moved) * beats + t(sign(moved) * beats))
  unsigned <- rowMeans(beats + t(beats))
  influence <- (signed - mean(signed) / mean(unsigned) * unsigned) / (mean(unsigned) / 2)
  error <- sqrt(sum(influence^2)) / length(moved)
  tanh(atanh(biserial) + c(-1, 1) * qnorm(1 - (1 - level) / 2) * error / (1 - biserial^2))
}

# The probability of being better after than before, no change counting half; Tango's limits on that scale.
superiority <- function(pairs, better, level) {
  n <- sum(pairs$frequency)
  increased <- sum(pairs$frequency[pairs$after > pairs$before])
  decreased <- sum(pairs$frequency[pairs$after < pairs$before])
  gained <- if (better == "lower") decreased else increased
  lost <- if (better == "lower") increased else decreased
  limits <- (1 + tango(gained, lost, n, level)) / 2
  c(
    probability_of_superiority = (1 + (gained - lost) / n) / 2,
    probability_of_superiority_low = limits[1], probability_of_superiority_high = limits[2]
  )
}

# Wilcoxon's signed-rank test without those who did not change. Ranks are of ten digits: decimals such as 0.3 - 0.1 and
# 0.4 - 0.2 are ties.
signed_rank <- function(before, after, level) {
  change <- signif(after - before, 10)
  moved <- change[change != 0]
  test <- suppressWarnings(wilcox.test(after, before, paired = TRUE, digits.rank = 10))
  n <- length(moved)
  ties <- table(abs(moved))
  away <- test$statistic[[1]] - n * (n + 1) / 4
  variance <- n * (n + 1) * (2 * n + 1) / 24 - sum(ties^3 - ties) / 48
  ranks <- rank(abs(moved))
  limits <- rank_biserial_interval(moved, ranks, level)
  c(
    wilcoxon = test$statistic[[1]], wilcoxon_z = (away - sign(away) / 2) / sqrt(variance), wilcoxon_p = test$p.value,
    rank_biserial = sum(sign(moved) * ranks) / sum(ranks),
    rank_biserial_low = limits[1], rank_biserial_high = limits[2],
    sign_p = binom.test(sum(moved > 0), n)$p.value
  )
}

# What is computed of codes or numbers as scores.
score_tests <- function(pairs, better, level) {
  before <- rep(pairs$before, pairs$frequency)
  after <- rep(pairs$after, pairs$frequency)
  if (length(before) == 0) return(c())
  values <- c(moments(before, after), superiority(pairs, better, level))
  if (isTRUE(values[["sd_change"]] > 0)) values <- c(values, paired_t(before, after, level))
  if (any(before != after)) values <- c(values, signed_rank(before, after, level))
  values
}
