# Reference values of what stands beside paired change: agreement, goal attainment, waves, flow, weighted change, adjustment.
# Run in this folder: Rscript change_beside.R
# It writes   change_beside_data.csv       the data, one number a row: dataset, kind, column, number
#             change_beside_expected.csv   the answers; NA where the statistic does not exist
suppressPackageStartupMessages({
  library(psych)
  library(survey)
  library(vcd)
})
set.seed(20261122, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

number <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x))
data <- list()
answers <- list()
give <- function(name, statistic, value, term = "") {
  answers[[length(answers) + 1]] <<- data.frame(dataset = name, statistic = statistic, term = term, value = number(unname(value)))
}
# The columns of a data set, which may be of different lengths. (The dots keep R from taking `n` or `k` for an argument.)
keep <- function(.name, .kind, ...) {
  columns <- list(...)
  for (column in names(columns)) {
    values <- columns[[column]]
    data[[length(data) + 1]] <<- data.frame(dataset = rep(.name, length(values)), kind = rep(.kind, length(values)),
                                            column = rep(column, length(values)), number = number(values))
  }
}
wilson <- function(x, n, level) as.vector(suppressWarnings(prop.test(x, n, conf.level = level, correct = FALSE)$conf.int))

# ---- agreement of two ratings ----------------------------------------------------------------------------------------

# The variance as Fleiss, Cohen and Everitt print it, for what the packages do not reach.
kappa_plain <- function(t, w) {
  p <- t / sum(t); r <- rowSums(p); c <- colSums(p)
  po <- sum(w * p); pe <- sum(w * outer(r, c)); k <- (po - pe) / (1 - pe)
  inner <- sum(p * (w - outer(as.vector(w %*% c), as.vector(t(w) %*% r), "+") * (1 - k))^2)
  c(k, sqrt((inner - (k - pe * (1 - k))^2) / sum(t)) / (1 - pe))
}
# The same by the delta method, its derivatives taken numerically: nothing in common with the formula.
delta_method <- function(t, w) {
  p <- t / sum(t); step <- 1e-5
  kappa <- function(p) {
    p <- p / sum(p)
    pe <- sum(w * outer(rowSums(p), colSums(p)))
    (sum(w * p) - pe) / (1 - pe)
  }
  slope <- sapply(seq_along(p), function(i) (kappa(replace(p, i, p[i] + step)) - kappa(replace(p, i, p[i] - step))) / (2 * step))
  sqrt((sum(p * slope^2) - sum(p * slope)^2) / sum(t))
}
agreement <- function(name, t, level = 0.95) {
  k <- nrow(t); n <- sum(t)
  keep(name, "agreement", level = level, k = k, counts = as.vector(t(t)))
  give(name, "n_rated", n)
  for (i in 1:k) {
    for (j in 1:k) give(name, "rated_differenced", t[i, j], paste0(i, ">", j))
    for (j in 1:k) give(name, "rated_differenced_share", if (sum(t[i, ]) > 0) prop.table(t, 1)[i, j] else NA, paste0(i, ">", j))
    give(name, "rated_share", if (n > 0) sum(t[i, ]) / n else NA, i)
    give(name, "differenced_share", if (n > 0) sum(t[, i]) / n else NA, i)
    give(name, "rated_count", sum(t[i, ]), i)
    give(name, "differenced_count", sum(t[, i]), i)
  }
  agreed <- sum(diag(t))
  ends <- if (n > 0) wilson(agreed, n, level) else c(NA, NA)
  give(name, "agreed", if (n > 0) agreed else NA)
  give(name, "agreed_share", if (n > 0) agreed / n else NA)
  give(name, "agreed_share_low", ends[1]); give(name, "agreed_share_high", ends[2])
  apart <- abs(outer(1:k, 1:k, "-")) / (k - 1)
  for (variant in list(list("kappa", 1 * (apart == 0)), list("kappa_linear", 1 - apart), list("kappa_quadratic", 1 - apart^2))) {
    found <- if (n == 0 || sum((1 - variant[[2]]) * outer(rowSums(t), colSums(t))) == 0) c(NA, NA) else kappa_plain(t, variant[[2]])
    full <- isTRUE(agreed == n)
    if (full && !is.na(found[1])) found <- c(1, 0)
    if (!is.na(found[1]) && !full) {
      # psych's error of the weighted kappas is neither vcd's nor that of the delta method, by some parts in a thousand.
      of_psych <- suppressWarnings(cohen.kappa(t, w = variant[[2]], n.obs = n))
      stopifnot(isTRUE(all.equal(of_psych$weighted.kappa, found[1], tolerance = 1e-10)))
      if (variant[[1]] == "kappa") stopifnot(isTRUE(all.equal(sqrt(of_psych$var.kappa), found[2], tolerance = 1e-8)))
      stopifnot(isTRUE(all.equal(delta_method(t, variant[[2]]), found[2], tolerance = 1e-6)))
      if (variant[[1]] != "kappa") {
        of_vcd <- Kappa(t, weights = if (variant[[1]] == "kappa_linear") "Equal-Spacing" else "Fleiss-Cohen")$Weighted
      } else {
        of_vcd <- Kappa(t)$Unweighted
      }
      stopifnot(isTRUE(all.equal(as.vector(of_vcd), found, tolerance = 1e-8)))
    }
    give(name, variant[[1]], found[1])
    give(name, paste0(variant[[1]], "_std_error"), found[2])
    reach <- if (full) NA else qnorm(1 - (1 - level) / 2) * found[2]
    give(name, paste0(variant[[1]], "_low"), found[1] - reach)
    give(name, paste0(variant[[1]], "_high"), found[1] + reach)
  }
}
rows <- function(...) matrix(c(...), sqrt(length(c(...))), byrow = TRUE)
agreement("a_three", rows(22, 6, 2, 9, 41, 12, 1, 8, 30))
agreement("a_cohen", rows(106, 10, 4, 22, 28, 10, 2, 12, 6))
agreement("a_five", matrix(rpois(25, 6) + diag(15, 5), 5), level = 0.9)
agreement("a_two", rows(31, 7, 9, 24))
agreement("a_against", rows(2, 9, 30, 5, 4, 6, 28, 3, 1))
agreement("a_skewed", rows(1, 2, 1, 2, 180, 3, 0, 2, 2), level = 0.99)
agreement("a_large", rows(4121034, 103212, 22156, 98411, 5200881, 90251, 20122, 88704, 3011005))
agreement("a_full", diag(c(5, 9, 4)))
agreement("a_one_level", rows(0, 0, 0, 0, 12, 0, 0, 0, 0))
agreement("a_empty", matrix(0, 3, 3))

