# Writes twelve public data sets, each in a format in which such files come. Rscript --vanilla make.R FOLDER
# Nothing is prepared for utfall: values, names of columns and shapes are those of the packages. Parquet is written by make.py
# from the CSV that stands in FOLDER/parquet.

folder <- commandArgs(trailingOnly = TRUE)[1]
dir.create(file.path(folder, "parquet"), recursive = TRUE, showWarnings = FALSE)
at <- function(name) file.path(folder, name)

from <- function(package, name) {
  place <- new.env()
  data(list = name, package = package, envir = place)
  as.data.frame(place[[name]])
}

# A factor as SPSS and Stata have it: numbers with value labels.
coded <- function(factor, label) {
  numbers <- seq_along(levels(factor))
  names(numbers) <- levels(factor)
  haven::labelled(as.numeric(factor), labels = numbers, label = label)
}
named <- function(values, label) {
  attr(values, "label") <- label
  values
}
number <- function(factor) as.numeric(as.character(factor))

# Wide CSV by write.csv: persons are numbered in a column without a name, and what is missing is NA.
write.csv(from("HSAUR3", "BtheB"), at("btheb.csv"))

# Long SPSS file with value labels.
d <- from("HSAUR3", "respiratory")
haven::write_sav(data.frame(
  subject = named(number(d$subject), "Subject"),
  centre = coded(d$centre, "Study centre"),
  treatment = coded(d$treatment, "Treatment"),
  gender = coded(d$gender, "Gender"),
  age = named(d$age, "Age in years"),
  status = coded(d$status, "Respiratory status"),
  month = named(number(d$month), "Month of the visit")
), at("respiratory.sav"))

# Long Stata file with value labels and missing answers.
d <- from("HSAUR3", "schizophrenia2")
haven::write_dta(data.frame(
  subject = named(number(d$subject), "Subject"),
  onset = coded(d$onset, "Onset of the disorder"),
  disorder = coded(d$disorder, "Thought disorder"),
  month = named(as.numeric(as.character(d$month)), "Month of the visit")
), at("schizophrenia.dta"), version = 14)

# Long Parquet of a visit a row; visits that were missed have no row.
write.csv(from("HSAUR3", "toenail"), at("parquet/toenail.csv"), row.names = FALSE)

# Wide workbook with answers as text and the number of the girl before each row.
openxlsx::write.xlsx(from("MASS", "anorexia"), at("anorexia.xlsx"), rowNames = TRUE)

# Long CSV of a Norwegian Excel: semicolons, Windows-1252 with æ, ø and å.
d <- from("MASS", "bacteria")
norwegian <- data.frame(
  ID = d$ID,
  uke = d$week,
  bakterie = ifelse(d$y == "y", "påvist", "ikke påvist"),
  behandling = c(placebo = "narremedisin", drug = "legemiddel", `drug+` = "legemiddel og øving")[as.character(d$trt)],
  etterlevelse = c(hi = "høy", lo = "låg")[as.character(d$hilo)]
)
write.csv2(norwegian, at("bakterier.csv"), row.names = FALSE, fileEncoding = "windows-1252")

# Wide SPSS file whose columns begin with the wave.
d <- from("carData", "OBrienKaiser")
haven::write_sav(data.frame(
  id = named(seq_len(nrow(d)), "Participant"),
  treatment = coded(d$treatment, "Treatment"),
  gender = coded(d$gender, "Gender"),
  d[-(1:2)]
), at("obrien_kaiser.sav"))

# Wide workbook, answers as text, the wave as a digit at the end.
d <- from("carData", "WeightLoss")
openxlsx::write.xlsx(data.frame(person = sprintf("P%02d", seq_len(nrow(d))), d), at("weightloss.xlsx"))

# Long CSV by write.csv2: decimal commas, NA.
d <- from("geepack", "dietox")
write.csv2(d, at("dietox.csv"), row.names = FALSE)

# A Stata file a period; haven refuses the name y.
d <- from("MASS", "epil")
for (period in 1:4) {
  part <- d[d$period == period, ]
  haven::write_dta(data.frame(
    subject = part$subject,
    trt = coded(part$trt, "Treatment"),
    base = named(part$base, "Seizures in the eight weeks before"),
    age = part$age,
    seizures = named(part$y, "Seizures in two weeks")
  ), at(sprintf("epil_period%d.dta", period)), version = 13)
}

# Long compressed SPSS file without labels.
d <- from("lme4", "sleepstudy")
haven::write_sav(data.frame(Subject = number(d$Subject), Days = d$Days, Reaction = d$Reaction), at("sleepstudy.zsav"), compress = "zsav")

# Long compressed CSV of visits on any day.
write.csv(survival::pbcseq, gzfile(at("pbcseq.csv.gz")), row.names = FALSE)
