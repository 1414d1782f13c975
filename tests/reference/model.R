# Reference values for the logistic regression, from R. Run in this folder: Rscript model.R
# Writes model_data_<name>.csv (what is fitted) and model_expected.csv (what R says about it).
# Data: outcome, frequency, cluster (may be absent), covariates; `[factor]` after a name marks a factor whose reference is
# its first code. R is given one row a case, so that its n is ours.

source("model_statistics.R")
options(digits = 17)
RNGkind("Mersenne-Twister", "Inversion", "Rejection")

expected <- list()
put <- function(dataset, statistic, value, term = "") {
  expected[[length(expected) + 1]] <<- data.frame(dataset, statistic, term, value = as.numeric(value))
}

reference <- function(name, data, covariates) {
  factors <- names(data) %in% covariates & !sapply(data, is.numeric)
  written <- data
  names(written)[factors] <- paste0(names(data)[factors], "[factor]")
  write.csv(format(written, digits = 15, trim = TRUE), paste0("model_data_", name, ".csv"), row.names = FALSE, quote = FALSE)

  cases <- data[rep(seq_len(nrow(data)), data$frequency), ]
  for (covariate in names(data)[factors]) cases[[covariate]] <- factor(cases[[covariate]])
  model_statistics(name, cases, covariates)
  # The two largest sets are left out: they would only take time.
  if (!name %in% c("strong", "patterns")) prediction_statistics(name, cases, covariates)
}

data(birthwt)
reference("birthwt", with(birthwt, data.frame(outcome = low, frequency = 1, age, lwt, race = as.character(race), smoke, ptl, ht, ui)),
          c("age", "lwt", "race", "smoke", "ptl", "ht", "ui"))

reference("mtcars", with(mtcars, data.frame(outcome = am, frequency = 1, wt)), "wt")

# The shape of the evaluation that the program is for: 26 services with some 15 users each, some of them alike.
set.seed(26)
service <- rep(1:26, each = 15)
users <- data.frame(outcome = 0, frequency = 1, cluster = service, age = round(rnorm(390, 37, 9)),
                    housing = sample(c("1", "2", "3"), 390, TRUE, c(.5, .3, .2)), drop_in = rep(rbinom(26, 1, .5), each = 15))
risk <- -.5 + .03 * (users$age - 37) + c("1" = 0, "2" = .4, "3" = -.7)[users$housing] + .5 * users$drop_in + rnorm(26, 0, .5)[service]
users$outcome <- rbinom(390, 1, plogis(risk))
reference("services", users, c("age", "housing", "drop_in"))

# Codes only: many cases, few patterns, tied fitted values.
set.seed(7)
codes <- data.frame(outcome = 0, frequency = 1, cluster = sample(1:45, 1203, TRUE), mental = sample(c("1", "2", "3", "4"), 1203, TRUE),
                    sex = sample(c("f", "m"), 1203, TRUE), injects = sample(c("0", "1"), 1203, TRUE, c(.7, .3)))
codes$outcome <- rbinom(1203, 1, plogis(-1.2 + .5 * (codes$mental == "3") + .9 * (codes$mental == "4") - .3 * (codes$sex == "m")))
tallied <- aggregate(frequency ~ outcome + cluster + mental + sex + injects, codes, sum)
reference("patterns", tallied, c("mental", "sex", "injects"))

# The third covariate repeats the first two; the factor's last level is the numeric before it.
set.seed(11)
aliased <- data.frame(outcome = 0, frequency = 1, x = round(rnorm(150), 3), z = round(rnorm(150), 3))
aliased$sum <- round(aliased$x + 2 * aliased$z - 1, 3)
region <- sample(c("a", "b", "c"), 150, TRUE)
aliased$in_c <- as.numeric(region == "c")
aliased$region <- region
aliased$outcome <- rbinom(150, 1, plogis(.6 * aliased$x - .4 * aliased$z + .8 * aliased$in_c))
reference("aliased", aliased, c("x", "z", "sum", "in_c", "region"))

# Kroner beside a share: scales eight orders of magnitude apart, far from zero.
set.seed(5)
scale <- data.frame(outcome = 0, frequency = 1, kroner = round(1e6 + 2e5 * rnorm(240)), share = round(runif(240) / 100, 6))
scale$outcome <- rbinom(240, 1, plogis(4e-6 * (scale$kroner - 1e6) + 80 * (scale$share - .005)))
reference("scale", scale, c("kroner", "share"))

