# A state that members can be in at a wave: dead, in prison, in treatment …
state <- function(name, wave, seen, eligible) list(name = name, wave = wave, seen = seen, eligible = eligible)

# Members, and how many have each pattern of follow-up: 1 where there is an assessment.
followup_whole <- function(members, waves) {
  frequency <- members[["(frequency)"]]
  pattern <- do.call(paste0, members[paste("seen", waves)])
  counts <- tapply(frequency, pattern, sum)
  shares <- counts / sum(frequency)
  c(
    members = sum(frequency), setNames(counts, paste("pattern", names(counts))),
    setNames(shares, paste("pattern_share", names(counts))), pattern_share = sum(shares)
  )
}

# Each member is seen, in the first state that holds, or lost; a state with `seen` needs an assessment and counts as seen.
followup_at <- function(members, wave, states) {
  total <- function(rows) sum(members[["(frequency)"]][rows])
  assessed <- members[[paste("seen", wave)]] == 1
  free <- rep(TRUE, nrow(members))
  elsewhere <- ineligible <- !free
  values <- c()
  for (one in Filter(function(one) one$wave == wave, states)) {
    here <- free & members[[paste("state", one$name, wave)]] == 1 & (assessed | !one$seen)
    values[paste("state", one$name)] <- total(here)
    values[paste("state_share", one$name)] <- total(here) / total(TRUE)
    free <- free & !here
    elsewhere <- elsewhere | (here & !one$seen)
    ineligible <- ineligible | (here & !one$seen & !one$eligible)
  }
  seen <- assessed & !elsewhere
  c(
    values,
    eligible = total(!ineligible), seen = total(seen),
    seen_in_window = total(seen & members[[paste("in window", wave)]] == 1),
    seen_late = total(seen & members[[paste("in window", wave)]] == 2),
    seen_otherwise = total(seen & !members[[paste("in window", wave)]] %in% 1:2),
    lost = total(!assessed & !elsewhere), followup_rate = total(seen) / total(!ineligible),
    seen_share = total(seen) / total(TRUE), lost_share = total(!assessed & !elsewhere) / total(TRUE)
  )
}
