# Reference values for pipelines/help, from the raw file of the HELP study. Run in this folder, with the file's path in UTFALL_HELP_CSV:
# Rscript help.R
# Writes help_expected.csv; NA where a statistic does not exist.
source("evaluation.R")

path <- Sys.getenv("UTFALL_HELP_CSV")
if (!nzchar(path)) stop("UTFALL_HELP_CSV has to name HELPfull.csv")
file <- read_file(path, ",", "UTF-8")

# ---- variables -----------------------------------------------------------------------------------------------------

waves <- c(w0 = "0", w6 = "6", w12 = "12", w18 = "18", w24 = "24")
later <- c("w6", "w12", "w18", "w24")
windows <- list(w6 = c(5, 8), w12 = c(11, 14), w18 = c(17, 20), w24 = c(23, 26))
constant <- c("AGE", "A1", "GROUP", "RACE", "D1", "PHSXABUS", "ANYSUBSTATUS", "DEAD", "LINKSTATUS", "PRIM_SUB", "SECD_SUB", "COC_HER")

questions <- list(
  AGE = question("AGE", "numeric"),
  A1 = question("A1", "binary", 1:2), # man, woman
  GROUP = question("GROUP", "binary", 0:1), # control, clinic
  RACE = question("RACE", "nominal", 1:4), # African American, white, Hispanic, other
  D1 = question("D1", "numeric"), # times in hospital for medical problems
  PHSXABUS = question("PHSXABUS", "binary", 0:1), # physical or sexual abuse
  ANYSUBSTATUS = question("ANYSUBSTATUS", "binary", 0:1, better = "lower", blank = "not_asked"), # within six months
  DEAD = question("DEAD", "binary", 0:1),
  LINKSTATUS = question("LINKSTATUS", "binary", 0:1),
  PRIM_SUB = question("PRIM_SUB", "nominal", 0:8), # 1 alcohol
  SECD_SUB = question("SECD_SUB", "nominal", 0:8),
  COC_HER = question("COC_HER", "binary", 0:1),
  PC_REC = question("PC_REC", "ordinal", 0:2, blank = "not_asked"), # none, one, two or more visits
  DAYS_SINCE_BL = question("DAYS_SINCE_BL", "numeric", blank = "not_asked"),
  B1 = question("B1", "ordinal", 1:5, better = "lower"), # 1 excellent, 5 poor
  B2 = question("B2", "ordinal", 1:5, better = "lower"), # 1 much better than a year ago, 5 much worse
  MCS = question("MCS", "numeric", better = "higher"),
  PCS = question("PCS", "numeric", better = "higher"),
  CES_D = question("CES_D", "numeric", better = "lower", reliability = list(r = 0.85, sd = NA, cut_off = 16)),
  C_AU = question("C_AU", "numeric", better = "lower"),
  C_DU = question("C_DU", "numeric", better = "lower"),
  DRUGRISK = question("DRUGRISK", "numeric", better = "lower"),
  B3J = question("B3J", "ordinal", 1:3, better = "higher"), # 1 limited a lot, 3 not limited
  HOMELESS = question("HOMELESS", "binary", 0:1, better = "lower"),
  G1B = question("G1B", "binary", 0:1, better = "lower"), # thoughts of suicide
  G1C = question("G1C", "binary", 0:1, better = "lower"), # attempted suicide
  ANY_VIS = question("ANY_VIS", "numeric", blank = "not_asked"),
  U39 = question("U39", "ordinal", 1:7, better = "lower", blank = "not_asked"), # 1 completely satisfied
  U22E = question("U22E", "ordinal", 1:6, better = "higher", blank = "not_asked") # 6 excellent
)

days <- paste0("H", 2:12, "_30") # of the last thirty: alcohol to intoxication, then drugs
questions <- c(questions, sapply(days, question, scale = "numeric", better = "lower", simplify = FALSE))

