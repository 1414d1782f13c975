# The data sets of paired change, and what is asked of each; change.R reads it.
set.seed(20261121, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

sets <- list()
add <- function(name, scale, levels, before, after, frequency = rep(1, length(before)), better = "none",
                level = 0.95, convention = "r", hedges = FALSE, reliability = NULL, classes = NULL) {
  stopifnot(!name %in% names(sets))
  sets[[name]] <<- list(name = name, scale = scale, levels = levels, before = before, after = after,
                        frequency = frequency, better = better, level = level, convention = convention,
                        hedges = hedges, reliability = reliability, classes = classes)
}
binary <- function(name, n00, n01, n10, n11, ..., levels = c(0, 1)) {
  add(name, "binary", levels, levels[c(1, 1, 2, 2)], levels[c(1, 2, 1, 2)], c(n00, n01, n10, n11), ...)
}
ordinal <- function(name, table, ..., levels = seq_len(nrow(table))) {
  k <- nrow(table)
  add(name, "ordinal", levels, levels[rep(seq_len(k), each = k)], levels[rep(seq_len(k), k)], as.vector(t(table)), ...)
}
numeric_pairs <- function(name, before, after, ...) add(name, "numeric", numeric(), before, after, ...)
rows <- function(...) matrix(c(...), sqrt(length(c(...))), byrow = TRUE)

binary("b_one_seven", 30, 1, 7, 12, better = "lower")
binary("b_newcombe", 22, 5, 0, 14, better = "higher")
binary("b_tango", 60, 40, 20, 40)
binary("b_balanced", 10, 6, 6, 9, better = "higher")
binary("b_still", 11, 0, 0, 4, better = "higher")
binary("b_sparse", 1, 0, 3, 1)
binary("b_all_gained", 0, 9, 0, 0)
binary("b_far", 100, 150, 10, 80)
binary("b_farther", 500, 900, 20, 800)
binary("b_million", 3e5, 250900, 249100, 2e5)
binary("b_large", 4e7, 50058000, 49942000, 3e7)
binary("b_large_near", 4e7, 50001000, 49999000, 3e7)
binary("b_large_one_back", 1000, 99999, 1, 1000)
binary("b_large_negative", 200000, 1200, 1500, 300000)
binary("b_level90", 17, 8, 3, 21, level = 0.90)
binary("b_level999", 17, 8, 3, 21, level = 0.999)
binary("b_codes", 25, 4, 11, 13, levels = c(2, 1), better = "lower")
binary("b_negative_phi", 2, 14, 9, 3)
binary("b_single", 0, 1, 0, 0, better = "higher")
binary("b_empty", 0, 0, 0, 0, better = "higher")

ordinal("o3_worked", rows(20, 10, 5, 3, 30, 15, 0, 5, 40), better = "lower")
ordinal("o4_random", matrix(rpois(16, 12), 4), better = "higher")
ordinal("o5_random", matrix(rpois(25, 4) + 1, 5), level = 0.99)
ordinal("o5_empty_level", rows(9, 4, 0, 2, 1, 7, 8, 0, 1, 0, 0, 0, 0, 0, 0, 3, 6, 0, 5, 2, 0, 1, 0, 8, 6))
ordinal("o4_still_level", rows(5, 3, 0, 2, 6, 7, 0, 1, 0, 0, 9, 0, 4, 8, 0, 6))
ordinal("o5_groups", rows(3, 9, 0, 0, 0, 4, 2, 0, 0, 0, 0, 0, 5, 6, 0, 0, 0, 1, 4, 0, 0, 0, 0, 0, 7))
ordinal("o4_chain", rows(8, 3, 0, 0, 1, 9, 6, 0, 0, 2, 7, 5, 0, 0, 4, 6))
ordinal("o3_still", diag(c(4, 6, 2)), better = "higher")
ordinal("o3_one_way", rows(0, 12, 0, 0, 0, 0, 0, 0, 0))
ordinal("o2_levels", rows(15, 4, 9, 12), better = "higher")
ordinal("o3_large", rows(4121, 1032, 221, 984, 5200, 902, 201, 887, 3011))
ordinal("o3_far", rows(40, 60, 50, 5, 70, 66, 2, 6, 90))
ordinal("o3_symmetric", rows(6, 3, 2, 3, 5, 4, 2, 4, 7), better = "higher")
ordinal("o4_codes", matrix(rpois(16, 7), 4), levels = c(0, 1, 3, 10), better = "higher")
ordinal("o10_random", matrix(rpois(100, 2), 10))
ordinal("o3_stata", rows(20, 10, 5, 3, 30, 15, 0, 5, 40), convention = "stata")
ordinal("o3_spss", rows(20, 10, 5, 3, 30, 15, 0, 5, 40), convention = "spss", better = "lower")
ordinal("o3_spss_small", rows(9, 4, 0, 2, 8, 7, 1, 3, 6), convention = "spss", hedges = TRUE,
        reliability = list(r = 0.85, sd = NA, cut_off = 2), better = "lower")
ordinal("o3_single", rows(0, 1, 0, 0, 0, 0, 0, 0, 0), better = "lower")
ordinal("o3_empty", matrix(0, 3, 3), better = "higher")

numeric_pairs("n_exact", c(12, 20, 7, 15, 28, 3, 9, 14), c(13, 15, 9, 8, 17, 6, 1, 18), better = "lower")
numeric_pairs("n_exact_one_way", seq(1, 40), seq(1, 40) + sample(40) / 4, better = "higher")
numeric_pairs("n_exact_49", rnorm(49, 10, 3), rnorm(49, 9, 4))
numeric_pairs("n_fifty", rnorm(50, 10, 3), rnorm(50, 9, 4))
numeric_pairs("n_ties_zeros", sample(0:28, 60, TRUE), sample(0:28, 60, TRUE), better = "lower")
numeric_pairs("n_pratt", sample(0:5, 80, TRUE), sample(0:6, 80, TRUE), convention = "stata")
numeric_pairs("n_decimals", sample(10:60, 45, TRUE) / 10, sample(10:60, 45, TRUE) / 10, better = "higher", level = 0.9)
numeric_pairs("n_negative", round(rnorm(30, -100, 30)), round(rnorm(30, -90, 30)), frequency = rpois(30, 3))
numeric_pairs("n_offset", 1e6 + sample(0:9, 40, TRUE), 1e6 + sample(0:9, 40, TRUE))
numeric_pairs("n_large", round(rnorm(3000, 14, 6), 1), round(rnorm(3000, 13.9, 6), 1), frequency = rpois(3000, 20))
local({
  before <- round(rnorm(400, 20, 5), 2)
  numeric_pairs("n_far", before, round(before - 2.2 + rnorm(400, 0, 4), 2), better = "lower", level = 0.99)
})
numeric_pairs("n_zero_without_ties", c(5, 9, 12, 30, 7), c(5, 10, 10, 33, 11), better = "lower")
numeric_pairs("n_two", c(3, 8), c(4, 6))
numeric_pairs("n_same_shift", c(1.1, 2.3, 4.7), c(1.4, 2.6, 5.0))
numeric_pairs("n_still", c(4, 4, 9), c(4, 4, 9), better = "higher")
numeric_pairs("n_balanced", c(1, 2, 3, 4), c(2, 1, 4, 3), better = "higher")
numeric_pairs("n_single", 4, 9)
numeric_pairs("n_empty", numeric(), numeric(), better = "lower")

binary("b_spss_exact", 12, 7, 18, 20, convention = "spss", better = "lower")
binary("b_spss_large", 12, 8, 18, 20, convention = "spss")
binary("b_spss_balanced", 12, 15, 15, 20, convention = "spss")
binary("b_stata", 12, 7, 18, 20, convention = "stata")
# Days of use out of 28, many of them 0.
days <- function(n) ifelse(runif(n) < 0.3, 0, sample(1:28, n, TRUE))
numeric_pairs("n_days", days(240), days(240), better = "lower", classes = c(28, 13, 10),
              reliability = list(r = 0.8, sd = NA, cut_off = 14))
numeric_pairs("n_days_spss", days(70), days(70), convention = "spss", classes = c(28, 5, 5), hedges = TRUE)
numeric_pairs("n_days_stata", days(70), days(70), better = "lower", convention = "stata", level = 0.9,
              reliability = list(r = 0.75, sd = 6.5, cut_off = NA))
numeric_pairs("n_days_none", c(0, 0, 0), c(4, 0, 9), better = "lower", classes = c(28, 13, 10),
              reliability = list(r = 0.75, sd = NA, cut_off = NA))
numeric_pairs("n_days_outside", c(3, 29), c(4, 2), better = "lower", classes = c(28, 13, 10))
numeric_pairs("n_days_of_work", c(3, 9), c(4, 2), better = "higher", classes = c(28, 13, 10))
numeric_pairs("n_days_empty", numeric(), numeric(), better = "lower", classes = c(28, 13, 10), hedges = TRUE,
              reliability = list(r = 0.75, sd = 6.5, cut_off = 3))
numeric_pairs("n_score", round(rnorm(180, 21, 6), 1), round(rnorm(180, 18, 7), 1), better = "higher", hedges = TRUE,
              reliability = list(r = 0.91, sd = NA, cut_off = 19.5))
numeric_pairs("n_hedges_two", c(3, 8), c(4, 6), hedges = TRUE)
numeric_pairs("n_hedges_three", c(3, 8, 5), c(4, 6, 9), hedges = TRUE, better = "lower",
              reliability = list(r = 0.4, sd = NA, cut_off = 5))
numeric_pairs("n_hedges_five", c(3, 8, 5, 1, 7), c(4, 6, 9, 1, 2), hedges = TRUE)
