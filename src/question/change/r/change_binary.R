# The p-value of SPSS's sign and McNemar tests beyond 25 changes, as its algorithms write it.
spss_large <- function(one, other) 2 * pnorm(-abs(max(one, other) - (one + other) / 2 - 0.5) / (sqrt(one + other) / 2))

# McNemar's test in its forms, and what a program gives unasked; the mid-p by Fagerland, Lydersen and Laake's formula.
mcnemar_tests <- function(table, convention) {
  n01 <- table[1, 2]
  n10 <- table[2, 1]
  exact <- binom.test(n01, n01 + n10)$p.value
  at_smaller <- dbinom(min(n01, n10), n01 + n10, 0.5)
  plain <- mcnemar.test(table, correct = FALSE)
  corrected <- mcnemar.test(table, correct = TRUE)
  c(
    mcnemar_exact = exact, mcnemar_mid = if (n01 == n10) 1 - at_smaller / 2 else exact - at_smaller,
    mcnemar_chi2 = plain$statistic[[1]], mcnemar_p = plain$p.value[[1]],
    mcnemar_corrected_chi2 = corrected$statistic[[1]], mcnemar_corrected_p = corrected$p.value[[1]],
    mcnemar_program_p = switch(convention,
      r = corrected$p.value[[1]],
      stata = plain$p.value[[1]],
      spss = if (n01 + n10 <= 25) exact else spss_large(n01, n10)
    )
  )
}

# Newcombe's method 10: Wilson's intervals of both shares, joined with their correlation.
newcombe <- function(table, level) {
  n00 <- table[1, 1]
  n01 <- table[1, 2]
  n10 <- table[2, 1]
  n11 <- table[2, 2]
  n <- sum(table)
  distances <- function(count) {
    wilson <- suppressWarnings(prop.test(count, n, conf.level = level, correct = FALSE)$conf.int)
    abs(wilson - count / n)
  }
  after <- distances(n01 + n11)
  before <- distances(n10 + n11)
  margins <- (n00 + n01) * (n10 + n11) * (n00 + n10) * (n01 + n11)
  over <- n00 * n11 - n01 * n10
  phi <- if (margins == 0) 0 else (if (over > 0) max(over - n / 2, 0) else over) / sqrt(margins)
  joined <- function(x, y) sqrt(max(x^2 - 2 * phi * x * y + y^2, 0))
  (n01 - n10) / n + c(-joined(after[1], before[2]), joined(after[2], before[1]))
}

# Tango's interval: the differences at which his score statistic is z and -z.
tango <- function(gained, lost, n, level) {
  z <- qnorm(1 - (1 - level) / 2)
  if (gained + lost == 0) return(c(-1, 1) * z^2 / (n + z^2))
  score <- function(delta) {
    # Tango's restricted estimate of the share that was lost, given the difference.
    linear <- -gained - lost + (2 * n - gained + lost) * delta
    constant <- -lost * delta * (1 - delta)
    share <- (sqrt(max(linear^2 - 8 * n * constant, 0)) - linear) / (4 * n)
    (gained - lost - n * delta) / sqrt(n * (2 * share + delta * (1 - delta)))
  }
  root <- function(target, from, to) {
    uniroot(function(delta) score(delta) - target, c(from, to), tol = 1e-16, maxiter = 10000)$root
  }
  estimate <- (gained - lost) / n
  edge <- 1 - 1e-12
  c(
    if (estimate == -1) -1 else root(z, -edge, min(estimate, edge)),
    if (estimate == 1) 1 else root(-z, max(estimate, -edge), edge)
  )
}

# The conditional odds ratio: Clopper and Pearson's interval of n01 out of n01 + n10, as odds.
paired_odds_ratio <- function(n01, n10, level) {
  exact <- function(count) binom.test(count, n01 + n10, conf.level = level)$conf.int[1]
  low <- exact(n01)
  complement <- exact(n10)
  c(
    odds_ratio = n01 / n10, odds_ratio_low = low / (1 - low), odds_ratio_high = (1 - complement) / complement,
    cohen_g = (n01 - n10) / (2 * (n01 + n10))
  )
}

# How many were at each level before and after, and the share of each count in its row and of all.
margins <- function(table) {
  rows <- table / rowSums(table)
  c(
    first_before = sum(table[1, ]), second_before = sum(table[2, ]), first_after = sum(table[, 1]),
    second_after = sum(table[, 2]), first_share_before = sum(table[1, ]) / sum(table),
    first_share_after = sum(table[, 1]) / sum(table),
    n00_joint_share = table[1, 1] / sum(table), n01_joint_share = table[1, 2] / sum(table),
    n10_joint_share = table[2, 1] / sum(table), n11_joint_share = table[2, 2] / sum(table),
    n00_share = rows[1, 1], n01_share = rows[1, 2], n10_share = rows[2, 1], n11_share = rows[2, 2]
  )
}

# Cohen's h of two shares.
cohens_h <- function(before, after) {
  angle <- function(share) 2 * asin(sqrt(min(max(share, 0), 1)))
  angle(after) - angle(before)
}

# Everything about a table of two levels before and after.
two_by_two <- function(table, level, convention) {
  n01 <- table[1, 2]
  n10 <- table[2, 1]
  n <- sum(table)
  values <- c(n00 = table[1, 1], n01 = n01, n10 = n10, n11 = table[2, 2], margins(table))
  if (n > 0) {
    before <- sum(table[2, ]) / n
    differences <- c(newcombe(table, level), tango(n01, n10, n, level))
    values <- c(
      values,
      share_before = sum(table[2, ]) / n, share_after = sum(table[, 2]) / n, risk_difference = (n01 - n10) / n,
      risk_difference_low = differences[1], risk_difference_high = differences[2],
      tango_low = differences[3], tango_high = differences[4], cohens_h = cohens_h(before, sum(table[, 2]) / n),
      cohens_h_low = cohens_h(before, before + differences[3]), cohens_h_high = cohens_h(before, before + differences[4])
    )
  }
  if (n01 + n10 > 0) c(values, mcnemar_tests(table, convention), paired_odds_ratio(n01, n10, level)) else values
}
