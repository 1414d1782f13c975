# Reference values for pipelines/sintef-lav, from its files of simulated people. Run in this folder: Rscript sintef_lav.R
# Writes sintef_lav_expected.csv; NA where a statistic does not exist.
source("evaluation.R")

files <- "../../pipelines/sintef-lav/data"
read_answers <- function(name, encoding) read_file(file.path(files, name), ";", encoding)

# ---- variables -----------------------------------------------------------------------------------------------------

no_answer <- c("8" = "not_applicable", "9" = "unknown")
unknown <- c("9" = "unknown")
severity <- function(column) question(column, "ordinal", 1:4, better = "lower", missing = no_answer) # 1 no problem, 4 very serious
used <- function(column) question(column, "binary", 0:1, better = "lower", missing = no_answer)
yes_no <- function(column) question(column, "binary", 0:1, missing = no_answer)
rated_change <- function(column) question(column, "ordinal", 1:3, better = "lower", missing = no_answer, blank = "not_asked") # 1 better
sex <- question("kjoenn", "binary", 1:2, written = c(M = 1, mann = 1, K = 2, kvinne = 2))

# The mapping of users. Names of columns as in the file, in ASCII.
mapping <- list(
  service = question("tiltak", "nominal", 1:26),
  sex = sex,
  age = question("alder", "numeric"),
  years_dependent = question("aar_avhengig", "ordinal", 1:4, missing = unknown), # 4 more than ten years
  use_frequency = question("hyppighet", "ordinal", 1:5, better = "lower", missing = no_answer), # 5 daily
  heroin = used("heroin"),
  other_opioids = used("andre_opioider"),
  rohypnol = used("rohypnol"),
  benzodiazepines = used("benzodiazepiner"),
  amphetamine = used("amfetamin"),
  cocaine = used("kokain"),
  cannabis = used("cannabis"),
  alcohol = used("alkohol"),
  mental_health = severity("psykisk_helse"),
  somatic_health = severity("somatisk_helse"),
  dental_health = severity("tannhelse"),
  housing = severity("bolig"),
  finances = severity("oekonomi"),
  family_contact = severity("familie"),
  social_network = severity("nettverk"),
  work_activity = severity("arbeid"),
  nutrition = severity("ernaering"),
  hygiene = severity("hygiene"),
  daily_rhythm = severity("doegnrytme"),
  appointments = severity("avtaler"),
  individual_plan = yes_no("individuell_plan"),
  responsibility_group = yes_no("ansvarsgruppe"),
  drawn_up_with_user = yes_no("utformet_med_bruker"),
  user_influence = yes_no("innflytelse"),
  # 2 institution, 3 psychiatric care, 4 opioid maintenance, 6 prison, 7 dead
  situation = question("situasjon", "nominal", 1:8, missing = unknown, blank = "not_asked"),
  change_mental_health = rated_change("endring_psykisk_helse"),
  change_somatic_health = rated_change("endring_somatisk_helse"),
  change_substance_use = rated_change("endring_rusbruk"),
  change_transfer = rated_change("endring_overfoering"),
  days_since_first = question("dager_siden_foerste", "numeric", blank = "not_asked")
)

# Under 26, 26 to 35, 36 to 45, over 45; and under 30, 30 to 44, 45 and over.
age_group <- function(age) derived(findInterval(age, c(26, 36, 46)) + 1, "ordinal", 1:4)
age_band <- function(age) derived(findInterval(age, c(30, 45)) + 1, "ordinal", 1:3)

users <- lapply(c(w1 = "kartlegging-w1.csv", w2 = "kartlegging-w2.csv"), function(name) {
  rows <- read_answers(name, "windows-1252")
  form <- form(rows$bruker_id, rows, mapping)
  v <- function(name) values(form, name)
  other <- c("heroin", "other_opioids", "rohypnol", "benzodiazepines", "amphetamine", "cocaine", "cannabis")
  form$columns <- c(form$columns, list(
    age_group = age_group(v("age")),
    age_band = age_band(v("age")),
    over_10_years = derived(v("years_dependent") == 4),
    heroin_and_rohypnol = derived(v("heroin") == 1 & v("rohypnol") == 1),
    heroin_and_alcohol = derived(v("heroin") == 1 & v("alcohol") == 1),
    alcohol_only = derived(Reduce(`&`, lapply(other, function(name) v(name) == 0), v("alcohol") == 1)),
    daily_use = derived(v("use_frequency") == 5),
    serious_mental_health = derived(v("mental_health") >= 3),
    serious_somatic_health = derived(v("somatic_health") >= 3),
    serious_housing = derived(v("housing") >= 3),
    poor_self_care = derived(v("nutrition") >= 3 | v("hygiene") >= 3)
  ))
  form
})