forms <- lapply(waves, function(month) {
  rows <- file[file$TIME == month, ]
  form <- form(rows$ID, rows, questions)
  form$columns$satisfied <- derived(values(form, "U39") <= 2, better = "higher")
  form$columns$any_use <- derived(Reduce(`|`, lapply(days, function(name) values(form, name) > 0)), better = "lower")
  form$columns$involved <- derived(values(form, "U22E") >= 5, better = "higher")
  form
})

# ---- cohorts -------------------------------------------------------------------------------------------------------

enrolled <- side_by_side(forms, constant)
seen <- sapply(later, function(wave) column(enrolled, paste0("(seen)@", wave))$value == 1)
visits <- sapply(later, function(wave) column(enrolled, paste0("ANY_VIS@", wave))$value)
enrolled$columns$any_visit <- derived(rowSums(visits, na.rm = TRUE) > 0)
enrolled$columns$hospitalised <- derived(column(enrolled, "D1")$value > 0)
enrolled$columns$abused <- derived(column(enrolled, "PHSXABUS")$value %in% 1)
at_a_follow_up <- function(name) {
  answers <- sapply(later, function(wave) column(enrolled, paste0(name, "@", wave))$value)
  derived(ifelse(rowSums(!is.na(answers)) > 0, rowSums(answers, na.rm = TRUE) > 0, NA), better = "lower")
}
enrolled$columns$suicidal_thoughts <- at_a_follow_up("G1B")
enrolled$columns$suicide_attempt <- at_a_follow_up("G1C")
within_year <- seen[, "w6"] | seen[, "w12"]
linked_12 <- rowSums(visits[, c("w6", "w12")], na.rm = TRUE) > 0 | column(enrolled, "LINKSTATUS")$value %in% 1
enrolled$columns$linked_12 <- derived(ifelse(within_year, linked_12, NA))
enrolled$columns$alcohol_choice <- derived(column(enrolled, "PRIM_SUB")$value == 1 | column(enrolled, "SECD_SUB")$value == 1)
homeless <- sapply(names(waves), function(wave) column(enrolled, paste0("HOMELESS@", wave))$value)
times <- rowSums(homeless, na.rm = TRUE)
course <- ifelse(times == 0, 1, ifelse(times == rowSums(!is.na(homeless)), 3, 2))
enrolled$columns$homeless_course <- derived(ifelse(is.na(homeless[, "w24"]), NA, course), "ordinal", 1:3)

# Who is recorded as dead and was still interviewed at the last wave was seen there.
dead <- state("dead", "w24", column(enrolled, "DEAD")$value == 1 & !seen[, "w24"], eligible = FALSE)

followed <- only(enrolled, rowSums(seen) > 0)
alcohol_choice <- only(enrolled, column(enrolled, "alcohol_choice")$value == 1)
drug_choice <- only(enrolled, column(enrolled, "COC_HER")$value == 1)

# One row an interview.
assessments <- local({
  rows <- lapply(later, function(wave) list(
    id = forms[[wave]]$id,
    columns = c(forms[[wave]]$columns[setdiff(names(questions), constant)], forms[[wave]]$columns[c("satisfied", "involved", "any_use")], list(
      wave = variable(rep(as.numeric(waves[[wave]]), length(forms[[wave]]$id)), rep("", length(forms[[wave]]$id)), "nominal",
                      as.numeric(waves[later]))
    ))
  ))
  id <- unlist(lapply(rows, `[[`, "id"))
  columns <- lapply(setNames(nm = names(rows[[1]]$columns)), function(name) {
    all <- rows[[1]]$columns[[name]]
    for (part in c("value", "why")) all[[part]] <- unlist(lapply(rows, function(row) row$columns[[name]][[part]]))
    all
  })
  for (name in constant) columns[[name]] <- at_rows(column(enrolled, name), match(id, enrolled$id), "not_seen")
  list(id = id, columns = columns)
})

# ---- analyses, in the order of pipelines/help/pipeline.toml --------------------------------------------------------

followup("followup.enrolled", enrolled, names(waves), windows, "DAYS_SINCE_BL", list(dead))
followup("followup.followed", followed, names(waves), windows, "DAYS_SINCE_BL")
followup("followup.alcohol_choice", alcohol_choice, names(waves), windows, "DAYS_SINCE_BL")
followup("followup.drug_choice", drug_choice, names(waves), windows, "DAYS_SINCE_BL")

