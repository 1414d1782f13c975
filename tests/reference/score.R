# Reference values of scores: what is made of items, and Cronbach's alpha with Feldt's interval.
# Run in this folder: Rscript score.R
# It writes   score_data.csv       the answers, one form a row; empty and 9 where an answer is missing
#             score_expected.csv   score, wave, group, statistic, value; NA where the statistic does not exist
suppressPackageStartupMessages(library(psych))
set.seed(20261130, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

number <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x))
persons <- 140

# ---- answers ---------------------------------------------------------------------------------------------------------

trait <- rnorm(persons)
wave <- function(name, shift) {
  level <- 0.7 * trait + 0.6 * rnorm(persons) + shift
  graded <- function(sign, at) findInterval(sign * level + 0.9 * rnorm(persons) + at, c(-0.7, 0.3, 1.2))
  form <- data.frame(
    id = sprintf("%03d", seq_len(persons)), wave = name, sex = rep(1:2, persons / 2),
    i1 = graded(1, 0), i2 = graded(1, 0.2), i3 = graded(-1, 0.1), i4 = graded(1, -0.3), i5 = graded(1, 0.4),
    v1 = pmin(pmax(round(5 + 2 * level + rnorm(persons)), 0), 10),
    v2 = pmin(pmax(round(5 - 2 * level + rnorm(persons)), 0), 10),
    v3 = pmin(pmax(round(4 + 1.5 * level + 1.5 * rnorm(persons)), 0), 10),
    y1 = ifelse(level + rnorm(persons) > 1, 1, 2), y2 = ifelse(level + rnorm(persons) > 1.4, 1, 2)
  )
  items <- names(form)[-(1:3)]
  for (item in items) form[[item]][runif(persons) < 0.07] <- NA
  form
}
form <- rbind(wave("t0", 0.3), wave("t6", -0.4))

# ---- scores ----------------------------------------------------------------------------------------------------------

graded <- function(f) cbind(f$i1, f$i2, 3 - f$i3, f$i4, f$i5)
numbers <- function(f) cbind(f$v1, 10 - f$v2, f$v3)
yes <- function(f) cbind(f$y1 == 1, f$y2 == 1, f$i1 > 0)
prorated <- function(x, least, of) ifelse(rowSums(!is.na(x)) >= least, of(x), NA)
any_of <- function(x, least) {
  ifelse(rowSums(x, na.rm = TRUE) > 0, 1, ifelse(rowSums(!is.na(x)) >= least, 0, NA))
}
scores <- list(
  full = function(f) rowSums(graded(f)),
  part = function(f) prorated(graded(f), 4, function(x) ncol(x) * rowMeans(x, na.rm = TRUE)),
  average = function(f) prorated(numbers(f), 2, function(x) rowMeans(x, na.rm = TRUE)),
  average_complete = function(f) rowMeans(numbers(f)),
  some = function(f) any_of(yes(f), 3),
  some_part = function(f) any_of(yes(f), 2),
  many = function(f) rowSums(yes(f)),
  many_part = function(f) prorated(yes(f), 2, function(x) ncol(x) * rowMeans(x, na.rm = TRUE)),
  both = function(f) rowSums(graded(f)) + rowMeans(numbers(f))
)
items <- list(
  full = graded, part = graded, average = numbers, average_complete = numbers,
  both = function(f) cbind(rowSums(graded(f)), rowMeans(numbers(f)))
)

# Alpha and its interval by their formulas; psych has the same.
alphas <- function(x) {
  x <- x[complete.cases(x), , drop = FALSE]
  n <- nrow(x)
  k <- ncol(x)
  alpha <- k / (k - 1) * (1 - sum(apply(x, 2, var)) / var(rowSums(x)))
  ends <- 1 - (1 - alpha) * qf(c(0.975, 0.025), n - 1, (n - 1) * (k - 1))
  of_psych <- suppressMessages(suppressWarnings(psych::alpha(x, check.keys = FALSE)))
  interval <- alpha.ci(of_psych$total$raw_alpha, n.obs = n, n.var = k, digits = 16)
  found <- c(of_psych$total$raw_alpha, interval$lower.ci, interval$upper.ci)
  stopifnot(isTRUE(all.equal(c(alpha, ends), found, tolerance = 1e-10)))
  c(complete = n, alpha = found[1], alpha_low = found[2], alpha_high = found[3])
}

expected <- list()
give <- function(score, at, group, values) {
  expected[[length(expected) + 1]] <<- data.frame(score = score, wave = at, group = group, statistic = names(values), value = number(values))
}
for (at in c("t0", "t6")) for (group in c("", "sex=1", "sex=2")) {
  rows <- form$wave == at & (group == "" | paste0("sex=", form$sex) == group)
  for (score in names(scores)) {
    x <- scores[[score]](form[rows, ])
    x <- x[!is.na(x)]
    give(score, at, group, c(valid = length(x)))
    if (score %in% c("some", "some_part")) {
      give(score, at, group, c("count 1" = sum(x == 1)))
    } else {
      give(score, at, group, c(mean = mean(x), sd = sd(x), sum = sum(x), median = median(x)))
    }
    if (score %in% names(items)) give(score, at, group, alphas(items[[score]](form[rows, ])))
  }
}
# Change that is larger than the score errs by, r = 0.85.
before <- scores$full(form[form$wave == "t0", ])
after <- scores$full(form[form$wave == "t6", ])
pairs <- !is.na(before) & !is.na(after)
threshold <- 1.96 * sd(before[pairs]) * sqrt(2) * sqrt(1 - 0.85)
change <- (after - before)[pairs]
give("full", "t0>t6", "", c(n_pairs = sum(pairs), mean_change = mean(change), reliable_threshold = threshold,
                            reliable_improved = sum(change < -threshold), reliable_worse = sum(change > threshold)))

# Missing answers stand in two ways.
shown <- form
for (item in names(form)[-(1:3)]) {
  gone <- is.na(form[[item]])
  shown[[item]] <- ifelse(gone, ifelse(seq_along(gone) %% 2 == 0 & substr(item, 1, 1) == "i", "9", ""), form[[item]])
}
write.csv(shown, "score_data.csv", row.names = FALSE, quote = FALSE)
versions <- sprintf("# R %s, psych %s", getRversion(), packageVersion("psych"))
writeLines(c(versions, "score,wave,group,statistic,value", with(do.call(rbind, expected), paste(score, wave, group, statistic, value, sep = ","))),
           "score_expected.csv")