# ---- goal attainment -------------------------------------------------------------------------------------------------

goals <- function(name, rating, weight, frequency, rho = 0.3, level = 0.95) {
  keep(name, "goals", level = level, rho = rho, goals = ncol(rating), frequency = frequency,
       rating = ifelse(is.na(as.vector(t(rating))), 99, as.vector(t(rating))), weight = as.vector(t(weight)))
  for (g in seq_len(ncol(rating))) {
    goal <- paste0("g", g)
    x <- rep(rating[, g], frequency); x <- x[!is.na(x)]
    give(name, "with_goal", length(x), goal)
    for (l in -2:2) {
      give(name, "attainment", sum(x == l), paste0(goal, "=", l))
      give(name, "attainment_share", if (length(x) > 0) mean(x == l) else NA, paste0(goal, "=", l))
    }
    give(name, "attained", sum(x >= 0), goal)
    give(name, "attained_share", if (length(x) > 0) mean(x >= 0) else NA, goal)
  }
  scores <- sapply(seq_len(nrow(rating)), function(i) {
    own <- !is.na(rating[i, ]); x <- rating[i, own]; w <- weight[i, own]
    if (!any(own)) NA else 50 + 10 * sum(w * x) / sqrt((1 - rho) * sum(w^2) + rho * sum(w)^2)
  })
  scores <- rep(scores, frequency); scores <- scores[!is.na(scores)]
  n <- length(scores)
  give(name, "with_any_goal", n)
  give(name, "goal_t_mean", if (n > 0) mean(scores) else NA)
  give(name, "goal_t_sd", if (n > 1) sd(scores) else NA)
  ends <- if (n > 1) t.test(scores, conf.level = level)$conf.int else c(NA, NA)
  give(name, "goal_t_mean_low", ends[1]); give(name, "goal_t_mean_high", ends[2])
}
local({
  rating <- matrix(sample(c(-2:2, NA), 40 * 3, TRUE), 40)
  weight <- matrix(sample(c(1, 2, 5), 40 * 3, TRUE), 40)
  goals("g_three", rating, weight, rpois(40, 2))
  goals("g_even", rating, matrix(1, 40, 3), rep(1, 40), level = 0.9)
  goals("g_rho", rating, weight, rep(1, 40), rho = 0.55)
})
goals("g_one_person", rbind(c(1, NA)), rbind(c(2, 1)), 1)
goals("g_none", rbind(c(NA, NA)), rbind(c(1, 1)), 4)

