# Writes the Stata files of tests/library/read_stata.rs that R makes, with made-up values. Run here, in a UTF-8 locale:
#   Rscript make_stata.R
# Made with R 4.2.2, haven 2.5.1 and foreign 0.8.84.
library(haven)

people <- data.frame(
  id = c("blåbær", "Ærlig", "x  ", ""),
  score = labelled(c(1L, 2L, NA, 5L), c(Lav = 1L, `Høy` = 5L), label = "Spørsmål én"),
  weight = c(0.1, -2.5, NA, 1e10),
  born = as.Date(c("1950-06-15", "1960-01-01", NA, "2024-02-29")),
  seen = as.POSIXct(c("2024-02-29 13:45:10", "1959-12-31 23:59:59", NA, "2000-01-01 00:00:00"), tz = "UTC")
)
for (version in 8:12) {
  write_dta(people, sprintf("stata/haven_%02d.dta", version), version = version, label = NULL)
}

# Tags need doubles here, and versions that have them.
people$tagged <- labelled(c(1, tagged_na("a"), tagged_na("z"), NA), c(Ja = 1, `Vil ikke` = tagged_na("a")))
for (version in 13:15) {
  write_dta(people, sprintf("stata/haven_%02d.dta", version), version = version)
}
# A text of more than 2,045 bytes becomes a strL.
people$story <- c(strrep("å", 1500), "short", "", strrep("b", 2100))
write_dta(people, "stata/haven_15_long.dta", version = 15)
write_dta(people, "stata/haven_14_long.dta", version = 14)

plain <- data.frame(
  id = c("blaa", "aerlig", "x"),
  score = factor(c("Low", NA, "High"), levels = c("Low", "High")),
  weight = c(0.1, NA, -2.5),
  born = as.Date(c("1950-06-15", NA, "2024-02-29"))
)
for (version in c(6, 7, 8, 10, 12)) {
  foreign::write.dta(plain, sprintf("stata/foreign_%02d.dta", version), version = version, convert.factors = "labels")
}
