# Files written by R's packages: haven and foreign (SPSS, Stata), openxlsx (.xlsx), readr and base R (text).
# Rscript make.R FOLDER, after values.py has laid values.json there.
suppressMessages({library(haven); library(jsonlite); library(openxlsx)})
folder <- commandArgs(TRUE)[1]
given <- fromJSON(file.path(folder, "values.json"))
path <- function(name) file.path(folder, name)
frequency <- setNames(as.numeric(unlist(given$frequency_codes)), given$frequency_texts)
label <- function(x, text) { attr(x, "label") <- text; x }
born <- as.Date(given$born)
filled <- as.POSIXct(given$filled, tz = "UTC", format = "%Y-%m-%dT%H:%M:%S")

# ---- SPSS ----
spss <- tibble::tibble(
  id = label(as.numeric(given$id), "Løpenummer"),
  q1 = labelled_spss(given$q1, frequency, na_values = c(98, 99), label = "Hvor ofte føler du deg ensom?"),
  q2 = labelled_spss(given$q2, frequency, na_range = c(90, Inf), label = "Hvor ofte sover du dårlig?"),
  sex = labelled_spss(given$sex, c(Mann = "m", Kvinne = "k", "Ukjent – æøå" = "x"), na_values = "x", label = "Kjønn"),
  score = given$score,
  sted = given$sami,
  born = born,
  filled = filled,
  clock = hms::as_hms(given$clock),
  note = given$note
)
write_sav(spss, path("sav_haven.sav"), compress = "byte")
write_sav(spss, path("sav_haven_none.sav"), compress = "none")
write_sav(spss, path("sav_haven.zsav"), compress = "zsav")
write_sav(spss[0, c("id", "q1", "sex", "born")], path("sav_haven_empty.sav"))
write_sav(tibble::tibble(
  id = 1:3,
  lang = labelled(c("en veldig lang kode", "annen lang kode", ""), c("Lang verdietikett" = "en veldig lang kode")),
  fritekst = c(strrep("blåbær ", 60), "", "kort"),
  f = factor(c("Lav", "Høy", NA), levels = c("Lav", "Høy"))
), path("sav_haven_long.sav"))

# ---- Stata ----
tagged <- function(codes) {
  x <- as.numeric(codes); x[codes %in% 98] <- tagged_na("a"); x[codes %in% 99] <- tagged_na("z"); x
}
answers <- c(frequency[frequency < 90], "Vil ikke svare" = tagged_na("a"), "Ubesvart" = tagged_na("z"))
ascii <- function(x) gsub("[^ -~]", "", iconv(x, "UTF-8", "ASCII", sub = ""))
for (version in c(8, 10, 12, 13, 14, 15)) {
  plain <- if (version < 14) ascii else identity
  short <- function(x) if (version < 13) substr(x, 1, 240) else x
  stata <- tibble::tibble(
    id = label(as.integer(given$id), plain("Løpenummer")),
    q1 = labelled(tagged(given$q1), answers, label = plain("Hvor ofte føler du deg ensom?")),
    q2 = labelled(tagged(given$q2), answers),
    score = given$score,
    sex = given$sex,
    sted = plain(given$sami),
    born = born,
    filled = filled,
    note = short(plain(given$note))
  )
  write_dta(stata, path(sprintf("dta_haven_v%d.dta", version)), version = version)
}
long <- tibble::tibble(id = 1:3, note = c(strrep("blåbær ", 300), "kort", strrep("č", 2100)))
write_dta(long, path("dta_haven_v15_strl.dta"), version = 15)
write_dta(long, path("dta_haven_v14_strl.dta"), version = 14)
write_dta(stata[0, c("id", "q1", "born")], path("dta_haven_empty.dta"), version = 14)
dates <- tibble::tibble(id = 1:4, born = structure(c(-10000, 0, NA, tagged_na("b")), class = "Date"))
write_dta(dates, path("dta_haven_date_tag.dta"), version = 14)
for (version in c(6, 7, 8, 10, 12)) {
  old <- data.frame(id = as.integer(given$id), q1 = factor(given$q1, frequency, names(frequency)), score = given$score,
                    sex = sub("^$", "-", given$sex), born = born,
                    note = sub("^$", "-", substr(ascii(given$note), 1, 80)), stringsAsFactors = FALSE)
  foreign::write.dta(old, path(sprintf("dta_foreign_v%d.dta", version)), version = version, convert.dates = TRUE)
}

# ---- .xlsx ----
sheet <- data.frame(id = given$id, q1 = given$q1, score = given$score, sted = given$sami, born = born, ja = given$q1 > 2,
                    note = given$note, stringsAsFactors = FALSE)
book <- createWorkbook()
addWorksheet(book, "Svar"); writeData(book, "Svar", sheet)
options(openxlsx.dateFormat = "dd.mm.yyyy")
saveWorkbook(book, path("xlsx_openxlsx.xlsx"), overwrite = TRUE)
book <- createWorkbook()
addWorksheet(book, "Svar"); writeDataTable(book, "Svar", sheet[, c("id", "q1", "sted")], startRow = 1, tableName = "Svar1")
addWorksheet(book, "Etiketter"); writeData(book, "Etiketter", data.frame(kode = frequency, tekst = names(frequency)))
saveWorkbook(book, path("xlsx_openxlsx_table.xlsx"), overwrite = TRUE)
book <- createWorkbook()
addWorksheet(book, "Data"); writeData(book, "Data", "Uttrekk 30.11.2026", startCol = 1, startRow = 1)
writeData(book, "Data", sheet[, c("id", "q1", "sted")], startRow = 4, startCol = 2, keepNA = TRUE, na.string = "NA")
saveWorkbook(book, path("xlsx_openxlsx_offset.xlsx"), overwrite = TRUE)

# ---- Text ----
text <- sheet; text$filled <- format(filled, "%d.%m.%Y %H:%M")
write.csv(text, path("csv_r.csv"), row.names = FALSE, na = "")
write.csv2(text, path("csv_r_csv2.csv"), row.names = FALSE)
norwegian <- text; norwegian$sted <- given$norwegian
write.csv2(norwegian, path("csv_r_1252.csv"), row.names = FALSE, fileEncoding = "windows-1252")
write.table(text, path("csv_r_tab.tsv"), sep = "\t", row.names = FALSE, qmethod = "double", eol = "\r\n", na = "")
readr::write_excel_csv2(text, path("csv_readr_excel.csv"), na = "")
readr::write_csv(text, path("csv_readr.csv.gz"), na = "NA")
