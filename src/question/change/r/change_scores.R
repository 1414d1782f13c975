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
  average <- (sd(before) + sd(after)) / 2
  c(
    t = test$statistic[[1]], t_df = test$parameter[[1]], t_p = test$p.value,
    mean_change_low = test$conf.int[1], mean_change_high = test$conf.int[2],
    d_z = mean(change) / sd(change), d_av = mean(change) / average,
    d_av_low = test$conf.int[1] / average, d_av_high = test$conf.int[2] / average
  )
}

# Limits of the rank-biserial correlation on Fisher's scale, its error by Hoeffding's projection of two U statistics.
rank_biserial_interval <- function(change, biserial, level) {
  if (abs(biserial) == 1) return(c(NA, NA))
  beats <- outer(abs(change), abs(change), function(one, other) (one > other) + (one == other) / 2)
  projected <- function(of) rowMeans(of * beats + t(of * beats))
  signed <- projected(sign(change))
  unsigned <- projected(abs(sign(change)))
  influence <- (signed - mean(signed) / mean(unsigned) * unsigned) / (mean(unsigned) / 2)
  error <- sqrt(sum(influence^2)) / length(change)
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

# Wilcoxon's signed-rank test and the sign test. R and SPSS leave out those who did not change, Stata ranks them as Pratt
# proposed; R corrects for continuity, and is exact below 50 changes without ties and zeros. Ranks are of ten digits: decimals
# such as 0.3 - 0.1 and 0.4 - 0.2 are ties.
signed_rank <- function(before, after, level, convention) {
  change <- signif(after - before, 10)
  ranked <- if (convention == "stata") change else change[change != 0]
  ranks <- rank(abs(ranked))
  positive <- sum(ranks[ranked > 0])
  negative <- sum(ranks[ranked < 0])
  away <- (positive - negative) / 2
  correction <- if (convention == "r") sign(away) / 2 else 0
  z <- (away - correction) / sqrt(sum(ranks[ranked != 0]^2) / 4)
  p <- 2 * pnorm(-abs(z))
  if (convention == "r") p <- suppressWarnings(wilcox.test(after, before, paired = TRUE, digits.rank = 10))$p.value
  biserial <- (positive - negative) / (positive + negative)
  limits <- rank_biserial_interval(ranked, biserial, level)
  up <- sum(change > 0)
  down <- sum(change < 0)
  many <- convention == "spss" && up + down > 25
  c(
    wilcoxon = positive, wilcoxon_z = z, wilcoxon_p = p,
    rank_biserial = biserial, rank_biserial_low = limits[1], rank_biserial_high = limits[2],
    sign_p = if (many) spss_large(up, down) else binom.test(up, up + down)$p.value
  )
}

# The standard deviation before, of those with an answer at both waves.
sd_before <- function(pairs) sd(rep(pairs$before, pairs$frequency))

# What is known of a measure: its reliability, the standard deviation that a change is measured by (everyone's, also in a group), and
# where the worse side begins.
reliability <- function(r, sd, cut_off = NULL) list(r = r, sd = sd, cut_off = cut_off)

# Jacobson and Truax's classes: who changed by more than 1.96 standard errors of a difference. Compared at ten digits.
reliable_change <- function(before, after, better, known) {
  if (!isTRUE(known$sd > 0)) return(c())
  sign <- if (better == "higher") 1 else -1
  threshold <- 1.96 * known$sd * sqrt(2 * (1 - known$r))
  gain <- signif(sign * (after - before), 10)
  improved <- gain > signif(threshold, 10)
  worse <- -gain > signif(threshold, 10)
  values <- c(
    reliable_threshold = threshold, reliable_improved = sum(improved), reliable_unchanged = sum(!improved & !worse),
    reliable_worse = sum(worse), reliable_improved_share = mean(improved),
    reliable_unchanged_share = mean(!improved & !worse), reliable_worse_share = mean(worse)
  )
  if (is.null(known$cut_off)) return(values)
  case <- sign * before <= sign * known$cut_off
  recovered <- case & sign * after > sign * known$cut_off & improved
  c(values, cases_before = sum(case), recovered = sum(recovered), recovered_share = mean(recovered))
}

# What is computed of codes or numbers as scores.
score_tests <- function(pairs, better, level, convention, reliability) {
  before <- rep(pairs$before, pairs$frequency)
  after <- rep(pairs$after, pairs$frequency)
  if (length(before) == 0) return(c())
  values <- c(moments(before, after), superiority(pairs, better, level))
  if (isTRUE(values[["sd_change"]] > 0)) values <- c(values, paired_t(before, after, level))
  if (any(before != after)) values <- c(values, signed_rank(before, after, level, convention))
  if (!is.null(reliability) && better != "none") {
    values <- c(values, reliable_change(before, after, better, reliability))
  }
  values
}
