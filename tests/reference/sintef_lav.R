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
involved <- function(column) question(column, "binary", 0:1, better = "higher", missing = no_answer)
rated_change <- function(column) question(column, "ordinal", 1:3, better = "lower", missing = no_answer, blank = "not_asked") # 1 better
at_first <- function(column) question(column, "binary", 0:1, missing = no_answer, blank = "not_asked")
measure <- function(column) question(column, "nominal", 1:4, missing = no_answer, blank = "not_asked") # 1 enough, 2 not; 3 should have, 4 not
extent <- function(column, better = "none") {
  question(column, "ordinal", 1:4, better = better, missing = no_answer, blank = "not_asked") # 1 to a great extent, 4 not at all
}
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
  individual_plan = involved("individuell_plan"),
  responsibility_group = involved("ansvarsgruppe"),
  drawn_up_with_user = involved("utformet_med_bruker"),
  user_influence = involved("innflytelse"),
  first_contact_year = question("foerste_kontakt", "numeric", missing = c("9999" = "unknown")),
  contacts_february = question("kontakter_februar", "numeric", missing = c("999" = "unknown"), blank = "not_asked"),
  goal_needles = at_first("maal_sproeyter"), goal_talks = at_first("maal_samtale"), goal_nutrition = at_first("maal_ernaering"),
  goal_general_health = at_first("maal_generell_helse"), goal_dental = at_first("maal_tannhelse"), goal_illness = at_first("maal_sykdom"),
  goal_wounds = at_first("maal_saar"), goal_infection = at_first("maal_smittevern"), goal_mental = at_first("maal_psykisk"),
  goal_housing = at_first("maal_bolig"), goal_reduced_use = at_first("maal_redusert_rus"), goal_ordinary = at_first("maal_ordinaere"),
  goal_care = at_first("maal_omsorg"),
  measure_needles = measure("tiltak_sproeyter"), measure_talks = measure("tiltak_samtale"), measure_nutrition = measure("tiltak_ernaering"),
  measure_general_health = measure("tiltak_generell_helse"), measure_dental = measure("tiltak_tannhelse"), measure_illness = measure("tiltak_sykdom"),
  measure_wounds = measure("tiltak_saar"), measure_infection = measure("tiltak_smittevern"), measure_mental = measure("tiltak_psykisk"),
  measure_housing = measure("tiltak_bolig"), measure_reduced_use = measure("tiltak_redusert_rus"), measure_ordinary = measure("tiltak_ordinaere"),
  measure_care = measure("tiltak_omsorg"),
  contact_gp = measure("tjeneste_fastlege"), contact_social = measure("tjeneste_sosialkontor"), contact_team = measure("tjeneste_rusteam"),
  contact_lar = measure("tjeneste_lar"), contact_housing = measure("tjeneste_boligtjeneste"), contact_dental = measure("tjeneste_tannhelse"),
  contact_outpatient = measure("tjeneste_psykiatrisk_poliklinikk"), contact_hospital = measure("tjeneste_sykehus"), contact_treatment = measure("tjeneste_rusinstitusjon"),
  contact_employment = measure("tjeneste_nav_arbeid"), contact_prison = measure("tjeneste_kriminalomsorg"), contact_psychiatric = measure("tjeneste_psykisk_innlagt"),
  reason_motivation = extent("aarsak_motivasjon"), reason_appointments = extent("aarsak_avtaler"), reason_use = extent("aarsak_rusbruk"),
  reason_waiting = extent("aarsak_ventetid"), reason_fit = extent("aarsak_tilpasning"), reason_capacity = extent("aarsak_kapasitet"),
  reason_attitudes = extent("aarsak_holdninger"), reason_coordination = extent("aarsak_samordning"), reason_information = extent("aarsak_kjennskap"),
  ordinary_possible = question("ordinaer_mulig", "ordinal", 1:3, missing = no_answer, blank = "not_asked"), # 3 very difficult
  attained_needles = extent("maaloppnaaelse_sproeyter", better = "lower"), attained_talks = extent("maaloppnaaelse_samtale", better = "lower"),
  attained_nutrition = extent("maaloppnaaelse_ernaering", better = "lower"),
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
    poor_self_care = derived(v("nutrition") >= 3 | v("hygiene") >= 3),
    # 2007, 2006, 2004 to 2005, earlier.
    years_since_first = derived(5 - (findInterval(v("first_contact_year"), c(2004, 2006, 2007)) + 1), "ordinal", 1:4),
    # 3 and fewer, 4 to 8, 9 to 15, 16 and more.
    contacts_band = derived(findInterval(v("contacts_february"), c(4, 9, 16)) + 1, "ordinal", 1:4)
  ))
  form
})

