# Those with an answer at all of the waves.
with_all <- function(answers, columns) answers[complete.cases(answers[columns]), ]

# How many lack an answer at one of the waves.
left_out <- function(answers, columns) {
  c(incomplete = sum(answers[["(frequency)"]]) - sum(with_all(answers, columns)[["(frequency)"]]))
}

# How many answered, why the others did not, and how many and what share gave each answer.
counts_at_wave <- function(answers, variable, codes) {
  if (length(codes) > 0) describe_codes(answers, variable, codes) else describe_around(answers, variable)
}

# The mean of those with an answer, with its t interval.
mean_at_wave <- function(answers, variable, level, codes) {
  given <- answers[!is.na(answers[[variable]]), ]
  numbers <- rep(given[[variable]], given[["(frequency)"]])
  ends <- if (length(numbers) > 1 && sd(numbers) > 0) t.test(numbers, conf.level = level)$conf.int else rep(mean(numbers), 2)
  c(
    counts_at_wave(answers, variable, codes),
    wave_mean = mean(numbers), wave_sd = sd(numbers), wave_mean_low = ends[1], wave_mean_high = ends[2]
  )
}

# The share of the second code among those with an answer, with Wilson's interval.
share_at_wave <- function(answers, variable, level, codes) {
  values <- counts_at_wave(answers, variable, codes)
  count <- values[[paste("count", codes[2])]]
  n <- values[["valid"]]
  if (n == 0) return(values)
  ends <- suppressWarnings(prop.test(count, n, conf.level = level, correct = FALSE)$conf.int)
  c(values, wave_count = count, wave_share = count / n, wave_share_low = ends[1], wave_share_high = ends[2])
}

# Of those at each level before, the share at each level after.
flow <- function(pairs, levels) {
  table <- crossed(pairs, levels)
  shares <- table / rowSums(table)
  names <- outer(levels, levels, function(from, to) paste0("flow_share ", from, ">", to))
  c(n_pairs = sum(table), transitions(table, levels), setNames(as.vector(shares), as.vector(names)))
}
