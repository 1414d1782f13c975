# Reference values for the deeper half of the logistic regression, from R, on data that call for it. Run in this folder: Rscript depth.R
# Writes depth_data_<name>.csv (what is fitted) and depth_expected.csv (what R says about it); README.md names the data's sources.
# Columns of the data as in model.R, one row a case.

source("model_statistics.R")
options(digits = 17)
RNGkind("Mersenne-Twister", "Inversion", "Rejection")

expected <- list()
put <- function(dataset, statistic, value, term = "") {
  expected[[length(expected) + 1]] <<- data.frame(dataset, statistic, term, value = as.numeric(value))
}

reference <- function(name, data, covariates, parts) {
  data <- data[c("outcome", "frequency", intersect("cluster", names(data)), covariates)]
  factors <- names(data) %in% covariates & !sapply(data, is.numeric)
  written <- data
  names(written)[factors] <- paste0(names(data)[factors], "[factor]")
  write.csv(format(written, digits = 15, trim = TRUE), paste0("depth_data_", name, ".csv"), row.names = FALSE, quote = FALSE)
  for (covariate in names(data)[factors]) data[[covariate]] <- factor(data[[covariate]])
  depth_statistics(name, data, covariates, parts = parts)
}

data(endometrial, package = "brglm2")
data(birthwt, package = "MASS")
data(ohio, package = "geepack")
data(respiratory, package = "geepack")
data(toenail, package = "HSAUR3")
data(uis, package = "quantreg")

reference("endometrial", with(endometrial, data.frame(outcome = HG, frequency = 1, NV, PI, EH)), c("NV", "PI", "EH"), "firth")
published <- function(term) Filter(function(row) row$dataset == "endometrial" && row$statistic == "firth_estimate" && row$term == term, expected)[[1]]$value
stopifnot(round(published("NV"), 5) == 2.92927, round(published("EH"), 5) == -2.60416)

reference("birthwt", with(birthwt, data.frame(outcome = low, frequency = 1, age, lwt, race = as.character(race), smoke, ptl, ht, ui)),
          c("age", "lwt", "race", "smoke", "ptl", "ht", "ui"), c("firth", "effects", "calibration", "diagnostics"))

# Three events in two hundred: few, and one level of the factor has none.
set.seed(9)
rare <- data.frame(outcome = 0, frequency = 1, age = round(rnorm(220, 37, 9)), district = sample(c("1", "2", "3", "4"), 220, TRUE))
rare$outcome <- rbinom(220, 1, plogis(-3.4 + .04 * (rare$age - 37) + .8 * (rare$district == "2"))) * (rare$district != "4")
reference("rare", rare, c("age", "district"), "firth")

# Whether a client of a residential drug treatment stayed free of drugs for a year.
uis$outcome <- as.numeric(uis$TIME > 365)
reference("uis", with(uis, data.frame(outcome, frequency = 1, age = AGE, beck = BECK, iv = as.character(IV), ndt = NDT, race = RACE, treat = TREAT, site = SITE)),
          c("age", "beck", "iv", "ndt", "race", "treat", "site"), c("firth", "effects", "calibration", "diagnostics"))

both <- c("clusters", "without", "effects", "calibration", "diagnostics")
reference("ohio", with(ohio, data.frame(outcome = resp, frequency = 1, cluster = id, age, smoke)), c("age", "smoke"), both)
reference("respiratory", with(respiratory, data.frame(outcome, frequency = 1, cluster = as.integer(interaction(center, id)), treat = as.character(treat),
          sex = as.character(sex), age, baseline, centre = center, visit)), c("treat", "sex", "age", "baseline", "centre", "visit"), both)
reference("toenail", with(toenail, data.frame(outcome = as.numeric(outcome != "none or mild"), frequency = 1, cluster = as.integer(patientID),
          treatment = as.character(treatment), time = round(time, 4))), c("treatment", "time"), both)

# Services of very different sizes, with something in common among the users of each; drop_in is the service's.
services <- function(seed, sizes) {
  set.seed(seed)
  service <- rep(seq_along(sizes), sizes); n <- length(service)
  users <- data.frame(outcome = 0, frequency = 1, cluster = service, age = round(rnorm(n, 37, 9)),
                      housing = sample(c("1", "2", "3"), n, TRUE, c(.5, .3, .2)), drop_in = rep(rep(0:1, length.out = length(sizes)), sizes))
  risk <- -.5 + .03 * (users$age - 37) + c("1" = 0, "2" = .4, "3" = -.7)[users$housing] + .5 * users$drop_in + rnorm(length(sizes), 0, .5)[service]
  users$outcome <- rbinom(n, 1, plogis(risk))
  users
}
reference("five", services(5, c(90, 40, 30, 15, 12)), c("age", "housing", "drop_in"), both)
reference("twentysix", services(26, c(80, 60, 45, 30, 25, 20, 18, 15, 15, 14, 12, 12, 10, 10, 9, 8, 8, 7, 6, 6, 5, 4, 4, 3, 2, 1)), c("age", "housing", "drop_in"), both)
reference("twohundred", services(200, c(60, 40, rep(1:9, 22))), c("age", "housing", "drop_in"), both)

# A single service with the third kind of housing: it alone determines that coefficient, and its I - H is singular.
alone <- services(41, c(30, 25, 20, 18, 15, 12, 10, 8))
alone$housing <- ifelse(alone$cluster == 4 & alone$age > 35, "3", ifelse(alone$housing == "3", "1", alone$housing))
reference("alone", alone, c("age", "housing"), "clusters")

# Two far-off cases that go against the rest.
set.seed(17)
outlying <- data.frame(outcome = 0, frequency = 1, x = c(round(rnorm(45), 2), 5, -4.5), z = rbinom(47, 1, .5))
outlying$outcome <- c(rbinom(45, 1, plogis(1.5 * outlying$x[1:45])), 0, 1)
reference("outlying", outlying, c("x", "z"), c("diagnostics", "effects", "calibration"))
stopifnot(Filter(function(row) row$dataset == "outlying" && row$statistic == "n_high_cooks_distance", expected)[[1]]$value > 0)

expected <- do.call(rbind, expected)
versions <- sapply(c("brglm2", "clubSandwich", "car", "emmeans", "pROC", "MASS", "geepack", "HSAUR3", "quantreg"), function(package) paste(package, packageVersion(package)))
file <- file("depth_expected.csv", "w")
writeLines(paste0("# ", R.version.string, ", ", paste(versions, collapse = ", ")), file)
writeLines("dataset,statistic,term,value", file)
writeLines(sprintf("%s,%s,%s,%.17g", expected$dataset, expected$statistic, expected$term, expected$value), file)
close(file)