# The questionnaire to the services.
form_not_answered <- c("8" = "not_asked", "9" = "unknown")
services <- local({
  rows <- read_answers("tiltak.csv", "UTF-8")
  flag <- function(column) question(column, "binary", 0:1, missing = form_not_answered)
  graded <- function(column, codes) question(column, "ordinal", codes, missing = form_not_answered)
  choice <- function(column, codes) question(column, "nominal", codes, missing = form_not_answered)
  number <- function(column, blank = "blank") question(column, "numeric", blank = blank)
  form(rows$tiltak_nr, rows, list(
    municipality = question("kommune", "nominal", 1:33), population_class = question("innbyggere", "ordinal", 1:4), established = question("etablert", "ordinal", 1997:2006),
    first_grant_year = question("foerste_tilskudd", "ordinal", 2001:2006), grant_2006 = number("tilskudd_2006"),
    dental_grant_2006 = number("tannhelse_2006"), answered_first = flag("svar_foerste"), answered_followup = flag("svar_oppfoelging"),
    mapped = flag("kartlagt"), drop_in = flag("vaerested"), big_city = flag("stor_by"), integrated_in_lar = flag("integrert_lar"),
    volunteers = flag("frivillige"), same_building = flag("samme_bygg"), dental_help = flag("tannhjelp"),
    competence_support = flag("kompetansestoette"), individual_plan_work = flag("plan_arbeid"), placement = choice("plassering", 1:6),
    outreach = flag("oppsoekende"), outreach_hours = number("oppsoekende_timer", "not_applicable"),
    volunteer_hours = number("frivillige_timer", "not_applicable"), dental_public = flag("tann_offentlig"),
    dental_private = flag("tann_privat"), dental_users = number("tann_brukere", "not_applicable"),
    main_coordinator = flag("hovedkoordinator"), coordinator_users = number("koordinator_brukere", "not_applicable"),
    involvement_theme = flag("brukermedvirkning"), partner_social_services = graded("partner_sosialtjenesten", 1:4),
    partner_gp = graded("partner_fastlegene", 1:4), partner_dental_service = graded("partner_tannhelsetjenesten", 1:4),
    partner_lar_service = graded("partner_lar", 1:4), partner_treatment_institutions = graded("partner_rusinstitusjoner", 1:4),
    partner_psychiatric_services = graded("partner_psykisk_helsevern", 1:4), partner_hospital = graded("partner_sykehus", 1:4),
    partner_housing_service = graded("partner_boligtjenesten", 1:4), partner_prison_service = graded("partner_kriminalomsorgen", 1:4),
    partner_police = graded("partner_politiet", 1:4), partner_voluntary = graded("partner_frivillige_org", 1:4),
    offer_talks = choice("tilbud_samtaler", 1:3), offer_referral = choice("tilbud_videreformidling", 1:3),
    offer_health_advice = choice("tilbud_helseraad", 1:3), offer_infection_control = choice("tilbud_smittevern", 1:3),
    offer_wound_care = choice("tilbud_saarstell", 1:3), offer_motivation = choice("tilbud_motivering", 1:3),
    offer_mental_health_help = choice("tilbud_psykisk_hjelp", 1:3), offer_nutrition_advice = choice("tilbud_kostraad", 1:3),
    offer_needles = choice("tilbud_sproeyter", 1:3), offer_vaccination = choice("tilbud_vaksiner", 1:3),
    offer_food = choice("tilbud_mat", 1:3), offer_washing = choice("tilbud_dusj", 1:3), offer_doctor = choice("tilbud_lege", 1:3),
    offer_activities = choice("tilbud_aktiviteter", 1:3), other_measures = flag("kommunen_andre_tiltak"),
    m_housing_followup = flag("kommunen_boligoppfoelging"), m_substance_team = flag("kommunen_rusteam"),
    m_outreach = flag("kommunen_uteteam"), m_shelter = flag("kommunen_overnatting"), m_work = flag("kommunen_arbeidstiltak"),
    m_day_centre = flag("kommunen_dagsenter"), m_aftercare = flag("kommunen_ettervern"), m_lar_followup = flag("kommunen_lar_oppfoelging"),
    contacts_2001 = number("henvendelser_2001"), contacts_2002 = number("henvendelser_2002"), contacts_2003 = number("henvendelser_2003"),
    contacts_2004 = number("henvendelser_2004"), contacts_2005 = number("henvendelser_2005"), contacts_2006 = number("henvendelser_2006"),
    regular_users_2001 = number("faste_brukere_2001"), regular_users_2002 = number("faste_brukere_2002"),
    regular_users_2003 = number("faste_brukere_2003"), regular_users_2004 = number("faste_brukere_2004"),
    regular_users_2005 = number("faste_brukere_2005"), regular_users_2006 = number("faste_brukere_2006"),
    hours_open_2001 = number("aapningstid_2001"), hours_open_2002 = number("aapningstid_2002"),
    hours_open_2003 = number("aapningstid_2003"), hours_open_2004 = number("aapningstid_2004"),
    hours_open_2005 = number("aapningstid_2005"), hours_open_2006 = number("aapningstid_2006"),
    working_days_2001 = number("virkedager_2001"), working_days_2002 = number("virkedager_2002"),
    working_days_2003 = number("virkedager_2003"), working_days_2004 = number("virkedager_2004"),
    working_days_2005 = number("virkedager_2005"), working_days_2006 = number("virkedager_2006"), fte_2001 = number("aarsverk_2001"),
    fte_2002 = number("aarsverk_2002"), fte_2003 = number("aarsverk_2003"), fte_2004 = number("aarsverk_2004"),
    fte_2005 = number("aarsverk_2005"), fte_2006 = number("aarsverk_2006")
  ))
})

