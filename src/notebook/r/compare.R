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

# The largest relative difference that passes: estimates found by iteration agree less closely than closed forms, and the
# penalised ones least, since their optimiser stops at a gradient of 1e-8.
tolerance <- function(kind) ifelse(kind %in% c("attrition", "model"), 1e-6, ifelse(kind == "prediction", 1e-5, 1e-8))

# Relative differences of numbers made here from the released ones.
difference <- function(own, shown) abs(own - shown) / ifelse(shown != 0, abs(shown), 1)

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
  far <- difference(own, shown$value)[exists]
  one <- list(
    analysis = analysis, compared = sum(exists), suppressed = sum(rows$shown == "suppressed"), largest = max(far, 0),
    differ = keys[exists][far > tolerance(shown$kind[exists])],
    not_made = keys[!exists & !shown$statistic %in% NOT_REMADE & !separated]
  )
  compared[[length(compared) + 1]] <<- one
  cat(sprintf(
    "%s: %d compared, %d suppressed, largest relative difference %.1e\n",
    analysis, one$compared, one$suppressed, one$largest
  ))
  if (separated) cat("  there is separation: what was not made again has no finite maximum to be made from\n")
  cat(sprintf("  differs: %s\n", one$differ), sprintf("  not made again: %s\n", one$not_made), sep = "")
}
