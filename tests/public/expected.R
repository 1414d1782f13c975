# What R finds in the packages' own tables, held against what utfall released: Rscript --vanilla expected.R FOLDER
# FOLDER is that of run.sh. Nothing is read from the files that make.R wrote. Ends with an error where a number differs.

folder <- commandArgs(trailingOnly = TRUE)[1]
NEAR <- 1e-8

from <- function(package, name) {
  place <- new.env()
  data(list = name, package = package, envir = place)
  as.data.frame(place[[name]])
}
number <- function(factor) as.numeric(as.character(factor))

# A person and wave a row, from columns a wave.
long <- function(person, columns, waves, item) {
  rows <- lapply(seq_along(waves), function(at) {
    stats::setNames(data.frame(person, waves[at], columns[[at]]), c("person", "wave", item))
  })
  do.call(rbind, rows)
}

# Each set: format, shape, the waves in order, answers by person and wave, the items with which way is better (1 higher,
# -1 lower), the event of a binary item, and the groups of a second analysis with their codes in the draft.
sets <- list()

d <- from("HSAUR3", "BtheB")
waves <- c("pre", "t2m", "t3m", "t5m", "t8m")
answers <- long(seq_len(nrow(d)), d[c("bdi.pre", "bdi.2m", "bdi.3m", "bdi.5m", "bdi.8m")], waves, "bdi")
sets$btheb <- list(
  format = ".csv, NA", shape = "wide", waves = waves, answers = answers, items = c(bdi = -1),
  groups = list(
    analysis = "change.by_treatment", column = "treatment", of = rep(as.character(d$treatment), 5),
    codes = c(BtheB = 1, TAU = 2), to = waves[-1]
  )
)

d <- from("HSAUR3", "respiratory")
sets$respiratory <- list(
  format = ".sav, labels", shape = "long", waves = paste0("t", 0:4),
  answers = data.frame(person = d$subject, wave = paste0("t", d$month), status = d$status == "good"),
  items = c(status = 1),
  groups = list(
    analysis = "change.by_treatment", column = "treatment", of = as.character(d$treatment),
    codes = c(placebo = 1, treatment = 2), to = "t4"
  )
)

d <- from("HSAUR3", "schizophrenia2")
sets$schizophrenia <- list(
  format = ".dta, labels", shape = "long", waves = paste0("t", c(0, 2, 6, 8, 10)),
  answers = data.frame(person = d$subject, wave = paste0("t", d$month), disorder = d$disorder == "present"),
  items = c(disorder = -1)
)

d <- from("HSAUR3", "toenail")
sets$toenail <- list(
  format = ".parquet", shape = "long", waves = paste0("t", 1:7),
  answers = data.frame(person = d$patientID, wave = paste0("t", d$visit), outcome = d$outcome == "none or mild"),
  items = c(outcome = 1)
)

d <- from("MASS", "anorexia")
sets$anorexia <- list(
  format = ".xlsx, text", shape = "wide", waves = c("pre", "post"),
  answers = long(seq_len(nrow(d)), d[c("Prewt", "Postwt")], c("pre", "post"), "wt"), items = c(wt = 1),
  groups = list(
    analysis = "change.wt", column = "Treat", of = rep(as.character(d$Treat), 2),
    codes = c(CBT = 1, Cont = 2, FT = 3), to = "post"
  )
)

d <- from("MASS", "bacteria")
sets$bakterier <- list(
  format = ".csv, ; 1252", shape = "long", waves = paste0("t", c(0, 2, 4, 6, 11)),
  answers = data.frame(person = d$ID, wave = paste0("t", d$week), bakterie = d$y == "y"), items = c(bakterie = -1)
)

d <- from("carData", "OBrienKaiser")
waves <- c("pre", "post", "fup")
hours <- lapply(1:5, function(hour) {
  long(seq_len(nrow(d)), d[paste0(waves, ".", hour)], waves, paste0("v_", hour))
})
sets$obrien_kaiser <- list(
  format = ".sav, labels", shape = "wide", waves = waves, answers = Reduce(merge, hours),
  items = stats::setNames(rep(1, 5), paste0("v_", 1:5))
)

