# Reference values of paired change, from R's own functions where R has them and from the textbook's formula otherwise.
# Run in this folder: Rscript change.R
# It writes   change_datasets.csv   what is asked of each data set
#             change_data.csv       the pairs with their frequencies
#             change_expected.csv   the answers; NA where the statistic does not exist
source("change_statistics.R")
source("change_sets.R")

number <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x))

# ---- answers -------------------------------------------------------------------------------------------------------

answers <- list()
give <- function(set, statistic, value, term = "") {
  answers[[length(answers) + 1]] <<- data.frame(dataset = set$name, statistic = statistic, term = term,
                                                value = number(unname(value)))
}

for (s in sets) change_statistics(s)

# ---- files ---------------------------------------------------------------------------------------------------------

versions <- sprintf("# R %s, coin %s, MASS %s", getRversion(), packageVersion("coin"), packageVersion("MASS"))
save <- function(frame, file) {
  connection <- file(file, "w")
  on.exit(close(connection))
  writeLines(versions, connection)
  write.table(frame, connection, sep = ",", quote = FALSE, row.names = FALSE)
}
save(do.call(rbind, lapply(sets, function(s) {
  data.frame(dataset = s$name, scale = s$scale, better = s$better, levels = paste(number(s$levels), collapse = "|"),
             level = number(s$level), convention = s$convention, hedges = tolower(s$hedges),
             reliability = with(s$reliability, if (is.null(s$reliability)) "" else
               paste(number(r), if (is.na(sd)) "baseline" else number(sd), number(cut_off), sep = "|")),
             classes = paste(number(s$classes), collapse = "|"))
})), "change_datasets.csv")
save(do.call(rbind, lapply(sets, function(s) {
  data.frame(dataset = rep(s$name, length(s$before)), before = number(s$before), after = number(s$after),
             frequency = sprintf("%.0f", s$frequency))
})), "change_data.csv")
save(do.call(rbind, answers), "change_expected.csv")