# The register extract.
districts <- local({
  rows <- read_answers("politidistrikt.csv", "UTF-8")
  form(rows$distrikt_nr, rows, list(district = question("distrikt", "nominal", 1:27), drug_deaths = question("doedsfall", "numeric")))
})

# The anonymous survey.
replies <- local({
  rows <- read_answers("brukersurvey.csv", "windows-1252")
  yes_no <- function(column) question(column, "binary", 0:1, missing = c("9" = "refused"))
  satisfaction <- function(column) question(column, "ordinal", 1:3, better = "lower", missing = unknown) # 1 very good
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
    satisfaction = satisfaction("tilfredshet"),
    satisfaction_location = satisfaction("tilfredshet_sted"),
    satisfaction_hours = satisfaction("tilfredshet_tid")
  ))
  form$columns <- c(form$columns, list(
    survey_age_band = age_band(values(form, "age")),
    survey_age_group = age_group(values(form, "age")),
    long_dependent = derived(values(form, "years_dependent") == 4),
    weekly_visits = derived(values(form, "visit_frequency") >= 4),
    very_satisfied = derived(values(form, "satisfaction") == 1),
    less_good = derived(values(form, "satisfaction") >= 3),
    content_with_location = derived(values(form, "satisfaction_location") == 1),
    content_with_hours = derived(values(form, "satisfaction_hours") == 1)
  ))
  attach_services(form, "service", services, c("drop_in", "big_city"))
})

# ---- cohorts -------------------------------------------------------------------------------------------------------

