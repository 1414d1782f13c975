# What help.R and sintef_lav.R have in common: reading forms, putting waves side by side, and the analyses' kinds. It shares nothing
# with the program that it is compared with but the pipelines' questions.
#
# A variable is a list: value (NA where there is none), why it is missing ("" where it is not), and what it is: scale (nominal,
# ordinal, binary, numeric), codes, better (higher, lower, none). A cohort is a list: id (one a row), columns (variables by name).
source("change_statistics.R")
source("model_statistics.R")
suppressPackageStartupMessages({
  library(survey)
  library(vcd)
})
options(digits = 17)

# ---- answers -------------------------------------------------------------------------------------------------------

answers <- list()
# `subject`: analysis, group and variable.
put <- function(subject, statistic, value, term = "") {
  value <- as.numeric(value)
  stopifnot(length(value) == 1)
  answers[[length(answers) + 1]] <<- c(subject, term, statistic, if (is.na(value)) "NA" else sprintf("%.17g", value))
}
# A set that has a program gives only what differs between the programs, under its name.
differing <- c("mcnemar_program_p", "sign_p", "wilcoxon", "wilcoxon_z", "wilcoxon_p", "rank_biserial", "rank_biserial_low",
               "rank_biserial_high")
give <- function(set, statistic, value, term = "") {
  if (is.null(set$program)) return(put(set$subject, statistic, value, term))
  if (statistic %in% differing) put(set$subject, statistic, value, paste0("(", set$program, ")"))
}

# Those of a subject that were put, by statistic and term.
put_before <- function(subject, statistic, term) {
  found <- Filter(function(one) identical(one[1:5], c(subject, term, statistic)), answers)
  if (length(found)) as.numeric(found[[1]][6])
}
# How far apart the programs are: the largest of their variants less the smallest.
apart <- function(subject, statistics) {
  for (statistic in statistics) {
    variants <- unlist(lapply(c("(r)", "(spss)", "(stata)"), function(term) put_before(subject, statistic, term)))
    if (length(variants)) put(subject, statistic, if (anyNA(variants)) NA else diff(range(variants)), "(apart)")
  }
}
# The difference that so many units more of a number make, a unit being small; `steps`: how many, by the number's name.
steps <- c()
per_step <- function(subject, terms, clustered) {
  limits <- paste0("ame_", if (clustered) "cr2_", c("conf_low", "conf_high"))
  for (term in terms[sub("@.*", "", terms) %in% names(steps)]) for (end in 1:3) {
    value <- put_before(subject, c("ame", limits)[end], term)
    if (!is.null(value)) put(subject, c("ame_step", "ame_step_low", "ame_step_high")[end], steps[[sub("@.*", "", term)]] * value, term)
  }
}

