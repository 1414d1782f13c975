# How many answered, and why the others did not.
describe_around <- function(answers, variable) {
  missing <- is.na(answers[[variable]])
  frequency <- answers[["(frequency)"]]
  reasons <- tapply(frequency[missing], answers[[paste(variable, "(reason)")]][missing], sum)
  c(
    valid = sum(frequency[!missing]), if (any(missing)) setNames(reasons, paste("missing", names(reasons))),
    if (any(missing)) c(missing_total = sum(frequency[missing]))
  )
}

# How many gave each answer, and their share of those who gave any.
describe_codes <- function(answers, variable, codes) {
  values <- describe_around(answers, variable)
  counts <- sapply(codes, function(code) sum(answers[["(frequency)"]][answers[[variable]] %in% code]))
  c(values, setNames(counts, paste("count", codes)), setNames(counts / values[["valid"]], paste("share", codes)))
}

# How many gave one of several answers, their share of those who gave any, and the share of each among them.
combined <- function(answers, variable, together, each) {
  count <- function(codes) sum(answers[["(frequency)"]][answers[[variable]] %in% codes])
  whole <- count(together)
  name <- paste(together, collapse = "+")
  values <- c(whole, whole / sum(answers[["(frequency)"]][!is.na(answers[[variable]])]))
  values <- setNames(values, paste(c("combined_count", "combined_share"), name))
  if (!each) return(values)
  c(values, setNames(sapply(together, count) / whole, paste0("conditional_share ", together, "|", name)))
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

# Cronbach's alpha of those who answered every item, with Feldt's 95 % interval.
cronbach_alpha <- function(answers, items, reverse) {
  given <- answers[complete.cases(answers[items]), ]
  table <- as.matrix(given[rep(seq_len(nrow(given)), given[["(frequency)"]]), items])
  # A constant that is added to an item changes no variance.
  table[, reverse] <- -table[, reverse]
  n <- nrow(table)
  k <- ncol(table)
  total <- if (n > 1) var(rowSums(table)) else 0
  if (total == 0) {
    return(c(complete = n))
  }
  alpha <- k / (k - 1) * (1 - sum(apply(table, 2, var)) / total)
  # The quantiles of F by those of the beta distribution: with many persons qf takes chi-squared for F.
  beta <- qbeta(c(0.975, 0.025), (n - 1) / 2, (n - 1) * (k - 1) / 2)
  ends <- 1 - (1 - alpha) * beta / (1 - beta) * (k - 1)
  c(complete = n, alpha = alpha, alpha_low = ends[1], alpha_high = ends[2])
}