# ---- waves -----------------------------------------------------------------------------------------------------------

wave_mean <- function(name, x, frequency = rep(1, length(x)), level = 0.95) {
  keep(name, "wave_mean", level = level, answer = x, frequency = frequency)
  x <- rep(x, frequency); n <- length(x)
  ends <- if (n > 1) t.test(x, conf.level = level)$conf.int else c(NA, NA)
  give(name, "wave_mean", if (n > 0) mean(x) else NA)
  give(name, "wave_sd", if (n > 1) sd(x) else NA)
  give(name, "wave_mean_low", ends[1]); give(name, "wave_mean_high", ends[2])
}
wave_share <- function(name, count, n, level = 0.95) {
  keep(name, "wave_share", level = level, count = count, n = n)
  ends <- if (n > 0) wilson(count, n, level) else c(NA, NA)
  give(name, "wave_count", if (n > 0) count else NA)
  give(name, "wave_share", if (n > 0) count / n else NA)
  give(name, "wave_share_low", ends[1]); give(name, "wave_share_high", ends[2])
}
wave_mean("w_days", 0:28, rpois(29, 4))
wave_mean("w_decimals", round(rnorm(30, 4, 1), 1), level = 0.99)
wave_mean("w_one", 4)
wave_mean("w_empty", numeric())
wave_share("w_share", 31, 118)
wave_share("w_nobody", 0, 14, level = 0.9)
wave_share("w_everybody", 14, 14)
wave_share("w_large", 31415926, 1e8)
wave_share("w_share_empty", 0, 0)

flow <- function(name, t) {
  k <- nrow(t)
  keep(name, "flow", k = k, counts = as.vector(t(t)))
  share <- prop.table(t, 1)
  for (i in 1:k) for (j in 1:k) give(name, "flow_share", if (sum(t[i, ]) > 0) share[i, j] else NA, paste0(i, ">", j))
}
flow("f_three", rows(20, 10, 5, 3, 30, 15, 0, 5, 40))
flow("f_nobody_before", rows(4, 1, 0, 0))

# ---- weighted change -------------------------------------------------------------------------------------------------

