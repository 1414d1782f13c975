# Reference values of paired change, from R's own functions where R has them and from the textbook's formula otherwise.
# Run in this folder: Rscript change.R
# It writes   change_datasets.csv   what is asked of each data set
#             change_data.csv       the pairs with their frequencies
#             change_expected.csv   the answers; NA where the statistic does not exist
source("change_statistics.R")
set.seed(20261121, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

number <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x))

# ---- data ----------------------------------------------------------------------------------------------------------

sets <- list()
add <- function(name, scale, levels, before, after, frequency = rep(1, length(before)), better = "none",
                level = 0.95, zeros = "dropped", continuity = TRUE) {
  stopifnot(!name %in% names(sets))
  sets[[name]] <<- list(name = name, scale = scale, levels = levels, before = before, after = after,
                        frequency = frequency, better = better, level = level, zeros = zeros, continuity = continuity)
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
ordinal("o3_pratt", rows(20, 10, 5, 3, 30, 15, 0, 5, 40), zeros = "pratt", continuity = FALSE)
ordinal("o3_pratt_corrected", rows(20, 10, 5, 3, 30, 15, 0, 5, 40), zeros = "pratt")
ordinal("o3_uncorrected", rows(20, 10, 5, 3, 30, 15, 0, 5, 40), continuity = FALSE)
ordinal("o3_single", rows(0, 1, 0, 0, 0, 0, 0, 0, 0), better = "lower")
ordinal("o3_empty", matrix(0, 3, 3), better = "higher")

numeric_pairs("n_exact", c(12, 20, 7, 15, 28, 3, 9, 14), c(13, 15, 9, 8, 17, 6, 1, 18), better = "lower")
numeric_pairs("n_exact_one_way", seq(1, 40), seq(1, 40) + sample(40) / 4, better = "higher")
numeric_pairs("n_exact_49", rnorm(49, 10, 3), rnorm(49, 9, 4))
numeric_pairs("n_fifty", rnorm(50, 10, 3), rnorm(50, 9, 4))
numeric_pairs("n_ties_zeros", sample(0:28, 60, TRUE), sample(0:28, 60, TRUE), better = "lower")
numeric_pairs("n_pratt", sample(0:5, 80, TRUE), sample(0:6, 80, TRUE), zeros = "pratt", continuity = FALSE)
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

# ---- answers -------------------------------------------------------------------------------------------------------

answers <- list()
give <- function(set, statistic, value, term = "") {
  answers[[length(answers) + 1]] <<- data.frame(dataset = set$name, statistic = statistic, term = term,
                                                value = number(unname(value)))
}

for (s in sets) change_statistics(s)

# ---- files ---------------------------------------------------------------------------------------------------------

versions <- sprintf("# R %s, coin %s, MASS %s", getRversion(), packageVersion("coin"), packageVersion("MASS"))
save <- function(frame, file) {
  connection <- file(file, "w")
  on.exit(close(connection))
  writeLines(versions, connection)
  write.table(frame, connection, sep = ",", quote = FALSE, row.names = FALSE)
}
save(do.call(rbind, lapply(sets, function(s) {
  data.frame(dataset = s$name, scale = s$scale, better = s$better, levels = paste(number(s$levels), collapse = "|"),
             level = number(s$level), zeros = s$zeros, continuity = tolower(s$continuity))
})), "change_datasets.csv")
save(do.call(rbind, lapply(sets, function(s) {
  data.frame(dataset = rep(s$name, length(s$before)), before = number(s$before), after = number(s$after),
             frequency = sprintf("%.0f", s$frequency))
})), "change_data.csv")
save(do.call(rbind, answers), "change_expected.csv")