# Tail probabilities down to some 1e-40.
set.seed(30)
strong <- data.frame(outcome = 0, frequency = 1, x = round(rnorm(1507), 2), z = sample(c("1", "2", "3"), 1507, TRUE))
strong$outcome <- rbinom(1507, 1, plogis(1.4 * strong$x + 1.6 * (strong$z == "3")))
reference("strong", strong, c("x", "z"))

# Nobody who is in prison has got a plan: the coefficient of prison has no finite estimate. All others, and the deviance, are in the
# limit those of the model for the rest (Geyer 2009), where the deviance of the separated cases is zero.
set.seed(3)
separated <- data.frame(outcome = 0, frequency = 1, age = round(rnorm(120, 37, 9)), prison = rbinom(120, 1, .12), sex = rbinom(120, 1, .4))
separated$outcome <- rbinom(120, 1, plogis(.4 + .05 * (separated$age - 37) - .3 * separated$sex)) * (1 - separated$prison)
write.csv(separated, "model_data_separated.csv", row.names = FALSE, quote = FALSE)
free <- subset(separated, prison == 0)
tight <- function(formula, data) {
  fit <- glm(formula, binomial(), data, control = control)
  for (again in 1:2) fit <- glm(formula, binomial(), data, control = control, start = coef(fit))
  fit
}
limit <- tight(outcome ~ age + sex, free)
for (term in names(coef(limit))) {
  shown <- ifelse(term == "(Intercept)", "(intercept)", term)
  put("separated", "estimate", coef(limit)[term], shown)
  put("separated", "std_error", sqrt(vcov(limit)[term, term]), shown)
}
x <- model.matrix(~ age + sex, free)
for (term in c("age", "sex")) {
  j <- match(term, colnames(x))
  limits <- profile_limits(x, free$outcome, deviance(limit), coef(limit)[j], sqrt(vcov(limit)[j, j]), j)
  put("separated", "profile_low", limits[1], term); put("separated", "profile_high", limits[2], term)
}
put("separated", "deviance", deviance(limit))
put("separated", "null_deviance", deviance(tight(outcome ~ 1, separated)))
put("separated", "lr_chi2", deviance(tight(outcome ~ age + sex, separated)) - deviance(limit), "prison")
put("separated", "lr_chi2", deviance(tight(outcome ~ sex, free)) - deviance(limit), "age")
put("separated", "lr_chi2", deviance(tight(outcome ~ age, free)) - deviance(limit), "sex")
profiled <- function(b) suppressWarnings(glm.fit(model.matrix(~ age + sex, separated), separated$outcome, offset = b * separated$prison,
  family = binomial(), control = control)$deviance) - deviance(limit) - qchisq(level, 1)
put("separated", "profile_high", uniroot(profiled, c(-8, 4), tol = 1e-13)$root, "prison")

# What ten years more make: as many times what one makes, with CR2's limits where there are clusters.
expected <- do.call(rbind, expected)
for (dataset in setdiff(unique(expected$dataset[expected$statistic == "ame" & expected$term == "age"]), "separated")) {
  at_age <- function(statistic) expected$value[expected$dataset == dataset & expected$statistic == statistic & expected$term == "age"]
  limits <- if (length(at_age("ame_cr2_conf_low"))) "ame_cr2_conf_" else "ame_conf_"
  stepped <- 10 * c(at_age("ame"), at_age(paste0(limits, "low")), at_age(paste0(limits, "high")))
  expected <- rbind(expected, data.frame(dataset, statistic = c("ame_step", "ame_step_low", "ame_step_high"), term = "age", value = stepped))
}
versions <- sapply(c("MASS", "sandwich", "pROC", "brglm2", "clubSandwich", "car", "emmeans"), function(package) paste(package, packageVersion(package)))
file <- file("model_expected.csv", "w")
writeLines(paste0("# ", R.version.string, ", ", paste(versions, collapse = ", ")), file)
writeLines("dataset,statistic,term,value", file)
writeLines(sprintf("%s,%s,%s,%.17g", expected$dataset, expected$statistic, expected$term, expected$value), file)
close(file)
