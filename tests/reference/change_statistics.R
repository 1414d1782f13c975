# The statistics of paired change, from R's own functions where R has them and from the textbook's formula otherwise.
# Sourced by the scripts that write reference values; each defines `give(set, statistic, value, term)`, which takes an answer down.
# A set is a list: scale (binary, ordinal, numeric), levels, before, after, frequency, better (higher, lower, none), level. It may
# have convention (r, spss, stata; else r), hedges (whether d is corrected), reliability (a list of r, sd, cut_off; NA for that of the
# persons before, and for none), row_shares and joint_shares (FALSE where the shares of
# moves in their rows, and of all, are not asked for) and classes (days in the window, days that are an improvement, days that are a deterioration).
suppressPackageStartupMessages({
  library(coin)
  library(MASS)
})

counts <- function(s) {
  n <- sum(s$frequency)
  change <- sign(s$after - s$before)
  count <- function(x) sum(s$frequency[change == x])
  give(s, "n_pairs", n)
  give(s, "increased", count(1))
  give(s, "decreased", count(-1))
  give(s, "unchanged", count(0))
  if (s$better == "none") return()
  good <- if (s$better == "higher") 1 else -1
  give(s, "improved", count(good))
  give(s, "worse", count(-good))
  give(s, "improved_share", if (n > 0) count(good) / n else NA)
  give(s, "unchanged_share", if (n > 0) count(0) / n else NA)
  give(s, "worse_share", if (n > 0) count(-good) / n else NA)
}

crossed <- function(s) {
  k <- length(s$levels)
  table <- matrix(0, k, k)
  for (i in seq_along(s$before)) {
    cell <- cbind(match(s$before[i], s$levels), match(s$after[i], s$levels))
    table[cell] <- table[cell] + s$frequency[i]
  }
  table
}

wilson <- function(x, n, level) as.vector(suppressWarnings(prop.test(x, n, conf.level = level, correct = FALSE)$conf.int))

newcombe <- function(t, level) {
  n <- sum(t)
  a <- t[2, 2]; b <- t[1, 2]; c <- t[2, 1]; d <- t[1, 1]
  p1 <- (a + b) / n; p2 <- (a + c) / n
  w1 <- wilson(a + b, n, level); w2 <- wilson(a + c, n, level)
  margins <- (a + b) * (c + d) * (a + c) * (b + d)
  over <- a * d - b * c
  phi <- if (margins == 0) 0 else (if (over > n / 2) over - n / 2 else min(over, 0)) / sqrt(margins)
  e1 <- c(p1 - w1[1], w1[2] - p1); e2 <- c(p2 - w2[1], w2[2] - p2)
  (b - c) / n + c(-sqrt(e1[1]^2 - 2 * phi * e1[1] * e2[2] + e2[2]^2), sqrt(e1[2]^2 - 2 * phi * e1[2] * e2[1] + e2[1]^2))
}

# Tango's limits: where the score statistic, with the restricted likelihood maximised by its score equation, is -z and z.
tango <- function(b, c, n, level) {
  z <- qnorm(1 - (1 - level) / 2)
  if (b + c == 0) return(c(-1, 1) * z^2 / (n + z^2))
  score <- function(delta) {
    A <- 2 * n
    B <- -b - c + (2 * n - b + c) * delta
    C <- -c * delta * (1 - delta)
    q <- (sqrt(max(B^2 - 4 * A * C, 0)) - B) / (2 * A)
    (b - c - n * delta) / sqrt(n * (2 * q + delta * (1 - delta)))
  }
  find <- function(target, from, to) {
    uniroot(function(delta) score(delta) - target, c(from, to), tol = 1e-16, maxiter = 10000)$root
  }
  estimate <- (b - c) / n
  edge <- 1e-12
  c(if (estimate == -1) -1 else find(z, -1 + edge, min(estimate, 1 - edge)), if (estimate == 1) 1 else find(-z, max(estimate, -1 + edge), 1 - edge))
}

# As SPSS's algorithms write the sign test.
spss_large <- function(x, y) 2 * pnorm(-abs(max(x, y) - (x + y) / 2 - 0.5) / (sqrt(x + y) / 2))

