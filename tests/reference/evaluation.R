# What help.R and sintef_lav.R have in common: reading forms, putting waves side by side, and the analyses' kinds. It shares nothing
# with the program that it is compared with but the pipelines' questions.
#
# A variable is a list: value (NA where there is none), why it is missing ("" where it is not), and what it is: scale (nominal,
# ordinal, binary, numeric), codes, better (higher, lower, none). A cohort is a list: id (one a row), columns (variables by name).
source("change_statistics.R")
source("model_statistics.R")
options(digits = 17)

# ---- answers -------------------------------------------------------------------------------------------------------

answers <- list()
# `subject`: analysis, group and variable.
put <- function(subject, statistic, value, term = "") {
  value <- as.numeric(value)
  stopifnot(length(value) == 1)
  answers[[length(answers) + 1]] <<- c(subject, term, statistic, if (is.na(value)) "NA" else sprintf("%.17g", value))
}
give <- function(set, statistic, value, term = "") put(set$subject, statistic, value, term)

write_answers <- function(path) {
  lines <- vapply(answers, paste, "", collapse = ",")
  stopifnot(lengths(answers) == 6, !duplicated(sub(",[^,]*$", "", lines)))
  packages <- c("coin", "MASS", "sandwich", "pROC")
  versions <- paste(c(R.version.string, paste(packages, vapply(packages, function(p) as.character(packageVersion(p)), ""))), collapse = ", ")
  file <- file(path, "wb")
  on.exit(close(file))
  writeLines(c(paste("#", versions), "analysis,group,variable,term,statistic,value", lines), file, useBytes = TRUE)
}

# ---- forms ---------------------------------------------------------------------------------------------------------

# A file as text, one column a question. Names in ASCII: a script must not depend on the locale that it is read in.
read_file <- function(path, delimiter, encoding) {
  lines <- iconv(readLines(path, encoding = "bytes"), from = encoding, to = "UTF-8")
  for (letter in list(c("\u00e6", "ae"), c("\u00f8", "oe"), c("\u00e5", "aa"))) lines[1] <- gsub(letter[1], letter[2], lines[1], fixed = TRUE)
  read.table(text = lines, header = TRUE, sep = delimiter, colClasses = "character", na.strings = character(), quote = "\"",
             comment.char = "", check.names = FALSE)
}

# How a question is answered. `missing`: code = reason; `blank`: the reason of an empty field; `written`: text = code.
# `reliability`: a list of r, sd (NA for that of the persons before) and cut_off (NA for none).
question <- function(column, scale, codes = NULL, better = "none", missing = c(), blank = "blank", written = c(), reliability = NULL) {
  list(reliability = reliability, column = column, scale = scale, codes = codes, better = better, missing = missing, blank = blank, written = written)
}

variable <- function(value, why, scale, codes = NULL, better = "none", reliability = NULL) {
  list(reliability = reliability, value = value, why = why, scale = scale, codes = codes, better = better)
}

answered <- function(texts, question) {
  texts <- trimws(texts)
  known <- texts %in% names(question$written)
  texts[known] <- as.character(question$written[texts[known]])
  why <- ifelse(texts == "", question$blank, "")
  coded <- texts %in% names(question$missing)
  why[coded] <- question$missing[texts[coded]]
  value <- as.numeric(ifelse(why == "", sub(",", ".", texts, fixed = TRUE), NA))
  stopifnot(!is.na(value[why == ""]), is.null(question$codes) || all(value %in% c(NA, question$codes)))
  variable(value, why, question$scale, question$codes, question$better, question$reliability)
}

# A derived variable is missing where its expression is. R's & and | know NA as SQL's AND and OR know NULL.
derived <- function(value, scale = "binary", codes = 0:1, better = "none") {
  value <- as.numeric(value)
  variable(value, ifelse(is.na(value), "not_derived", ""), scale, codes, better)
}

# One wave of an instrument: id, columns.
form <- function(id, rows, questions) {
  stopifnot(!duplicated(id))
  list(id = id, columns = lapply(questions, function(question) answered(rows[[question$column]], question)))
}
values <- function(form, name) form$columns[[name]]$value