weighted <- function(name, before, after, weight, frequency = rep(1, length(before)), event = NA, level = 0.95) {
  keep(name, if (is.na(event)) "weighted_mean" else "weighted_share", level = level, event = event, before = before,
       after = after, weight = weight, frequency = frequency)
  long <- data.frame(before = rep(before, frequency), after = rep(after, frequency), w = rep(weight, frequency))
  n <- nrow(long)
  if (!is.na(event)) long[c("before", "after")] <- 1 * (long[c("before", "after")] == event)
  long$change <- long$after - long$before
  is_mean <- is.na(event)
  stem <- if (is_mean) "weighted_mean_" else "weighted_share_"
  ratio <- if (is_mean) "weighted_t" else "weighted_share_t"
  design <- if (n > 1) suppressWarnings(svydesign(ids = ~1, weights = ~w, data = long))
  average <- function(x) if (n > 0) sum(long$w * long[[x]]) / sum(long$w) else NA
  exists <- n > 1 && length(unique(signif(long$change, 10))) > 1
  found <- c(average("before"), average("after"), average("change"), NA, NA, NA, NA, NA)
  if (exists) {
    means <- svymean(~before + after + change, design)
    df <- degf(design)
    stopifnot(df == n - 1)
    ends <- confint(svymean(~change, design), level = level, df = df)
    # svyttest takes one degree of freedom more away from a single mean (survey 4.1); with equal weights it is then not the
    # paired t test. Its statistic is taken, the design's degrees of freedom kept.
    t <- suppressWarnings(svyttest(change ~ 0, design))$statistic
    found <- c(coef(means), SE(means)["change"], ends, t, 2 * pt(-abs(t), df))
  }
  give(name, "weighted_n_pairs", n)
  give(name, "weighted_effective_n", if (n > 0) sum(long$w)^2 / sum(long$w^2) else NA)
  for (i in 1:6) give(name, paste0(stem, c("before", "after", "change", "change_std_error", "change_low", "change_high"))[i], found[i])
  give(name, ratio, found[7]); give(name, paste0(ratio, "_p"), found[8])
}
local({
  days <- sample(0:28, 90, TRUE)
  weighted("v_days", days, pmax(0, days - rpois(90, 3)), round(runif(90, 1, 6), 3))
  weighted("v_few", c(3, 8, 5, 1, 7), c(4, 6, 9, 1, 2), c(1.2, 3.4, 1, 2.2, 9), level = 0.9)
  weighted("v_patterns", sample(0:9, 60, TRUE), sample(0:9, 60, TRUE), sample(c(1, 1.5, 4), 60, TRUE), rpois(60, 3))
  weighted("v_binary", sample(0:1, 80, TRUE), sample(0:1, 80, TRUE), runif(80, 1, 4), rpois(80, 2), event = 1)
  weighted("v_binary_codes", sample(1:2, 50, TRUE), sample(1:2, 50, TRUE), runif(50, 0.5, 2), event = 1, level = 0.99)
})
weighted("v_two", c(3, 8), c(4, 6), c(1, 2))
weighted("v_one", 3, 4, 2)
weighted("v_empty", numeric(), numeric(), numeric())
weighted("v_still", c(3, 8), c(3, 8), c(1, 2))
weighted("v_shift", c(1.1, 2.3, 4.7), c(1.4, 2.6, 5.0), c(1, 2, 1))
weighted("v_binary_still", c(0, 1, 1), c(0, 1, 1), c(1, 2, 3), event = 1)

# ---- many tests ------------------------------------------------------------------------------------------------------

adjusted <- function(name, p) {
  keep(name, "adjust", p = ifelse(is.na(p), 9, p))
  give(name, "family_size", sum(!is.na(p)))
  holm <- p.adjust(p, "holm"); bh <- p.adjust(p, "BH")
  for (i in seq_along(p)) {
    give(name, "p_holm", holm[i], as.character(i)); give(name, "p_bh", bh[i], as.character(i))
  }
}
adjusted("p_twenty", c(rbeta(14, 0.3, 3), runif(6)))
adjusted("p_ties", c(0.01, 0.04, 0.01, 0.04, 0.5, 0.03, 0.03, 1, 1))
adjusted("p_absent", c(0.02, NA, 0.6, 0.001, NA, 0.02))
adjusted("p_edges", c(0, 1e-300, 1, 0.9999999))
adjusted("p_single", 0.03)
adjusted("p_none", c(NA, NA))

# ---- two groups' changes ----------------------------------------------------------------------------------------------

