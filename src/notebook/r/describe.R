# How many answered, and why the others did not.
describe_around <- function(answers, variable) {
  missing <- is.na(answers[[variable]])
  frequency <- answers[["(frequency)"]]
  reasons <- tapply(frequency[missing], answers[[paste(variable, "(reason)")]][missing], sum)
  c(valid = sum(frequency[!missing]), if (any(missing)) setNames(reasons, paste("missing", names(reasons))))
}

# How many gave each answer, and their share of those who gave any.
describe_codes <- function(answers, variable, codes) {
  values <- describe_around(answers, variable)
  counts <- sapply(codes, function(code) sum(answers[["(frequency)"]][answers[[variable]] %in% code]))
  c(values, setNames(counts, paste("count", codes)), setNames(counts / values[["valid"]], paste("share", codes)))
}

# Mean, sum, standard deviation (divisor n - 1) and median.
describe_number <- function(answers, variable) {
  given <- answers[!is.na(answers[[variable]]), ]
  numbers <- rep(given[[variable]], given[["(frequency)"]])
  c(describe_around(answers, variable), mean = mean(numbers), sum = sum(numbers), sd = sd(numbers), median = median(numbers))
}

# How many have both.
both <- function(answers, first, second, events) {
  have <- answers[[first]] %in% events[1] & answers[[second]] %in% events[2]
  setNames(sum(answers[["(frequency)"]][have]), paste("both", second))
}