two_by_two <- function(s) {
  t <- crossed(s)
  n <- sum(t); b <- t[1, 2]; c <- t[2, 1]
  ends <- list(before = c(first = sum(t[1, ]), second = sum(t[2, ])), after = c(first = sum(t[, 1]), second = sum(t[, 2])))
  for (end in names(ends)) for (level in names(ends[[end]])) give(s, paste(level, end, sep = "_"), ends[[end]][[level]])
  for (end in names(ends)) give(s, paste0("first_share_", end), if (n > 0) ends[[end]][["first"]] / n else NA)
  rows <- prop.table(t, 1)
  for (i in 1:2) for (j in 1:2) {
    name <- paste0("n", i - 1, j - 1)
    if (!isFALSE(s$row_shares)) give(s, paste0(name, "_share"), if (sum(t[i, ]) > 0) rows[i, j] else NA)
    if (!isFALSE(s$joint_shares)) give(s, paste0(name, "_joint_share"), if (n > 0) t[i, j] / n else NA)
  }
  give(s, "n00", t[1, 1]); give(s, "n01", b); give(s, "n10", c); give(s, "n11", t[2, 2])
  give(s, "share_before", if (n > 0) sum(t[2, ]) / n else NA)
  give(s, "share_after", if (n > 0) sum(t[, 2]) / n else NA)

  exists <- b + c > 0
  small <- b + c <= 1e6
  exact <- if (!exists) NA else if (small) binom.test(b, b + c)$p.value else min(1, 2 * pbinom(min(b, c), b + c, 0.5))
  at <- dbinom(min(b, c), b + c, 0.5)
  plain <- mcnemar.test(t, correct = FALSE)
  corrected <- mcnemar.test(t, correct = TRUE)
  give(s, "mcnemar_exact", exact)
  give(s, "mcnemar_mid", if (!exists) NA else if (b == c) 1 - at / 2 else exact - at)
  give(s, "mcnemar_chi2", plain$statistic)
  give(s, "mcnemar_p", plain$p.value)
  give(s, "mcnemar_corrected_chi2", corrected$statistic)
  give(s, "mcnemar_corrected_p", corrected$p.value)
  give(s, "mcnemar_program_p", if (!exists) NA else switch(s$convention,
    r = corrected$p.value, stata = plain$p.value, spss = if (b + c <= 25) exact else spss_large(b, c)))

  limits <- if (n > 0) c(newcombe(t, s$level), tango(b, c, n, s$level)) else rep(NA, 4)
  give(s, "risk_difference", if (n > 0) (b - c) / n else NA)
  give(s, "risk_difference_low", limits[1]); give(s, "risk_difference_high", limits[2])
  give(s, "tango_low", limits[3]); give(s, "tango_high", limits[4])
  # As pwr's ES.h has it.
  h <- function(before, after) 2 * asin(sqrt(pmin(pmax(after, 0), 1))) - 2 * asin(sqrt(before))
  before <- sum(t[2, ]) / n
  give(s, "cohens_h", if (n > 0) h(before, sum(t[, 2]) / n) else NA)
  give(s, "cohens_h_low", if (n > 0) h(before, before + limits[3]) else NA)
  give(s, "cohens_h_high", if (n > 0) h(before, before + limits[4]) else NA)

  # Each end as odds: of the share and of its complement, so that neither is 1 less a number near 1.
  tail <- (1 - s$level) / 2
  odds <- function(x, y) if (!exists) NA else {
    up <- if (small) binom.test(x, x + y, conf.level = s$level)$conf.int[1] else qbeta(tail, x, y + 1)
    up / (1 - up)
  }
  infinite <- function(x) if (is.finite(x)) x else NA
  give(s, "odds_ratio", infinite(b / c))
  give(s, "odds_ratio_low", odds(b, c))
  give(s, "odds_ratio_high", infinite(1 / odds(c, b)))
  give(s, "cohen_g", if (exists) b / (b + c) - 0.5 else NA)
}

levels_table <- function(s) {
  t <- crossed(s)
  k <- nrow(t); n <- sum(t); code <- sprintf("%.15g", s$levels)
  for (i in 1:k) for (j in 1:k) give(s, "transition", t[i, j], paste0(code[i], ">", code[j]))
  for (i in 1:k) give(s, "before_count", sum(t[i, ]), code[i])
  for (i in 1:k) give(s, "after_count", sum(t[, i]), code[i])
  for (i in 1:k) give(s, "before_share", if (n > 0) sum(t[i, ]) / n else NA, code[i])
  for (i in 1:k) give(s, "after_share", if (n > 0) sum(t[, i]) / n else NA, code[i])
  rows <- prop.table(t, 1)
  if (!isFALSE(s$row_shares)) for (i in 1:k) for (j in 1:k) {
    give(s, "transition_share", if (sum(t[i, ]) > 0) rows[i, j] else NA, paste0(code[i], ">", code[j]))
  }
  if (!isFALSE(s$joint_shares)) for (i in 1:k) for (j in 1:k) {
    give(s, "joint_share", if (n > 0) prop.table(t)[i, j] else NA, paste0(code[i], ">", code[j]))
  }

  moved <- n - sum(diag(t)) > 0
  homogeneity <- rep(NA, 5)
  if (moved) {
    test <- suppressWarnings(mh_test(as.table(t)))
    df <- test@statistic@df
    homogeneity[1:3] <- c(statistic(test), df, pvalue(test))
    # Bhapkar as a Wald test: the difference of the margins against its covariance, estimated without the hypothesis.
    p <- t / n
    d <- rowSums(p) - colSums(p)
    v <- diag(rowSums(p) + colSums(p)) - p - t(p) - d %*% t(d)
    wald <- n * sum(d * (ginv(v, tol = 1e-10) %*% d))
    # Nobody moved but from one level to one other: the covariance is 0, and the test does not exist.
    if (max(abs(v)) > 1e-12) homogeneity[4:5] <- c(wald, pchisq(wald, df, lower.tail = FALSE))
  }
  names <- c("stuart_maxwell", "stuart_maxwell_df", "stuart_maxwell_p", "bhapkar", "bhapkar_p")
  for (i in 1:5) give(s, names[i], homogeneity[i])

  symmetry <- rep(NA, 3)
  both <- (t + t(t))[upper.tri(t)]
  if (moved && all(both > 0)) {
    test <- mcnemar.test(t, correct = FALSE)
    symmetry <- c(test$statistic, test$parameter, test$p.value)
  } else if (moved) {
    chi2 <- sum(((t - t(t))[upper.tri(t)]^2 / both)[both > 0])
    symmetry <- c(chi2, sum(both > 0), pchisq(chi2, sum(both > 0), lower.tail = FALSE))
  }
  give(s, "bowker", symmetry[1]); give(s, "bowker_df", symmetry[2]); give(s, "bowker_p", symmetry[3])
}