mapped <- side_by_side(users, c("service", "sex", "years_dependent", "over_10_years", "first_contact_year", "years_since_first"))
mapped <- attach_services(mapped, "service", services, c("drop_in", "big_city", "established"))
# 1 drop-in in a big city, 2 drop-in elsewhere, 3 other in a big city, 4 other elsewhere.
mapped$columns$service_type <- with(lapply(mapped$columns[c("drop_in", "big_city")], `[[`, "value"),
                                    derived(1 + (1 - big_city) + 2 * (1 - drop_in), "nominal", 1:4))

# 2001 or earlier, 2002 to 2003, later; and the user's first contact in the year of establishment, 1, 2 to 3, 4 years later or more.
established <- mapped$columns$established$value
mapped$columns$established_band <- derived(findInterval(established, c(2002, 2004)) + 1, "ordinal", 1:3)
mapped$columns$first_after <-
  derived(findInterval(mapped$columns$first_contact_year$value - established, c(1, 2, 4)) + 1, "ordinal", 1:4)

situation <- column(mapped, "situation@w2")$value
states <- list(
  state("dead", "w2", situation == 7, eligible = FALSE),
  state("prison", "w2", situation == 6),
  state("institution", "w2", situation == 2, seen = TRUE),
  state("psychiatric_care", "w2", situation == 3, seen = TRUE),
  state("lar", "w2", situation == 4, seen = TRUE)
)

having <- function(goal) only(mapped, column(mapped, paste0("goal_", goal, "@w1"))$value == 1)
with_goal <- list(needles = having("needles"), talks = having("talks"), nutrition = having("nutrition"))
services_mapped <- only(services, values(services, "mapped") == 1)
services_answered <- only(services, values(services, "answered_first") == 1)
districts_over_five <- only(districts, values(districts, "drug_deaths") > 5)

# ---- analyses, in the order of pipelines/sintef-lav/pipeline.toml --------------------------------------------------

followup("followup.mapped", mapped, c("w1", "w2"), list(w2 = c(5, 8)), "days_since_first", states)
for (goal in names(with_goal)) followup(paste0("followup.goal_", goal), with_goal[[goal]], c("w1", "w2"), list(), "days_since_first")

types <- c("drop_in", "big_city")
involvement <- c("individual_plan", "responsibility_group", "drawn_up_with_user", "user_influence")
health <- c("mental_health", "somatic_health", "dental_health")
life_situation <- c("housing", "finances", "family_contact", "social_network", "work_activity")
self_care <- c("nutrition", "hygiene", "daily_rhythm", "appointments")
substances <- c("heroin", "other_opioids", "rohypnol", "benzodiazepines", "amphetamine", "cocaine", "cannabis", "alcohol")
at <- function(names, wave) paste0(names, "@", wave)

yearly <- function(name) paste0(name, "_", 2001:2006)
starting <- function(start) grep(paste0("^", start), names(services$columns), value = TRUE)
other_services <- c("other_measures", starting("m_"))

describe("describe.drug_deaths", districts_over_five, "drug_deaths", by = "district")
describe("describe.grants", services, c("first_grant_year", "grant_2006", "dental_grant_2006"), by = "municipality")
describe("describe.contacts_yearly", services_answered, yearly("contacts"))
describe("describe.users_yearly", services_answered, yearly("regular_users"))
describe("describe.placement", services_answered, "placement")
describe("describe.partners", services_answered, starting("partner_"))
describe("describe.offers", services_answered, starting("offer_"))
describe("describe.other_services", services_answered, other_services)
describe("describe.other_services_by_size", services_answered, other_services, by = "population_class")
describe("describe.profile", services_answered,
         c("integrated_in_lar", "drop_in", "volunteers", "same_building", "outreach", "competence_support", "individual_plan_work",
           "main_coordinator", "involvement_theme"))
