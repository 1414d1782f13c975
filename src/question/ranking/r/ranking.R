PLACES <- c("first", "second", "third", "fourth")

# The terms of an analysis, group and variable that are ranked; answers that are told by their place get their codes.
ranked_terms <- function(which, subject) {
  at <- released$analysis == subject$analysis & released$group == subject$group & released$variable == subject$variable
  counted <- if (which == "a>a") "before_count" else "count"
  codes <- released$term[at & released$statistic == counted]
  if (which == "a>a") return(paste(codes, codes, sep = ">", recycle0 = TRUE))
  for (i in seq_len(min(length(PLACES), length(codes)))) which <- gsub(PLACES[i], codes[i], which, fixed = TRUE)
  if (any(vapply(PLACES, grepl, TRUE, x = which, fixed = TRUE))) character() else which
}

# A number that is ranked, of how many it is, and the standard deviation of a mean; NA where there is none. `known` are all numbers.
ranked_number <- function(known, subject, statistic, term) {
  key <- function(statistic, term) paste(subject$analysis, subject$group, subject$variable, term, statistic, sep = "/")
  find <- function(statistic, term) known[[match(key(statistic, term), names(known), nomatch = length(known))]]
  value <- find(statistic, term)
  n <- switch(statistic,
    conditional_share = find("combined_count", sub(".*[|]", "", term)),
    attained_share = find("with_goal", ""),
    flow_share = find("before_count", sub(">.*", "", term)),
    find("valid", "")
  )
  # An answer that the variable does not have, nobody gave.
  if (statistic == "share" && !key(statistic, term) %in% names(known) && isTRUE(n > 0)) value <- 0
  c(value = value, n = n, sd = if (statistic == "mean") find("sd", "") else NA, is_mean = statistic == "mean")
}

# A number with its interval: Wilson's of a share, Student's of a mean; without ends where there are too few.
ranked_interval <- function(number, level) {
  value <- number[["value"]]; n <- number[["n"]]
  if (!number[["is_mean"]] && isTRUE(n >= 1)) {
    ends <- suppressWarnings(prop.test(round(value * n), n, conf.level = level, correct = FALSE)$conf.int)
    return(c(value, ends[1:2]))
  }
  if (!number[["is_mean"]] || !isTRUE(n >= 2)) return(c(value, -Inf, Inf))
  value + c(0, -1, 1) * qt(1 - (1 - level) / 2, n - 1) * number[["sd"]] / sqrt(n)
}

# The largest of several numbers less the smallest, a row each; of equals the last is the largest and the first the smallest.
ranked_range <- function(numbers) {
  values <- c(range = NA, range_low = NA, range_high = NA, n_compared = nrow(numbers))
  if (nrow(numbers) < 2) return(values)
  level <- 1 - (1 - 0.95) / choose(nrow(numbers), 2)
  a <- ranked_interval(numbers[max(which(numbers[, "value"] == max(numbers[, "value"]))), ], level)
  b <- ranked_interval(numbers[which.min(numbers[, "value"]), ], level)
  ends <- c(-sqrt((a[1] - a[2])^2 + (b[3] - b[1])^2), sqrt((a[3] - a[1])^2 + (b[1] - b[2])^2))
  values[1:3] <- a[1] - b[1] + c(0, ends)
  values
}

# The ranges of a table: the keys of each tell which of the numbers of its analyses are ranked.
record_rankings <- function(analysis, of) {
  known <- c(unlist(made), none = NA)
  subjects <- lapply(of, function(one) unique(released[released$analysis == one, c("analysis", "group", "variable")]))
  subjects <- do.call(rbind, subjects)
  kinds <- vapply(strsplit(subjects$group, " & ", fixed = TRUE), function(levels) paste(sub("=.*", "", levels), collapse = " & "), "")
  keys <- unique(released[released$analysis == analysis, c("group", "variable", "term")])
  for (i in seq_len(nrow(keys))) {
    key <- keys[i, ]
    statistic <- sub("=.*", "", key$term)
    term <- if (grepl("=", key$term)) sub("^[^=]*=", "", key$term) else ""
    own <- subjects[kinds == key$group & (key$variable == "" | subjects$variable == key$variable), ]
    numbers <- matrix(0, 0, 4, dimnames = list(NULL, c("value", "n", "sd", "is_mean")))
    for (j in seq_len(nrow(own))) for (one in ranked_terms(term, own[j, ])) {
      numbers <- rbind(numbers, ranked_number(known, own[j, ], statistic, one))
    }
    values <- ranked_range(numbers[is.finite(numbers[, "value"]), , drop = FALSE])
    record(analysis, key$group, key$variable, setNames(values, paste(names(values), key$term)))
  }
}