# ---- cohorts -------------------------------------------------------------------------------------------------------

at_rows <- function(variable, rows, why_not) {
  variable$value <- variable$value[rows]
  variable$why <- ifelse(is.na(rows), why_not, variable$why[rows])
  variable
}

# Who has a form at the first wave, with `name@wave` for all that is asked at each, and `name` for what does not change: its first
# answer.
side_by_side <- function(forms, constant) {
  id <- forms[[1]]$id
  columns <- list()
  for (wave in names(forms)) {
    form <- forms[[wave]]
    rows <- match(id, form$id)
    columns[[paste0("(seen)@", wave)]] <- variable(as.numeric(!is.na(rows)), rep("", length(id)), "binary", 0:1)
    for (name in names(form$columns)) columns[[paste0(name, "@", wave)]] <- at_rows(form$columns[[name]], rows, "not_seen")
  }
  for (name in constant) {
    first <- columns[[paste0(name, "@", names(forms)[1])]]
    for (wave in names(forms)[-1]) {
      later <- columns[[paste0(name, "@", wave)]]
      fill <- is.na(first$value) & !is.na(later$value)
      first$value[fill] <- later$value[fill]
      first$why[fill] <- ""
    }
    columns[[name]] <- first
  }
  list(id = id, columns = columns)
}

# Variables of services, by the service's number.
attach_services <- function(cohort, by, services, names) {
  rows <- match(cohort$columns[[by]]$value, as.numeric(services$id))
  for (name in names) cohort$columns[[name]] <- at_rows(services$columns[[name]], rows, "not_derived")
  cohort
}

only <- function(cohort, rows) {
  rows <- which(rows)
  list(id = cohort$id[rows], columns = lapply(cohort$columns, at_rows, rows, ""))
}

column <- function(cohort, name) {
  found <- cohort$columns[[name]]
  if (is.null(found)) stop("no variable ", name)
  found
}

# Everyone, then each group of each variable of `by`.
groups <- function(cohort, by) {
  all <- list(list(name = "", rows = rep(TRUE, length(cohort$id))))
  for (name in by) {
    variable <- column(cohort, name)
    all <- c(all, lapply(variable$codes, function(code) list(name = paste0(name, "=", code), rows = variable$value %in% code)))
  }
  all
}

# ---- follow-up -----------------------------------------------------------------------------------------------------

state <- function(id, wave, holds, seen = FALSE, eligible = TRUE) list(id = id, wave = wave, holds = holds %in% TRUE, seen = seen, eligible = eligible)

DAYS_PER_MONTH <- 365.2425 / 12

# `windows`: wave = months from and to; `days`: the variable that says how long after the first measurement.
followup <- function(analysis, cohort, waves, windows, days, states = list()) {
  n <- length(cohort$id)
  subject <- function(wave) c(analysis, "", wave)
  put(subject(""), "members", n)
  assessed <- sapply(waves, function(wave) column(cohort, paste0("(seen)@", wave))$value == 1)
  for (wave in waves) {
    own <- Filter(function(state) state$wave == wave, states)
    # In the first state that holds; one in which people answer needs an answer.
    place <- rep(0, n)
    for (i in seq_along(own)) place[place == 0 & own[[i]]$holds & (assessed[, wave] | !own[[i]]$seen)] <- i
    elsewhere <- place %in% which(!vapply(own, `[[`, TRUE, "seen"))
    ended <- place %in% which(!vapply(own, `[[`, TRUE, "eligible"))
    seen <- assessed[, wave] & !elsewhere
    months <- column(cohort, paste0(days, "@", wave))$value / DAYS_PER_MONTH
    window <- windows[[wave]]
    put(subject(wave), "eligible", sum(!ended))
    put(subject(wave), "seen", sum(seen))
    if (!is.null(window)) put(subject(wave), "seen_in_window", sum(seen & months >= window[1] & months <= window[2]))
    for (i in seq_along(own)) put(subject(wave), "state", sum(place == i), own[[i]]$id)
    put(subject(wave), "lost", sum(!seen & !elsewhere))
    put(subject(wave), "followup_rate", sum(seen) / sum(!ended))
  }
  patterns <- table(apply(assessed * 1, 1, paste, collapse = ""))
  for (pattern in names(patterns)) put(subject(""), "pattern", patterns[[pattern]], pattern)
}