write_answers <- function(path) {
  lines <- vapply(answers, paste, "", collapse = ",")
  stopifnot(lengths(answers) == 6, !duplicated(sub(",[^,]*$", "", lines)))
  packages <- c("coin", "MASS", "sandwich", "pROC", "survey", "vcd")
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

# A reliability with the standard deviation of everyone before, by which a change is measured in every group; a declared one stays.
of_everyone <- function(reliability, before) {
  if (!is.null(reliability) && is.na(reliability$sd)) reliability$sd <- sd(before)
  reliability
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

# Where everyone is at a wave: in the first state that holds (one in which people answer needs an answer), seen, to be followed up.
standing <- function(cohort, wave, states) {
  own <- Filter(function(state) state$wave == wave, states)
  assessed <- column(cohort, paste0("(seen)@", wave))$value == 1
  place <- rep(0, length(cohort$id))
  for (i in seq_along(own)) place[place == 0 & own[[i]]$holds & (assessed | !own[[i]]$seen)] <- i
  elsewhere <- place %in% which(!vapply(own, `[[`, TRUE, "seen"))
  ended <- place %in% which(!vapply(own, `[[`, TRUE, "seen") & !vapply(own, `[[`, TRUE, "eligible"))
  list(own = own, place = place, elsewhere = elsewhere, eligible = !ended, seen = assessed & !elsewhere)
}

# `windows`: wave = months from and to; `days`: the variable that says how long after the first measurement.
followup <- function(analysis, cohort, waves, windows, days, states = list()) {
  n <- length(cohort$id)
  subject <- function(wave) c(analysis, "", wave)
  put(subject(""), "members", n)
  assessed <- sapply(waves, function(wave) column(cohort, paste0("(seen)@", wave))$value == 1)
  for (wave in waves) {
    at_wave <- standing(cohort, wave, states)
    own <- at_wave$own; place <- at_wave$place; elsewhere <- at_wave$elsewhere; ended <- !at_wave$eligible; seen <- at_wave$seen
    months <- column(cohort, paste0(days, "@", wave))$value / DAYS_PER_MONTH
    window <- windows[[wave]]
    put(subject(wave), "eligible", sum(!ended))
    put(subject(wave), "seen", sum(seen))
    if (!is.null(window)) put(subject(wave), "seen_in_window", sum(seen & months >= window[1] & months <= window[2]))
    if (!is.null(window)) put(subject(wave), "seen_late", sum(seen & months > window[2], na.rm = TRUE))
    if (!is.null(window)) put(subject(wave), "seen_otherwise", sum(seen & (is.na(months) | months < window[1])))
    for (i in seq_along(own)) put(subject(wave), "state", sum(place == i), own[[i]]$id)
    for (i in seq_along(own)) put(subject(wave), "state_share", mean(place == i), own[[i]]$id)
    put(subject(wave), "seen_share", mean(seen))
    put(subject(wave), "lost_share", mean(!seen & !elsewhere))
    put(subject(wave), "lost", sum(!seen & !elsewhere))
    put(subject(wave), "followup_rate", sum(seen) / sum(!ended))
  }
  patterns <- table(apply(assessed * 1, 1, paste, collapse = ""))
  for (pattern in names(patterns)) put(subject(""), "pattern", patterns[[pattern]], pattern)
  for (pattern in names(patterns)) put(subject(""), "pattern_share", prop.table(patterns)[[pattern]], pattern)
  put(subject(""), "pattern_share", sum(prop.table(patterns)))
}

# ---- attrition -----------------------------------------------------------------------------------------------------

# Cases of a regression: outcome, and x1, x2, ... for the terms. `reference`: the code that others are compared with, where it is not
# the first.
regression_cases <- function(cohort, outcome, terms, reference) {
  cases <- data.frame(outcome = as.numeric(outcome))
  for (i in seq_along(terms)) {
    term <- column(cohort, terms[i])
    codes <- term$codes
    if (terms[i] %in% names(reference)) codes <- c(reference[[terms[i]]], setdiff(codes, reference[[terms[i]]]))
    cases[[paste0("x", i)]] <- if (is.null(codes)) term$value else factor(term$value, levels = codes)
  }
  cases
}

# Cases and events at each level of the coded terms.
level_counts <- function(subject, cohort, cases, terms) {
  for (i in seq_along(terms)) for (code in column(cohort, terms[i])$codes) {
    at <- cases[[paste0("x", i)]] %in% as.character(code)
    put(subject, "level_cases", sum(at), paste0(terms[i], "=", code))
    put(subject, "level_events", sum(cases$outcome[at]), paste0(terms[i], "=", code))
  }
}

# Who was lost at a wave. Returns the weight of everyone who was followed up and whose terms are known, NA for the others.
attrition <- function(analysis, cohort, wave, terms, states = list(), reference = c(), truncate = c(0.01, 0.99)) {
  at_wave <- standing(cohort, wave, states)
  sides <- list(followed = at_wave$eligible & at_wave$seen, lost = at_wave$eligible & !at_wave$seen)
  subject <- c(analysis, "", wave)
  put(subject, "eligible", sum(at_wave$eligible))
  for (side in names(sides)) put(subject, side, sum(sides[[side]]))
  for (name in terms) {
    about <- c(analysis, "", name)
    term <- column(cohort, name)
    present <- lapply(sides, function(rows) term$value[rows & !is.na(term$value)])
    for (side in names(sides)) {
      put(about, paste0("n_", side), length(present[[side]]))
      put(about, paste0("missing_", side), sum(sides[[side]]) - length(present[[side]]))
    }
    # Lost less followed; the variance of a share is p(1 - p).
    smd <- function(centre, variance) if (isTRUE(sum(variance) > 0)) (centre[[2]] - centre[[1]]) / sqrt(mean(variance)) else NA
    if (is.null(term$codes)) {
      for (side in names(sides)) {
        put(about, paste0("mean_", side), mean(present[[side]]))
        put(about, paste0("sd_", side), sd(present[[side]]))
      }
      put(about, "smd", smd(vapply(present, mean, 0), vapply(present, var, 0)))
    } else for (code in term$codes) {
      share <- vapply(present, function(answers) mean(answers == code), 0)
      for (side in names(sides)) {
        put(about, paste0("count_", side), sum(present[[side]] == code), code)
        put(about, paste0("share_", side), share[[side]], code)
      }
      put(about, "smd", smd(share, share * (1 - share)), code)
    }
  }
  cases <- regression_cases(cohort, sides$followed, terms, reference)
  complete <- at_wave$eligible & complete.cases(cases)
  put(subject, "n_missing", sum(at_wave$eligible & !complete))
  cases <- droplevels(cases[complete, ])
  covariates <- paste0("x", seq_along(terms))
  level_counts(subject, cohort, cases, terms)
  model_statistics(subject, cases, covariates, terms)
  response <- suppressWarnings(glm(reformulate(covariates, "outcome"), binomial(), cases, control = control))
  weight <- rep(NA_real_, length(cohort$id))
  weight[complete] <- ifelse(cases$outcome == 1, mean(cases$outcome) / fitted(response), NA)
  ends <- quantile(weight, truncate, na.rm = TRUE, names = FALSE)
  put(subject, "n_truncated", sum(weight < ends[1] * (1 - 1e-9) | weight > ends[2] * (1 + 1e-9), na.rm = TRUE))
  weight <- pmin(pmax(weight, ends[1]), ends[2])
  put(subject, "weight_mean", mean(weight, na.rm = TRUE))
  put(subject, "weight_effective_n", sum(weight, na.rm = TRUE)^2 / sum(weight^2, na.rm = TRUE))
  list(wave = wave, weight = weight)
}

# Change weighted for loss, by the survey package; of shares where the scale is binary.
weighted_change <- function(subject, scale, codes, before, after, weight) {
  stem <- if (scale == "binary") "weighted_share_" else "weighted_mean_"
  ratio <- if (scale == "binary") "weighted_share_t" else "weighted_t"
  if (scale == "binary") { before <- as.numeric(before == codes[2]); after <- as.numeric(after == codes[2]) }
  cases <- data.frame(before = before, after = after, change = after - before, w = weight)
  n <- nrow(cases)
  put(subject, "weighted_n_pairs", n)
  put(subject, "weighted_effective_n", if (n > 0) sum(weight)^2 / sum(weight^2) else NA)
  found <- rep(NA, 8)
  if (n > 0) found[1:3] <- vapply(c("before", "after", "change"), function(name) weighted.mean(cases[[name]], cases$w), 0)
  if (n > 1 && length(unique(signif(cases$change, 10))) > 1) {
    design <- svydesign(ids = ~1, weights = ~w, data = cases)
    mean <- svymean(~change, design)
    t <- coef(mean) / SE(mean)
    found[4:8] <- c(SE(mean), confint(mean, df = n - 1), t, 2 * pt(-abs(t), n - 1))
  }
  names <- c("before", "after", "change", "change_std_error", "change_low", "change_high")
  for (i in 1:6) put(subject, paste0(stem, names[i]), found[i])
  put(subject, ratio, found[7]); put(subject, paste0(ratio, "_p"), found[8])
}

# A model weighted for loss: glm's coefficients, sandwich's errors; survey's are the same but for its factor.
weighted_model <- function(subject, cases, covariates, terms, weight) {
  formula <- reformulate(covariates, "outcome")
  cases$w <- weight
  fit <- suppressWarnings(glm(formula, binomial(), cases, weights = w, control = control))
  for (again in 1:2) fit <- suppressWarnings(glm(formula, binomial(), cases, weights = w, control = control, start = coef(fit)))
  n <- nrow(cases)
  v <- if (is.null(cases$cluster)) sandwich(fit) else vcovCL(fit, cluster = cases$cluster, type = "HC0", cadjust = TRUE)
  ids <- if (is.null(cases$cluster)) ~1 else ~cluster
  of_survey <- vcov(suppressWarnings(svyglm(formula, svydesign(ids = ids, weights = ~w, data = cases), family = quasibinomial(),
                                            epsilon = 1e-14, maxit = 100)))
  if (is.null(cases$cluster)) of_survey <- of_survey * (n - 1) / n
  stopifnot(isTRUE(all.equal(unname(of_survey), unname(v), tolerance = 1e-6)))
  names <- term_names(cases, covariates, terms)
  put(subject, "weighted_n_obs", n)
  put(subject, "weighted_effective_n", sum(weight)^2 / sum(weight^2))
  z <- qnorm(0.975)
  for (j in seq_along(names)) {
    beta <- coef(fit)[[j]]; se <- sqrt(v[j, j])
    found <- c(beta, se, 2 * pnorm(-abs(beta / se)), exp(beta + c(0, -z, z) * se))
    statistics <- c("estimate", "std_error", "p_value", "odds_ratio", "odds_ratio_low", "odds_ratio_high")
    for (i in seq_along(found)) put(subject, paste0("weighted_", statistics[i]), found[i], names[j])
  }
}

# ---- description ---------------------------------------------------------------------------------------------------

# `combined`: places of codes that are counted together; `each`: for which of these the share of each among them is asked for.
describe <- function(analysis, cohort, variables, by = c(), overlap = FALSE, combined = list(), each = list()) {
  for (group in groups(cohort, by)) for (name in variables) {
    variable <- column(cohort, name)
    subject <- c(analysis, group$name, name)
    value <- variable$value[group$rows]
    why <- variable$why[group$rows]
    present <- value[!is.na(value)]
    put(subject, "valid", length(present))
    for (reason in unique(why[is.na(value)])) put(subject, "missing", sum(why[is.na(value)] == reason), reason)
    if (anyNA(value)) put(subject, "missing_total", sum(is.na(value)))
    for (places in combined) {
      codes <- variable$codes[places]
      together <- present[present %in% codes]
      name <- paste(codes, collapse = "+")
      put(subject, "combined_count", length(together), name)
      put(subject, "combined_share", if (length(present)) mean(present %in% codes) else NA, name)
      if (list(places) %in% each) for (code in codes) {
        put(subject, "conditional_share", if (length(together)) mean(together == code) else NA, paste0(code, "|", name))
      }
    }
    for (code in variable$codes) {
      put(subject, "count", sum(present == code), code)
      put(subject, "share", if (length(present)) mean(present == code) else NA, code)
    }
    if (variable$scale == "numeric") {
      put(subject, "mean", if (length(present)) mean(present) else NA)
      put(subject, "sum", if (length(present)) sum(present) else NA)
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

# ---- trajectories --------------------------------------------------------------------------------------------------

# `complete`: only those with an answer at all of the waves. `flow`: also from each wave to the next, of everyone.
trajectory <- function(analysis, cohort, variables, waves, by = c(), complete = FALSE, flow = FALSE, level = 0.95) {
  for (name in variables) {
    at <- lapply(paste0(name, "@", waves), column, cohort = cohort)
    has_all <- Reduce(`&`, lapply(at, function(variable) !is.na(variable$value)))
    for (i in seq_along(waves)) for (group in groups(cohort, by)) {
      subject <- c(analysis, group$name, paste0(name, "@", waves[i]))
      answers <- at[[i]]
      rows <- group$rows & (has_all | !complete)
      value <- answers$value[rows]
      present <- value[!is.na(value)]
      n <- length(present)
      put(subject, "valid", n)
      for (reason in unique(answers$why[rows][is.na(value)])) put(subject, "missing", sum(answers$why[rows][is.na(value)] == reason), reason)
      if (anyNA(value)) put(subject, "missing_total", sum(is.na(value)))
      for (code in answers$codes) put(subject, "count", sum(present == code), code)
      if (!complete && group$name == "") for (code in answers$codes) {
        put(subject, "share", if (n > 0) mean(present == code) else NA, code)
      }
      if (complete) put(subject, "incomplete", sum(group$rows) - sum(rows))
      if (answers$scale == "binary") {
        count <- sum(present == answers$codes[2])
        ends <- if (n > 0) wilson(count, n, level) else c(NA, NA)
        put(subject, "wave_count", if (n > 0) count else NA)
        put(subject, "wave_share", if (n > 0) count / n else NA)
        put(subject, "wave_share_low", ends[1]); put(subject, "wave_share_high", ends[2])
      } else {
        ends <- if (n > 1) t.test(present, conf.level = level)$conf.int else c(NA, NA)
        put(subject, "wave_mean", if (n > 0) mean(present) else NA)
        put(subject, "wave_sd", if (n > 1) sd(present) else NA)
        put(subject, "wave_mean_low", ends[1]); put(subject, "wave_mean_high", ends[2])
      }
    }
    if (flow && !is.null(at[[1]]$codes)) for (i in seq_along(waves)[-1]) {
      subject <- c(analysis, "", paste0(name, "@", waves[i - 1], ">", waves[i]))
      rows <- has_all | !complete
      codes <- at[[1]]$codes
      counts <- table(factor(at[[i - 1]]$value[rows], codes), factor(at[[i]]$value[rows], codes))
      shares <- prop.table(counts, 1)
      put(subject, "n_pairs", sum(counts))
      for (a in seq_along(codes)) {
        put(subject, "before_count", sum(counts[a, ]), codes[a])
        put(subject, "after_count", sum(counts[, a]), codes[a])
        for (b in seq_along(codes)) {
          put(subject, "transition", counts[a, b], paste0(codes[a], ">", codes[b]))
          put(subject, "flow_share", shares[a, b], paste0(codes[a], ">", codes[b]))
        }
      }
    }
  }
}

# ---- change --------------------------------------------------------------------------------------------------------

# `weights`: what attrition() returned, for comparisons whose later wave is its own.
# `conventions`: whether the variants of all programs are given as well. `flows`: whether a figure draws who moved where, of everyone.
change <- function(analysis, cohort, variables, from, to, by = c(), weights = NULL, conventions = FALSE, flows = FALSE) {
  for (name in variables) for (wave in to) for (group in groups(cohort, by)) {
    first <- column(cohort, paste0(name, "@", from))
    before <- first$value
    after <- column(cohort, paste0(name, "@", wave))$value
    rows <- group$rows & !is.na(before) & !is.na(after)
    set <- list(
      subject = c(analysis, group$name, paste0(name, "@", from, ">", wave)), scale = first$scale, levels = first$codes,
      before = before[rows], after = after[rows], frequency = rep(1, sum(rows)), better = first$better, level = 0.95,
      reliability = of_everyone(first$reliability, before[!is.na(before) & !is.na(after)]),
      row_shares = group$name == "", joint_shares = flows && group$name == ""
    )
    change_statistics(set)
    if (conventions && group$name == "") {
      for (program in c("r", "spss", "stata")) change_statistics(c(set, convention = program, program = program))
      apart(set$subject, setdiff(differing, c("rank_biserial_low", "rank_biserial_high")))
    }
    if (identical(weights$wave, wave)) {
      weighed <- rows & !is.na(weights$weight)
      weighted_change(c(analysis, group$name, paste0(name, "@", from, ">", wave)), first$scale, first$codes, before[weighed],
                      after[weighed], weights$weight[weighed])
    }
  }
}

# ---- families of tests ---------------------------------------------------------------------------------------------

# Of change analyses that have been answered: each comparison of everyone, by its declared test.
family <- function(analysis, of) {
  known <- do.call(rbind, answers)
  declared <- c(binary = "mcnemar_p", other = "t_p")
  # What is counted of a comparison tells its scale: a two-by-two table, or not.
  p <- list()
  for (member in of) for (variable in unique(known[known[, 1] == member, 3])) {
    own <- known[known[, 1] == member & known[, 2] == "" & known[, 3] == variable & known[, 4] == "", , drop = FALSE]
    scale <- if ("n11" %in% own[, 5]) "binary" else "other"
    p[[variable]] <- suppressWarnings(as.numeric(own[own[, 5] == declared[[scale]], 6]))
  }
  p <- unlist(p)
  put(c(analysis, "", ""), "family_size", sum(!is.na(p)))
  for (name in names(p)) put(c(analysis, "", name), "p_value", p[[name]])
  for (name in names(p)) put(c(analysis, "", name), "p_holm", p.adjust(p, "holm")[[name]])
  for (name in names(p)) put(c(analysis, "", name), "p_bh", p.adjust(p, "BH")[[name]])
}

# ---- differences between groups' changes -----------------------------------------------------------------------------

# Zou & Donner 2008, equations 4 and 5, from the intervals of each two groups of every change.
contrasts <- function() {
  known <- do.call(rbind, answers)
  found <- setNames(as.list(suppressWarnings(as.numeric(known[, 6]))), apply(known[, 1:5], 1, paste, collapse = "/"))
  sources <- list(
    binary = list(difference = c("risk_difference", "tango_low", "tango_high")),
    other = list(
      difference = c("mean_change", "mean_change_low", "mean_change_high"),
      superiority_difference = paste0("probability_of_superiority", c("", "_low", "_high"))
    )
  )
  for (of in unique(known[startsWith(known[, 1], "change."), 1])) for (variable in unique(known[known[, 1] == of, 3])) {
    own <- known[known[, 1] == of & known[, 3] == variable, , drop = FALSE]
    groups <- setdiff(unique(own[, 2]), "")
    for (by in unique(sub("=.*", "", groups))) {
      codes <- sub(".*=", "", groups[startsWith(groups, paste0(by, "="))])
      if (length(codes) < 2) next
      for (pair in combn(codes, 2, simplify = FALSE)) for (name in names(sources[[if ("n11" %in% own[, 5]) "binary" else "other"]])) {
        from <- sources[[if ("n11" %in% own[, 5]) "binary" else "other"]][[name]]
        three <- lapply(pair, function(code) unlist(found[paste(of, paste0(by, "=", code), variable, "", from, sep = "/")], use.names = FALSE))
        a <- three[[1]]; b <- three[[2]]
        values <- a[1] - b[1] + c(0, -sqrt((a[1] - a[2])^2 + (b[3] - b[1])^2), sqrt((a[3] - a[1])^2 + (b[1] - b[2])^2))
        if (anyNA(values)) values <- rep(NA, 3)
        term <- paste0(by, "=", pair[1], ":", pair[2])
        for (i in 1:3) put(c(sub("^change", "contrast", of), "", variable), paste0(name, c("", "_low", "_high"))[i], values[i], term)
      }
    }
  }
}

# ---- agreement of rated with differenced change --------------------------------------------------------------------

# `says`: code of the rating = 1 better, 0 unchanged, -1 worse.
agreement <- function(analysis, cohort, of, from, to, rated, says, level = 0.95) {
  subject <- c(analysis, "", paste0(of, "@", from, ">", to))
  first <- column(cohort, paste0(of, "@", from))
  difference <- sign(column(cohort, paste0(of, "@", to))$value - first$value) * c(higher = 1, lower = -1)[[first$better]]
  rating <- unname(says[as.character(column(cohort, rated)$value)])
  levels <- c(-1, 0, 1)
  t <- unclass(table(factor(rating, levels), factor(difference, levels)))
  n <- sum(t)
  put(subject, "n_rated", n)
  for (i in 1:3) {
    for (j in 1:3) put(subject, "rated_differenced", t[i, j], paste0(levels[i], ">", levels[j]))
    for (j in 1:3) {
      share <- if (sum(t[i, ]) > 0) prop.table(t, 1)[i, j] else NA
      put(subject, "rated_differenced_share", share, paste0(levels[i], ">", levels[j]))
    }
    put(subject, "rated_share", sum(t[i, ]) / n, levels[i])
    put(subject, "differenced_share", sum(t[, i]) / n, levels[i])
    put(subject, "rated_count", sum(t[i, ]), levels[i])
    put(subject, "differenced_count", sum(t[, i]), levels[i])
  }
  put(subject, "n_unrated", sum(!is.na(difference) & is.na(rating)))
  put(subject, "n_undifferenced", sum(is.na(difference) & !is.na(rating)))
  for (code in names(says)) put(subject, "rated_level", says[[code]], paste0(rated, "=", code))
  agreed <- sum(diag(t))
  put(subject, "agreed", agreed)
  put(subject, "agreed_share", agreed / n)
  ends <- suppressWarnings(prop.test(agreed, n, conf.level = level, correct = FALSE)$conf.int)
  put(subject, "agreed_share_low", ends[1]); put(subject, "agreed_share_high", ends[2])
  found <- list(kappa = Kappa(t)$Unweighted, kappa_linear = Kappa(t)$Weighted,
                kappa_quadratic = Kappa(t, weights = "Fleiss-Cohen")$Weighted)
  for (name in names(found)) {
    kappa <- found[[name]]
    reach <- qnorm(1 - (1 - level) / 2) * kappa[["ASE"]]
    put(subject, name, kappa[["value"]]); put(subject, paste0(name, "_std_error"), kappa[["ASE"]])
    put(subject, paste0(name, "_low"), kappa[["value"]] - reach); put(subject, paste0(name, "_high"), kappa[["value"]] + reach)
  }
}

# ---- goal attainment -----------------------------------------------------------------------------------------------

# `read`: code of the ratings = level from -2 to 2, 0 as expected; `weights`: one a goal.
goal_attainment <- function(analysis, cohort, ratings, read, weights = rep(1, length(ratings)), rho = 0.3, level = 0.95) {
  x <- sapply(ratings, function(name) unname(read[as.character(column(cohort, name)$value)]))
  for (g in seq_along(ratings)) {
    subject <- c(analysis, "", ratings[g])
    own <- x[!is.na(x[, g]), g]
    put(subject, "with_goal", length(own))
    for (at in -2:2) {
      put(subject, "attainment", sum(own == at), at)
      put(subject, "attainment_share", if (length(own)) mean(own == at) else NA, at)
    }
    put(subject, "attained", sum(own >= 0))
    put(subject, "attained_share", if (length(own)) mean(own >= 0) else NA)
    for (code in names(read)) put(subject, "goal_level", read[[code]], code)
  }
  scores <- apply(x, 1, function(own) {
    w <- weights[!is.na(own)]
    50 + 10 * sum(w * own[!is.na(own)]) / sqrt((1 - rho) * sum(w^2) + rho * sum(w)^2)
  })
  scores <- scores[rowSums(!is.na(x)) > 0]
  subject <- c(analysis, "", "")
  put(subject, "with_any_goal", length(scores))
  put(subject, "goal_t_mean", mean(scores)); put(subject, "goal_t_sd", sd(scores))
  ends <- t.test(scores, conf.level = level)$conf.int
  put(subject, "goal_t_mean_low", ends[1]); put(subject, "goal_t_mean_high", ends[2])
}

# ---- regression ----------------------------------------------------------------------------------------------------

# `outcome`: its second code is the event. `reference`: the code that others are compared with, where it is not the first.
# `cluster`: a variable, or "respondent". `weights`: what attrition() returned.
model <- function(analysis, cohort, outcome, terms, reference = c(), cluster = NULL, folds = NULL, weights = NULL, conventions = FALSE) {
  event <- column(cohort, outcome)
  cases <- regression_cases(cohort, event$value == event$codes[2], terms, reference)
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
  level_counts(subject, cohort, cases, terms)
  model_statistics(subject, cases, covariates, terms)
  per_step(subject, terms, !is.null(cluster))
  if (conventions) model_conventions(subject, cases, covariates)
  if (!is.null(weights)) {
    weight <- weights$weight[complete]
    weighted_model(subject, droplevels(cases[!is.na(weight), ]), covariates, terms, weight[!is.na(weight)])
  }
  if (!is.null(folds)) prediction_statistics(subject, cases, covariates, terms, folds)
}