shared <- new.env()
sys.source("change_statistics.R", shared)
# Zou & Donner's equations 4 and 5, from each group's number with its ends.
mover <- function(first, second) {
  between <- first[1] - second[1]
  c(between, between - sqrt((first[1] - first[2])^2 + (second[3] - second[1])^2),
    between + sqrt((first[3] - first[1])^2 + (second[1] - second[2])^2))
}
# Newcombe 1998, table II (a), method 10: 56/70 less 48/80 is 0.0524 to 0.3339.
stopifnot(all(abs(mover(c(56 / 70, wilson(56, 70, 0.95)), c(48 / 80, wilson(48, 80, 0.95)))[2:3] - c(0.0524, 0.3339)) < 5e-5))
contrast <- function(name, before, after, group, binary = FALSE, level = 0.95) {
  keep(name, if (binary) "contrast_share" else "contrast_mean", level = level, before = before, after = after, group = group)
  by_group <- lapply(sort(unique(group)), function(one) {
    difference <- (after - before)[group == one]; n <- length(difference)
    up <- sum(difference > 0); down <- sum(difference < 0)
    superior <- c(0.5 + (up - down) / n / 2, 0.5 + shared$tango(up, down, n, level) / 2)
    if (binary) return(list(change = c((up - down) / n, shared$tango(up, down, n, level))))
    ends <- if (n > 1 && sd(difference) > 0) t.test(difference, conf.level = level)$conf.int else c(NA, NA)
    list(change = c(mean(difference), ends), superior = superior)
  })
  three <- function(names, found) for (i in 1:3) give(name, names[i], if (anyNA(found)) NA else found[i])
  three(paste0("difference", c("", "_low", "_high")), mover(by_group[[1]]$change, by_group[[2]]$change))
  if (!binary) {
    three(paste0("superiority_difference", c("", "_low", "_high")), mover(by_group[[1]]$superior, by_group[[2]]$superior))
  }
}
# Weights of girls before and after family therapy and no therapy: Hand et al. 1994, A Handbook of Small Data Sets, set 285.
girls <- subset(MASS::anorexia, Treat %in% c("FT", "Cont"))
contrast("c_anorexia", girls$Prewt, girls$Postwt, as.integer(girls$Treat == "Cont") + 1)
contrast("c_anorexia_90", girls$Prewt, girls$Postwt, as.integer(girls$Treat == "Cont") + 1, level = 0.9)
contrast("c_unequal", c(round(rnorm(40, 50, 10)), round(rnorm(15, 40, 4))), c(round(rnorm(40, 55, 10)), round(rnorm(15, 40, 9))), rep(1:2, c(40, 15)))
contrast("c_alone", c(1, 2, 3, 4), c(2, 4, 3, 6), c(1, 1, 1, 2))
contrast("c_share", rbinom(90, 1, 0.6), rbinom(90, 1, 0.4), rep(1:2, c(50, 40)), binary = TRUE)
contrast("c_share_same", rep(c(0, 1), 30), rep(c(0, 1), 30), rep(1:2, c(20, 40)), binary = TRUE)

# ---- the largest less the smallest --------------------------------------------------------------------------------------

ranked <- function(name, kind, columns, ends) {
  do.call(keep, c(list(name, kind), columns))
  k <- length(columns[[1]]); level <- 1 - 0.05 / choose(k, 2)
  value <- if (kind == "range_share") columns$count / columns$n else columns$mean
  give(name, "n_compared", k)
  if (k < 2) { for (s in c("range", "range_low", "range_high")) give(name, s, NA); return(invisible()) }
  interval <- function(i) { found <- ends(i, level); if (anyNA(found)) c(value[i], -Inf, Inf) else c(value[i], found) }
  found <- mover(interval(which.max(value)), interval(which.min(value)))
  found[!is.finite(found)] <- NA
  give(name, "range", found[1]); give(name, "range_low", found[2]); give(name, "range_high", found[3])
}
ranked_shares <- function(name, count, n) {
  ranked(name, "range_share", list(count = count, n = n), function(i, level) wilson(count[i], n[i], level))
}
# From a sample with just this mean and standard deviation, so that t.test gives the interval.
ranked_means <- function(name, mean, sd, n) {
  ranked(name, "range_mean", list(mean = mean, sd = sd, n = n), function(i, level) {
    if (n[i] < 2) return(c(NA, NA))
    sample <- as.vector(scale(seq_len(n[i]))) * sd[i] + mean[i]
    t.test(sample, conf.level = level)$conf.int
  })
}
ranked_shares("r_five", c(120, 90, 200, 14, 0), c(388, 391, 390, 380, 365))
ranked_shares("r_two", c(12, 25), c(30, 31))
ranked_shares("r_one", 7, 20)
ranked_means("r_groups", c(4.2, 3.9, 6.5, 4.0), c(2.1, 1.8, 3.0, 2.2), c(120, 45, 18, 60))
ranked_means("r_alone", c(4.2, 9), c(2.1, 1), c(120, 1))

# ---- files -----------------------------------------------------------------------------------------------------------

versions <- sprintf("# R %s, psych %s, survey %s, vcd %s", getRversion(), packageVersion("psych"), packageVersion("survey"),
                    packageVersion("vcd"))
save <- function(frame, file) {
  connection <- file(file, "w")
  on.exit(close(connection))
  writeLines(versions, connection)
  write.table(frame, connection, sep = ",", quote = FALSE, row.names = FALSE)
}
save(do.call(rbind, data), "change_beside_data.csv")
save(do.call(rbind, answers), "change_beside_expected.csv")
