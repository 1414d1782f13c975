options(scipen = 999, width = 120) # codes are written as digits

analysis_folder <- Sys.getenv("UTFALL_ANALYSIS", "../../restricted/analysis")
estimates_file <- Sys.getenv("UTFALL_ESTIMATES", "../estimates.csv")
for (needed in c(analysis_folder, estimates_file)) {
  if (!file.exists(needed)) stop(needed, " is not there; what is needed stands at the top of this notebook")
}

read_texts <- function(file) {
  read.csv(file, colClasses = "character", check.names = FALSE, na.strings = character(), encoding = "UTF-8")
}

# A pattern table: a row for each combination of answers, with its frequency; of one group where there are groups.
patterns <- function(name, group = NULL) {
  table <- read_texts(file.path(analysis_folder, paste0(name, ".csv")))
  is_text <- names(table) == "(group)" | endsWith(names(table), " (reason)")
  table[!is_text] <- lapply(table[!is_text], as.numeric)
  if (is.null(group)) table else table[table[["(group)"]] == group, ]
}
