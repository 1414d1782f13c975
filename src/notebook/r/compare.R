released <- read_texts(estimates_file)
released$value <- as.numeric(released$value)

made <- list()
compared <- list()

# Keeps numbers that were made; `values` are named by the statistic, or `statistic term`.
record <- function(analysis, group, variable, values) {
  if (is.null(values)) return(invisible())
  statistic <- sub(" .*", "", names(values))
  term <- ifelse(grepl(" ", names(values)), sub("^[^ ]* ", "", names(values)), "")
  keys <- paste(analysis, group, variable, term, statistic, sep = "/")
  made[[length(made) + 1]] <<- setNames(as.numeric(values), keys)
}

# How far apart R, SPSS and Stata are: of each number that was made as they have it the largest less the smallest.
apart <- function(analysis, group, variable) {
  own <- unlist(lapply(c("(r)", "(spss)", "(stata)"), function(term) {
    start <- paste0(paste(analysis, group, variable, term, sep = "/"), "/")
    found <- unlist(made)
    found <- found[startsWith(names(found), start)]
    setNames(found, substring(names(found), nchar(start) + 1))
  }))
  if (is.null(own)) return(NULL)
  far <- tapply(own, names(own), function(values) max(values) - min(values))
  setNames(as.numeric(far), paste(names(far), "(apart)"))
}

TOLERANCES <- c("computed directly" = 1e-8, "found by iteration" = 1e-6)

# How numbers come about, which says how near two programs come to each other.
how_made <- function(kind, statistic) {
  of_model <- kind %in% c("attrition", "model", "prediction")
  ifelse(of_model & !statistic %in% DIRECT, "found by iteration", "computed directly")
}

# Relative differences of numbers made here from the released ones. A chi-squared statistic may be the difference of two large
# deviances: where it is next to nothing, its last digits are those of rounding.
difference <- function(own, shown, statistic) {
  size <- ifelse(endsWith(statistic, "chi2"), pmax(abs(shown), 0.001), abs(shown))
  abs(own - shown) / ifelse(size == 0, 1, size)
}

# Compares the numbers of one analysis with the released ones and prints how many and how near.
compare <- function(analysis) {
  rows <- released[released$analysis == analysis, ]
  # A widened interval or bounded p-value is larger than computed by intent, so that it gives nothing away.
  widened <- vapply(strsplit(rows$conditions, ";"), function(conditions) any(c("widened", "bounded") %in% conditions), logical(1))
  shown <- rows[rows$shown == "value" & !widened, ]
  keys <- with(shown, paste(analysis, group, variable, term, statistic, sep = "/"))
  own <- c(unlist(made), none = NA)[keys]
  exists <- is.finite(own)
  # Without a finite maximum R's functions return whatever they stopped at, so nothing is made again.
  separated <- any(sub(":.*", "", unlist(strsplit(rows$conditions, ";"))) %in% c("separation", "limiting_weights"))
  mine <- data.frame(number = keys, how = how_made(shown$kind, shown$statistic))
  mine <- cbind(mine, far = unname(difference(own, shown$value, shown$statistic)))[exists, ]
  one <- list(
    analysis = analysis, compared = mine, suppressed = sum(rows$shown == "suppressed"),
    differ = mine$number[mine$far > TOLERANCES[mine$how]],
    not_made = keys[!exists & !shown$statistic %in% NOT_REMADE & !separated]
  )
  compared[[length(compared) + 1]] <<- one
  cat(sprintf(
    "%s: %d compared, %d suppressed, largest relative difference %.1e\n",
    analysis, nrow(mine), one$suppressed, max(mine$far, 0)
  ))
  if (separated) cat("  there is separation: what was not made again has no finite maximum to be made from\n")
  cat(sprintf("  differs: %s\n", one$differ), sprintf("  not made again: %s\n", one$not_made), sep = "")
}

# A table of some of the numbers that were made, of everybody together; only of those that are released.
look <- function(analysis, statistics) {
  shown <- released[released$analysis == analysis & released$group == "" & released$shown == "value", ]
  shown <- shown[shown$statistic %in% statistics & !shown$term %in% c("(r)", "(spss)", "(stata)", "(apart)"), ]
  keys <- with(shown, paste(analysis, group, variable, term, statistic, sep = "/"))
  rows <- trimws(paste(shown$variable, shown$term))
  columns <- intersect(statistics, shown$statistic)
  values <- c(unlist(made), none = NA)[keys]
  table <- matrix("", length(unique(rows)), length(columns), dimnames = list(unique(rows), columns))
  cells <- cbind(match(rows, unique(rows)), match(shown$statistic, columns))
  table[cells] <- ifelse(values %% 1 == 0, sprintf("%.0f", values), sprintf("%.4g", values))
  print(table, quote = FALSE, right = TRUE)
}