# The questionnaire to the services.
form_not_answered <- c("8" = "not_asked", "9" = "unknown")
services <- local({
  rows <- read_answers("tiltak.csv", "UTF-8")
  flag <- function(column) question(column, "binary", 0:1, missing = form_not_answered)
  form(rows$tiltak_nr, rows, list(
    answered_first = flag("svar_foerste"), mapped = flag("kartlagt"), drop_in = flag("vaerested"), big_city = flag("stor_by"),
    hours_open_2001 = question("aapningstid_2001", "numeric"), hours_open_2006 = question("aapningstid_2006", "numeric"),
    working_days_2001 = question("virkedager_2001", "numeric"), working_days_2006 = question("virkedager_2006", "numeric")
  ))
})

# The anonymous survey.
replies <- local({
  rows <- read_answers("brukersurvey.csv", "windows-1252")
  yes_no <- function(column) question(column, "binary", 0:1, missing = c("9" = "refused"))
  form <- form(rows$svar_nr, rows, list(
    service = question("tiltak", "nominal", 1:33),
    sex = sex,
    age = question("alder", "numeric"),
    years_dependent = question("aar_avhengig", "ordinal", 1:4, missing = unknown),
    visit_frequency = question("besoek", "ordinal", 1:5), # 4 once a week or more, 5 daily
    needle_exchange = yes_no("sproeyter"),
    talks = yes_no("samtale"),
    food = yes_no("mat"),
    been_in_institution = yes_no("institusjon"),
    satisfaction = question("tilfredshet", "ordinal", 1:3, better = "lower", missing = unknown) # 1 very good
  ))
  form$columns <- c(form$columns, list(
    survey_age_band = age_band(values(form, "age")),
    survey_age_group = age_group(values(form, "age")),
    long_dependent = derived(values(form, "years_dependent") == 4),
    weekly_visits = derived(values(form, "visit_frequency") >= 4),
    very_satisfied = derived(values(form, "satisfaction") == 1),
    less_good = derived(values(form, "satisfaction") >= 3)
  ))
  attach_services(form, "service", services, "drop_in")
})

# ---- cohorts -------------------------------------------------------------------------------------------------------

mapped <- side_by_side(users, c("service", "sex", "years_dependent", "over_10_years"))
mapped <- attach_services(mapped, "service", services, c("drop_in", "big_city"))
# 1 drop-in in a big city, 2 drop-in elsewhere, 3 other in a big city, 4 other elsewhere.
mapped$columns$service_type <- with(lapply(mapped$columns[c("drop_in", "big_city")], `[[`, "value"),
                                    derived(1 + (1 - big_city) + 2 * (1 - drop_in), "nominal", 1:4))

situation <- column(mapped, "situation@w2")$value
states <- list(
  state("dead", "w2", situation == 7, eligible = FALSE),
  state("prison", "w2", situation == 6),
  state("institution", "w2", situation == 2, seen = TRUE),
  state("psychiatric_care", "w2", situation == 3, seen = TRUE),
  state("lar", "w2", situation == 4, seen = TRUE)
)

services_mapped <- only(services, values(services, "mapped") == 1)
services_answered <- only(services, values(services, "answered_first") == 1)

# ---- analyses, in the order of pipelines/sintef-lav/pipeline.toml --------------------------------------------------

followup("followup.mapped", mapped, c("w1", "w2"), list(w2 = c(5, 8)), "days_since_first", states)

types <- c("drop_in", "big_city")
involvement <- c("individual_plan", "responsibility_group", "drawn_up_with_user", "user_influence")
health <- c("mental_health", "somatic_health", "dental_health")
life_situation <- c("housing", "finances", "family_contact", "social_network", "work_activity")
self_care <- c("nutrition", "hygiene", "daily_rhythm", "appointments")
substances <- c("heroin", "other_opioids", "rohypnol", "benzodiazepines", "amphetamine", "cocaine", "cannabis", "alcohol")
at <- function(names, wave) paste0(names, "@", wave)