# Their declared ranges have at least four of so many units.
steps <- c(AGE = 10, PCS = 10, MCS = 10, C_AU = 0.1, C_DU = 0.1)
at_baseline <- c("AGE", "A1", "GROUP", "PCS@w0", "MCS@w0", "C_AU@w0", "C_DU@w0", "HOMELESS@w0")
loss <- attrition("attrition.w24", enrolled, "w24", setdiff(at_baseline, "A1"), list(dead))

describe("describe.background", enrolled, "A1", by = "GROUP")
describe("describe.history", enrolled, c("RACE", "hospitalised", "G1B@w0", "G1C@w0", "ANYSUBSTATUS"))
describe("describe.abuse", enrolled, "abused", by = "A1")
describe("describe.suicidal", followed, c("suicidal_thoughts", "suicide_attempt"))
describe("describe.baseline_scores", enrolled, c("AGE", "MCS@w0", "PCS@w0", "CES_D@w0", "C_AU@w0", "C_DU@w0", "DRUGRISK@w0"), by = "GROUP")
describe("describe.baseline_health", enrolled, c("B1@w0", "HOMELESS@w0"), by = "GROUP")
describe("describe.linked", followed, "any_visit", by = c("GROUP", "A1"))

trajectory("trajectory.scores", enrolled, c("B1", "MCS", "PCS", "CES_D", "C_AU", "C_DU"), names(waves), by = "GROUP")
trajectory("trajectory.housing", enrolled, "HOMELESS", names(waves), by = "GROUP", flow = TRUE)
trajectory("trajectory.seen_throughout", enrolled, c("MCS", "PCS", "CES_D"), names(waves), by = "GROUP", complete = TRUE)
describe("describe.linked_12", enrolled, "linked_12", by = "GROUP")
describe("describe.choice", followed, c("alcohol_choice", "COC_HER"))
describe("describe.homeless_course", enrolled, "homeless_course")
describe("describe.alcohol_by_visits", alcohol_choice, "C_AU@w24", by = "PC_REC@w24")
describe("describe.drugs_by_visits", drug_choice, "C_DU@w24", by = "PC_REC@w24")

change("change.health", enrolled, c("B1", "MCS", "PCS", "CES_D"), "w0", later, by = "GROUP", weights = loss, conventions = TRUE, flows = TRUE)
change("change.substance_use", enrolled, c("C_AU", "C_DU", "DRUGRISK"), "w0", later, by = "GROUP", weights = loss)
change("change.life_situation", enrolled, c("B3J", "HOMELESS"), "w0", later, by = "GROUP", weights = loss, conventions = TRUE)
change("change.general_health", enrolled, "B1", "w0", "w24", flows = TRUE)
for (i in seq_along(later)) change("change.mental_health_steps", enrolled, c("MCS", "CES_D"), names(waves)[i], names(waves)[i + 1])

family("family.main", c("change.health", "change.substance_use"))
contrasts()

agreement("agreement.general_health", enrolled, "B1", "w0", "w12", "B2@w12", c("1" = 1, "2" = 1, "3" = 0, "4" = -1, "5" = -1))

for (outcome in c("satisfied", "involved")) for (wave in later) {
  model(paste0("model.", outcome, "_", wave), enrolled, paste0(outcome, "@", wave), at_baseline,
        weights = if (wave == "w24") loss)
}
at_interview <- c("wave", "AGE", "A1", "GROUP", "PCS", "MCS", "C_AU", "C_DU", "HOMELESS")
model("model.satisfied", assessments, "satisfied", at_interview, cluster = "respondent", folds = 5, conventions = TRUE)
model("model.involved", assessments, "involved", at_interview, cluster = "respondent", conventions = TRUE)
model("model.any_use", assessments, "any_use", c("PC_REC", "wave", "AGE", "A1", "GROUP"), cluster = "respondent")
model("model.linked_12", enrolled, "linked_12", "GROUP")

write_answers("help_expected.csv")