# ---- description ---------------------------------------------------------------------------------------------------

describe <- function(analysis, cohort, variables, by = c(), overlap = FALSE) {
  for (group in groups(cohort, by)) for (name in variables) {
    variable <- column(cohort, name)
    subject <- c(analysis, group$name, name)
    value <- variable$value[group$rows]
    why <- variable$why[group$rows]
    present <- value[!is.na(value)]
    put(subject, "valid", length(present))
    for (reason in unique(why[is.na(value)])) put(subject, "missing", sum(why[is.na(value)] == reason), reason)
    for (code in variable$codes) {
      put(subject, "count", sum(present == code), code)
      put(subject, "share", if (length(present)) mean(present == code) else NA, code)
    }
    if (variable$scale == "numeric") {
      put(subject, "mean", if (length(present)) mean(present) else NA)
      put(subject, "sd", sd(present))
      put(subject, "median", median(present))
    }
  }
  # Two binary variables hold where each has its second code.
  if (overlap) for (pair in combn(variables, 2, simplify = FALSE)) {
    holds <- lapply(pair, function(name) column(cohort, name)$value == column(cohort, name)$codes[2])
    put(c(analysis, "", pair[1]), "both", sum(holds[[1]] & holds[[2]], na.rm = TRUE), pair[2])
  }
}

# ---- change --------------------------------------------------------------------------------------------------------

change <- function(analysis, cohort, variables, from, to, by = c()) {
  for (name in variables) for (wave in to) for (group in groups(cohort, by)) {
    first <- column(cohort, paste0(name, "@", from))
    before <- first$value
    after <- column(cohort, paste0(name, "@", wave))$value
    rows <- group$rows & !is.na(before) & !is.na(after)
    change_statistics(list(
      subject = c(analysis, group$name, paste0(name, "@", from, ">", wave)), scale = first$scale, levels = first$codes,
      before = before[rows], after = after[rows], frequency = rep(1, sum(rows)), better = first$better, level = 0.95,
      reliability = first$reliability
    ))
  }
}

# ---- regression ----------------------------------------------------------------------------------------------------

# `outcome`: its second code is the event. `reference`: the code that others are compared with, where it is not the first.
# `cluster`: a variable, or "respondent".
model <- function(analysis, cohort, outcome, terms, reference = c(), cluster = NULL, folds = NULL) {
  event <- column(cohort, outcome)
  cases <- data.frame(outcome = as.numeric(event$value == event$codes[2]))
  for (i in seq_along(terms)) {
    term <- column(cohort, terms[i])
    codes <- term$codes
    if (terms[i] %in% names(reference)) codes <- c(reference[[terms[i]]], setdiff(codes, reference[[terms[i]]]))
    cases[[paste0("x", i)]] <- if (is.null(codes)) term$value else factor(term$value, levels = codes)
  }
  if (identical(cluster, "respondent")) {
    # In the order of the ids as text, whatever the locale: folds follow it.
    cases$cluster <- factor(cohort$id, levels = sort(unique(cohort$id), method = "radix"))
  } else if (!is.null(cluster)) {
    cases$cluster <- column(cohort, cluster)$value
  }
  complete <- complete.cases(cases)
  subject <- c(analysis, "", outcome)
  put(subject, "n_missing", sum(!complete))
  cases <- droplevels(cases[complete, ])
  covariates <- paste0("x", seq_along(terms))
  for (i in seq_along(terms)) for (code in column(cohort, terms[i])$codes) {
    at <- cases[[covariates[i]]] %in% as.character(code)
    put(subject, "level_cases", sum(at), paste0(terms[i], "=", code))
    put(subject, "level_events", sum(cases$outcome[at]), paste0(terms[i], "=", code))
  }
  model_statistics(subject, cases, covariates, terms)
  if (!is.null(folds)) prediction_statistics(subject, cases, covariates, terms, folds)
}