# The standard error of the rank-biserial correlation from its definition: every change compared with every other.
biserial_error <- function(changes) {
  d <- sort(unique(changes)); w <- as.vector(table(factor(changes, d)))
  n <- sum(w)
  beats <- outer(abs(d), abs(d), function(x, y) (x > y) + (x == y) / 2)
  projected <- function(of) as.vector((of * beats + t(of * beats)) %*% w) / n
  top <- projected(sign(d)); bottom <- projected(abs(sign(d)))
  scale <- sum(w * bottom) / n
  ratio <- sum(w * top) / n / scale
  sqrt(sum(w * ((top - ratio * bottom) / (scale / 2))^2)) / n
}

ranks <- function(s, before, after) {
  d <- after - before
  d <- ifelse(d == 0, 0, signif(d, 10))
  changed <- d != 0
  if (!any(changed)) {
    for (name in c("wilcoxon", "wilcoxon_z", "wilcoxon_p", "rank_biserial", "rank_biserial_low", "rank_biserial_high",
                   "sign_p")) give(s, name, NA)
    return()
  }
  if (s$convention != "stata") d <- d[changed]
  r <- rank(abs(d))
  plus <- sum(r[d > 0]); minus <- sum(r[d < 0])
  n <- length(d); zero <- sum(d == 0); ties <- table(r[d != 0])
  expected <- (n * (n + 1) - zero * (zero + 1)) / 4
  variance <- (n * (n + 1) * (2 * n + 1) - zero * (zero + 1) * (2 * zero + 1)) / 24 - sum(ties^3 - ties) / 48
  z <- (plus - expected - if (s$convention == "r") sign(plus - expected) / 2 else 0) / sqrt(variance)
  if (s$convention == "stata") {
    test <- wilcoxsign_test(after ~ before, zero.method = "Pratt")
    p <- pvalue(test)
    stopifnot(isTRUE(all.equal(abs(as.numeric(statistic(test))), abs(z), tolerance = 1e-12)))
  } else {
    exact <- if (s$convention == "spss") FALSE
    test <- suppressWarnings(wilcox.test(after, before, paired = TRUE, correct = s$convention == "r", exact = exact,
                                         digits.rank = 10))
    p <- test$p.value
    stopifnot(plus == test$statistic)
  }
  give(s, "wilcoxon", plus)
  give(s, "wilcoxon_z", z)
  give(s, "wilcoxon_p", p)
  biserial <- (plus - minus) / (plus + minus)
  give(s, "rank_biserial", biserial)
  reach <- qnorm(1 - (1 - s$level) / 2) * biserial_error(d) / (1 - biserial^2)
  ends <- if (abs(biserial) == 1) c(NA, NA) else tanh(atanh(biserial) + c(-1, 1) * reach)
  give(s, "rank_biserial_low", ends[1])
  give(s, "rank_biserial_high", ends[2])
  up <- sum(after > before); down <- sum(after < before)
  large <- s$convention == "spss" && up + down > 25
  give(s, "sign_p", if (large) spss_large(up, down) else binom.test(up, up + down)$p.value)
}

superiority <- function(s, before, after) {
  n <- length(before)
  better <- if (s$better == "lower") after < before else after > before
  same <- after == before
  share <- if (n > 0) (sum(better) + sum(same) / 2) / n else NA
  limits <- if (n > 0) 0.5 + tango(sum(better), sum(!better & !same), n, s$level) / 2 else c(NA, NA)
  give(s, "probability_of_superiority", share)
  give(s, "probability_of_superiority_low", limits[1])
  give(s, "probability_of_superiority_high", limits[2])
}