d <- from("carData", "WeightLoss")
waves <- paste0("t", 1:3)
sets$weightloss <- list(
  format = ".xlsx, text", shape = "wide", waves = waves, items = c(wl = 1, se = 1),
  answers = merge(
    long(seq_len(nrow(d)), d[paste0("wl", 1:3)], waves, "wl"), long(seq_len(nrow(d)), d[paste0("se", 1:3)], waves, "se")
  )
)

d <- from("geepack", "dietox")
sets$dietox <- list(
  format = ".csv, ; ,", shape = "long", waves = paste0("t", 1:12),
  answers = data.frame(person = d$Pig, wave = paste0("t", d$Time), Weight = d$Weight), items = c(Weight = 1)
)

d <- from("MASS", "epil")
sets$epil <- list(
  format = ".dta, 4 files", shape = "file a wave", waves = paste0("t", 1:4),
  answers = data.frame(person = d$subject, wave = paste0("t", d$period), seizures = d$y), items = c(seizures = -1),
  groups = list(
    analysis = "change.by_treatment", column = "trt", of = as.character(d$trt),
    codes = c(placebo = 1, progabide = 2), to = "t4"
  )
)

d <- from("lme4", "sleepstudy")
sets$sleepstudy <- list(
  format = ".zsav", shape = "long", waves = paste0("t", 0:9),
  answers = data.frame(person = d$Subject, wave = paste0("t", d$Days), Reaction = d$Reaction), items = c(Reaction = -1)
)

# A visit on any day: it belongs to the half-year that it is nearest to, up to five years; of two the nearer one counts.
d <- survival::pbcseq
month <- d$day / 30.4375
half_years <- seq(0, 60, 6)
distance <- abs(outer(month, half_years, "-"))
nearest <- apply(distance, 1, which.min)
off <- month - half_years[nearest]
d$wave <- paste0("t", half_years[nearest])
d$distance <- abs(off)
d <- d[off <= 2.99 & off >= -3, ]
d <- d[order(d$id, d$distance), ]
d <- d[!duplicated(paste(d$id, d$wave)), ]
sets$pbcseq <- list(
  format = ".csv.gz, NA", shape = "long, days", waves = paste0("t", half_years),
  answers = data.frame(person = d$id, wave = d$wave, d[c("bili", "albumin", "chol")]),
  items = c(bili = -1, albumin = 1, chol = -1)
)

# Statistics --------------------------------------------------------------------------------------------------------------

binary <- function(before, after) {
  n <- table(factor(before, c(FALSE, TRUE)), factor(after, c(FALSE, TRUE)))
  changed <- n[1, 2] + n[2, 1]
  fewer <- min(n[1, 2], n[2, 1])
  exact <- if (changed > 0) stats::binom.test(n[1, 2], changed)$p.value else NA
  # Fagerland, Lydersen and Laake 2013, BMC Medical Research Methodology 13:91.
  likely <- stats::dbinom(fewer, changed, 0.5)
  mid <- if (n[1, 2] == n[2, 1]) 1 - likely / 2 else exact - likely
  plain <- stats::mcnemar.test(n, correct = FALSE)
  corrected <- stats::mcnemar.test(n, correct = TRUE)
  c(
    n00 = n[1, 1], n01 = n[1, 2], n10 = n[2, 1], n11 = n[2, 2], share_before = mean(before), share_after = mean(after),
    mcnemar_exact = exact, mcnemar_mid = if (changed > 0) mid else NA,
    mcnemar_chi2 = unname(plain$statistic), mcnemar_p = plain$p.value,
    mcnemar_corrected_chi2 = unname(corrected$statistic), mcnemar_corrected_p = corrected$p.value,
    mcnemar_program_p = corrected$p.value
  )
}

numeric <- function(before, after) {
  change <- after - before
  sizes <- signif(abs(change[change != 0]), 10)
  exact <- length(sizes) < 50 && !anyDuplicated(sizes) && length(sizes) == length(change)
  rank <- stats::wilcox.test(after, before, paired = TRUE, exact = exact, correct = TRUE, digits.rank = 10)
  t <- stats::t.test(after, before, paired = TRUE)
  c(
    mean_before = mean(before), mean_after = mean(after), mean_change = mean(change), sd_before = stats::sd(before),
    sd_after = stats::sd(after), sd_change = stats::sd(change), wilcoxon = unname(rank$statistic),
    wilcoxon_p = rank$p.value, t = unname(t$statistic), t_p = t$p.value
  )
}