describe("describe.opening", services_answered, c("hours_open_2001", "hours_open_2006", "working_days_2001", "working_days_2006"))
describe("describe.services_by_type", services_mapped, "drop_in", by = "big_city")
describe("describe.users_by_service", mapped, "service")
describe("describe.users_by_type", mapped, "service_type")
describe("describe.age", mapped, "age@w1", by = "sex")
describe("describe.age_groups", mapped, "age_group@w1")
describe("describe.years_dependent", mapped, "years_dependent")
describe("describe.years_by_age", mapped, "years_dependent", by = "age_group@w1")
describe("describe.over_10_years", mapped, "over_10_years", by = types)
describe("describe.use_frequency", mapped, "use_frequency@w1")
describe("describe.use_frequency_by_type", mapped, "use_frequency@w1", by = types)
describe("describe.substances", mapped, at(c(substances, "heroin_and_rohypnol", "heroin_and_alcohol", "alcohol_only"), "w1"))
describe("describe.severity", mapped, at(c(health, life_situation, self_care), "w1"))
describe("describe.involvement", mapped, at(involvement, "w1"), overlap = TRUE)
describe("describe.involvement_by_type", mapped, at(involvement, "w1"), by = types)
describe("describe.situation", mapped, "situation@w2")
describe("describe.rated_mental_health", mapped, "change_mental_health@w2")
describe("describe.rated_somatic_health", mapped, "change_somatic_health@w2")
describe("describe.rated_substance_use", mapped, "change_substance_use@w2")
describe("describe.rated_transfer", mapped, "change_transfer@w2")
describe("describe.replies", replies, "service")
describe("describe.replies_profile", replies,
         c("sex", "long_dependent", "weekly_visits", "needle_exchange", "talks", "food", "been_in_institution"))
describe("describe.replies_age", replies, "age", by = "sex")
describe("describe.replies_years_by_age", replies, "years_dependent", by = "survey_age_group")
describe("describe.satisfaction", replies, "satisfaction")

loss <- attrition("attrition.w2", mapped, "w2",
                  c("sex", at(c("age_band", "daily_use", "serious_mental_health", "serious_somatic_health", "serious_housing"), "w1"), "drop_in"),
                  states, reference = c("age_band@w1" = 2))
trajectory("trajectory.domains", mapped, c(health, life_situation, self_care), c("w1", "w2"))

change("change.health", mapped, health, "w1", "w2", by = types, weights = loss, conventions = TRUE)
change("change.life_situation", mapped, life_situation, "w1", "w2", by = types, weights = loss)
change("change.self_care", mapped, self_care, "w1", "w2", by = types, weights = loss)
change("change.use_frequency", mapped, "use_frequency", "w1", "w2", weights = loss)
change("change.substances", mapped, substances, "w1", "w2", conventions = TRUE)
change("change.involvement", mapped, involvement, "w1", "w2", weights = loss)

family("family.goals", c("change.health", "change.use_frequency", "change.substances", "change.self_care"))
rated_as <- c("1" = 1, "2" = 0, "3" = -1)
agreement("agreement.mental_health", mapped, "mental_health", "w1", "w2", "change_mental_health@w2", rated_as)
agreement("agreement.somatic_health", mapped, "somatic_health", "w1", "w2", "change_somatic_health@w2", rated_as)
agreement("agreement.substance_use", mapped, "use_frequency", "w1", "w2", "change_substance_use@w2", rated_as)

user <- c(at(c("serious_mental_health", "serious_somatic_health", "serious_housing", "poor_self_care", "daily_use", "age_band"), "w1"),
          "sex", types)
for (outcome in involvement) {
  model(paste0("model.", outcome), mapped, at(outcome, "w1"), user, reference = c("age_band@w1" = 2), cluster = "service",
        conventions = TRUE)
}
model("model.satisfaction", replies, "very_satisfied",
      c("sex", "survey_age_band", "long_dependent", "weekly_visits", "needle_exchange", "talks", "been_in_institution", "drop_in"),
      reference = c(survey_age_band = 2), cluster = "service", conventions = TRUE)

model("model.dissatisfaction", replies, "less_good", c("age", "weekly_visits", "needle_exchange"))

write_answers("sintef_lav_expected.csv")