reliable <- function(s, before, after) {
  asked <- s$reliability
  if (is.null(asked) || s$better == "none") return()
  n <- length(before)
  spread <- if (is.na(asked$sd)) sd(before) else asked$sd
  missing <- is.na(spread) || spread == 0
  threshold <- 1.96 * spread * sqrt(2 * (1 - asked$r))
  sign <- if (s$better == "higher") 1 else -1
  index <- sign * (after - before) / (spread * sqrt(2) * sqrt(1 - asked$r))
  counted <- function(name, which, share = TRUE) {
    give(s, name, if (missing) NA else sum(which))
    if (share) give(s, paste0(name, "_share"), if (missing || n == 0) NA else mean(which))
  }
  give(s, "reliable_threshold", if (missing) NA else threshold)
  counted("reliable_improved", index > 1.96)
  counted("reliable_unchanged", abs(index) <= 1.96)
  counted("reliable_worse", index < -1.96)
  if (is.na(asked$cut_off)) return()
  case <- sign * before <= sign * asked$cut_off
  counted("cases_before", case, share = FALSE)
  counted("recovered", case & sign * after > sign * asked$cut_off & index > 1.96)
}

classes <- function(s, before, after) {
  asked <- s$classes
  if (is.null(asked)) return()
  missing <- s$better == "higher" || any(c(before, after) > asked[1])
  class <- ifelse(before == 0, ifelse(after == 0, "use_none", "use_started"),
           ifelse(after == 0, "use_abstinent",
           ifelse(before - after >= asked[2], "use_improved",
           ifelse(after - before >= asked[3], "use_deteriorated", "use_unchanged"))))
  users <- sum(before > 0)
  give(s, "users_before", if (missing) NA else users)
  for (name in c("use_none", "use_started")) give(s, name, if (missing) NA else sum(class == name))
  for (name in c("use_abstinent", "use_improved", "use_unchanged", "use_deteriorated")) {
    give(s, name, if (missing) NA else sum(class == name))
    give(s, paste0(name, "_share"), if (missing || users == 0) NA else sum(class == name) / users)
  }
}

means <- function(s) {
  before <- rep(s$before, s$frequency); after <- rep(s$after, s$frequency)
  n <- length(before)
  d <- after - before
  # What varies in its last bit alone does not vary.
  deviation <- function(x) if (n < 2) NA else if (max(x) - min(x) < 1e-12) 0 else sd(x)
  average <- function(x) if (n > 0) mean(x) else NA
  give(s, "mean_before", average(before))
  give(s, "mean_after", average(after))
  give(s, "mean_change", average(d))
  give(s, "sd_before", deviation(before))
  give(s, "sd_after", deviation(after))
  give(s, "sd_change", deviation(d))
  varies <- isTRUE(deviation(d) > 0)
  test <- if (varies) t.test(after, before, paired = TRUE, conf.level = s$level)
  give(s, "t", if (varies) test$statistic else NA)
  give(s, "t_df", if (varies) test$parameter else NA)
  give(s, "t_p", if (varies) test$p.value else NA)
  give(s, "mean_change_low", if (varies) test$conf.int[1] else NA)
  give(s, "mean_change_high", if (varies) test$conf.int[2] else NA)
  factor <- if (!isTRUE(s$hedges)) 1 else if (n < 3) NA else {
    j <- exp(lgamma((n - 1) / 2) - log((n - 1) / 2) / 2 - lgamma((n - 2) / 2))
    if (varies && requireNamespace("effectsize", quietly = TRUE)) {
      stopifnot(isTRUE(all.equal(effectsize::hedges_g(d)$Hedges_g, j * mean(d) / sd(d), tolerance = 1e-12)))
    }
    j
  }
  give(s, "d_z", if (varies) factor * mean(d) / sd(d) else NA)
  between <- (deviation(before) + deviation(after)) / 2
  give(s, "d_av", if (isTRUE(between > 0)) factor * mean(d) / between else NA)
  give(s, "d_av_low", if (varies && isTRUE(between > 0)) factor * test$conf.int[1] / between else NA)
  give(s, "d_av_high", if (varies && isTRUE(between > 0)) factor * test$conf.int[2] / between else NA)
  ranks(s, before, after)
  superiority(s, before, after)
  reliable(s, before, after)
  if (s$scale == "numeric") classes(s, before, after)
}

change_statistics <- function(s) {
  if (is.null(s$convention)) s$convention <- "r"
  counts(s)
  if (s$scale == "binary") two_by_two(s)
  if (s$scale == "ordinal") levels_table(s)
  if (s$scale != "binary") means(s)
}