row <- function(analysis, group, variable, values) {
  data.frame(analysis, group, variable, statistic = names(values), expected = as.numeric(values))
}

# Change of one item between two waves, of these persons.
change <- function(set, analysis, group, item, to, persons) {
  first <- set$waves[1]
  at <- function(wave) {
    rows <- set$answers[set$answers$wave == wave & !is.na(set$answers[[item]]), ]
    rows[[item]][match(persons, rows$person)]
  }
  before <- at(first)
  after <- at(to)
  both <- !is.na(before) & !is.na(after)
  before <- before[both]
  after <- after[both]
  up <- sum(after > before)
  down <- sum(after < before)
  better <- set$items[[item]]
  values <- c(
    n_pairs = sum(both), increased = up, decreased = down, unchanged = sum(after == before),
    improved = if (better > 0) up else down, worse = if (better > 0) down else up
  )
  values <- c(values, if (is.logical(before)) binary(before, after) else numeric(before, after))
  row(analysis, group, paste0(item, "@", first, ">", to), values)
}

everything <- function(set) {
  answered <- set$answers[rowSums(!is.na(set$answers[names(set$items)])) > 0, ]
  first <- set$waves[1]
  members <- unique(answered$person[answered$wave == first])
  found <- row("followup.everyone", "", "", c(members = length(members)))
  for (wave in set$waves) {
    seen <- sum(members %in% answered$person[answered$wave == wave])
    counts <- c(eligible = length(members), seen = seen, lost = length(members) - seen, followup_rate = seen / length(members))
    found <- rbind(found, row("followup.everyone", "", wave, counts))
  }
  analysis <- if (is.null(set$analysis)) "change.all" else set$analysis
  for (item in names(set$items)) {
    for (to in set$waves[-1]) {
      found <- rbind(found, change(set, analysis, "", item, to, members))
    }
  }
  groups <- set$groups
  for (label in names(groups$codes)) {
    persons <- intersect(members, set$answers$person[groups$of == label])
    for (to in groups$to) {
      name <- paste0(groups$column, "=", groups$codes[[label]])
      found <- rbind(found, change(set, groups$analysis, name, names(set$items)[1], to, persons))
    }
    # The whole stands beside its groups.
    if (label == names(groups$codes)[1] && groups$analysis != analysis) {
      for (to in groups$to) {
        found <- rbind(found, change(set, groups$analysis, "", names(set$items)[1], to, members))
      }
    }
  }
  found
}

# Comparison --------------------------------------------------------------------------------------------------------------

lines <- utils::read.csv(file.path(folder, "lines.csv"))
failed <- FALSE
cat(sprintf("%-14s %-14s %-12s %5s %8s %11s %s\n", "set", "format", "shape", "lines", "persons", "comparisons", "largest difference"))
for (name in names(sets)) {
  set <- sets[[name]]
  expected <- everything(set)
  file <- file.path(folder, "out", name, "release", "estimates.csv")
  released <- utils::read.csv(file, na.strings = "", colClasses = "character")
  released[is.na(released)] <- ""
  released <- released[released$kind %in% c("followup", "change") & released$statistic %in% expected$statistic, ]
  key <- function(table) paste(table$analysis, table$group, table$variable, table$statistic)
  found <- as.numeric(released$value[match(key(expected), key(released))])
  difference <- abs(found - expected$expected) / pmax(1, abs(expected$expected))
  # What R cannot compute, such as McNemar's test where nobody changed, is not released as a number either.
  difference[is.na(found) & is.na(expected$expected)] <- 0
  wrong <- is.na(difference) | difference > NEAR
  more <- released[!key(released) %in% key(expected), ]
  count <- lines$lines[lines$set == name]
  cat(sprintf(
    "%-14s %-14s %-12s %5d %8d %11d %.1e\n", name, set$format, set$shape, count, expected$expected[1], nrow(expected),
    max(c(difference[!is.na(difference)], 0))
  ))
  if (any(wrong)) {
    print(utils::head(cbind(expected, found)[wrong, ], 20), digits = 12)
  }
  if (nrow(more) > 0) {
    cat("released, and not known to R:\n")
    print(utils::head(more, 20))
  }
  if (count > 20) {
    cat("more lines than a researcher should have to add\n")
  }
  failed <- failed || any(wrong) || nrow(more) > 0 || count > 20
}
if (failed) stop("not everything is as R has it")