describe("describe.dental", services_answered, c("dental_help", "dental_public", "dental_private"))
describe("describe.hours", services_answered, c("outreach_hours", "volunteer_hours", "dental_users", "coordinator_users"))
describe("describe.hours_yearly", services_answered, yearly("hours_open"))
describe("describe.days_yearly", services_answered, yearly("working_days"))
describe("describe.fte_yearly", services_answered, yearly("fte"))
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
describe("describe.severity_by_type", mapped, at(c(health, life_situation, self_care), "w1"), by = types, combined = list(3:4))
describe("describe.first_contact", mapped, "years_since_first", by = "established_band")
describe("describe.first_after", mapped, "first_after")
describe("describe.contacts_band", mapped, "contacts_band@w1")
describe("describe.contacts", mapped, "contacts_february@w1")
describe("describe.contacts_by_type", mapped, "contacts_band@w1", by = types)
goals <- grep("^goal_.*@w1", names(mapped$columns), value = TRUE)
measures <- grep("^measure_.*@w1", names(mapped$columns), value = TRUE)
describe("describe.goals", mapped, goals)
# Four answers: received and enough; received, not enough; not received, needed; neither.
halves <- list(1:2, 3:4)
describe("describe.measures", mapped, measures, combined = halves, each = halves)
describe("describe.measures_by_type", mapped, measures, by = types, combined = halves[1])
describe("describe.involvement", mapped, at(involvement, "w1"), overlap = TRUE)
describe("describe.involvement_by_type", mapped, at(involvement, "w1"), by = types)
describe("describe.contacts_other", mapped, grep("^contact_.*@w1", setdiff(names(mapped$columns), "contact_frequency@w1"), value = TRUE),
         combined = halves, each = halves)
describe("describe.reasons", mapped, grep("^reason_.*@w1", names(mapped$columns), value = TRUE))
describe("describe.ordinary_possible", mapped, "ordinary_possible@w1")
for (goal in names(with_goal)) describe(paste0("describe.attained_", goal), with_goal[[goal]], paste0("attained_", goal, "@w2"))
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
describe("describe.satisfaction", replies, c("satisfaction", "satisfaction_location", "satisfaction_hours"))

loss <- attrition("attrition.w2", mapped, "w2",
                  c("sex", at(c("age_band", "daily_use", "serious_mental_health", "serious_somatic_health", "serious_housing"), "w1"), "drop_in"),
                  states, reference = c("age_band@w1" = 2))
trajectory("trajectory.domains", mapped, c(health, life_situation, self_care), c("w1", "w2"))

change("change.health", mapped, health, "w1", "w2", by = types, weights = loss, conventions = TRUE)
change("change.life_situation", mapped, life_situation, "w1", "w2", by = types, weights = loss)
change("change.self_care", mapped, self_care, "w1", "w2", by = types, weights = loss)
change("change.use_frequency", mapped, "use_frequency", "w1", "w2", weights = loss, flows = TRUE)
change("change.substances", mapped, substances, "w1", "w2", conventions = TRUE)
change("change.involvement", mapped, involvement, "w1", "w2", weights = loss)

family("family.goals", c("change.health", "change.use_frequency", "change.substances", "change.self_care"))
contrasts()
goal_attainment("goals.attained", mapped, at(c("attained_needles", "attained_talks", "attained_nutrition"), "w2"),
      c("1" = 0, "2" = -1, "3" = -2, "4" = -2))
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
reply <- c("sex", "survey_age_band", "long_dependent", "weekly_visits", "drop_in", "big_city", "needle_exchange", "talks", "food")
outcomes <- c(satisfaction = "very_satisfied", location = "content_with_location", hours = "content_with_hours")
for (name in names(outcomes)) {
  model(paste0("model.", name), replies, outcomes[[name]], reply, reference = c(survey_age_band = 2), cluster = "service",
        conventions = name == "satisfaction")
}
# The declared range of ages has at least four of so many years.
steps <- c(age = 10)
model("model.dissatisfaction", replies, "less_good", c("age", "weekly_visits", "needle_exchange"))

write_answers("sintef_lav_expected.csv")
