# What haven reads from SPSS and Stata files, and readxl from workbooks, as JSON beside each file.
# Rscript read.R FILES TARGET
suppressMessages({library(haven); library(jsonlite)})
folder <- commandArgs(TRUE)[1]
target <- commandArgs(TRUE)[2]
dir.create(target, showWarnings = FALSE)

number <- function(x) sprintf("n:%.17g", as.numeric(x))
one <- function(x) {
  if (length(x) == 0 || (length(x) == 1 && is.na(x) && !is_tagged_na(x))) return("")
  if (inherits(x, "Date")) return(sprintf("d:%.17g", as.numeric(x)))
  if (inherits(x, "POSIXct")) return(sprintf("m:%.17g", as.numeric(x)))
  if (inherits(x, "difftime")) return(sprintf("t:%.17g", as.numeric(x, units = "secs")))
  if (is.character(x)) return(paste0("s:", unclass(x)))
  if (is.double(x) && is_tagged_na(x)) return(paste0(".", na_tag(x)))
  number(x)
}
cells <- function(x) {
  if (is.list(x)) return(vapply(x, one, ""))
  n <- length(x)
  bare <- x
  attributes(bare) <- NULL
  out <- if (is.character(bare)) paste0("s:", bare) else sprintf(
    paste0(if (inherits(x, "Date")) "d" else if (inherits(x, "POSIXct")) "m" else if (inherits(x, "difftime")) "t" else "n", ":%.17g"), as.numeric(bare))
  out[is.na(bare)] <- ""
  if (is.double(bare) && any(is_tagged_na(bare))) out[is_tagged_na(bare)] <- paste0(".", na_tag(bare[is_tagged_na(bare)]))
  out[seq_len(n)]
}
code <- function(x) if (is.character(x)) paste0("s:", x) else if (is_tagged_na(x)) paste0(".", na_tag(x)) else number(x)
column <- function(x, name) {
  labels <- attr(x, "labels")
  bare <- unname(labels)
  list(
    name = name, label = attr(x, "label", exact = TRUE),
    labels = lapply(seq_along(bare), function(i) list(code(bare[[i]]), names(labels)[[i]])),
    values = lapply(attr(x, "na_values"), code),
    range = lapply(attr(x, "na_range"), code),
    cells = I(cells(x))
  )
}

for (file in list.files(folder)) {
  path <- file.path(folder, file)
  ending <- tools::file_ext(file)
  out <- tryCatch({
    if (ending %in% c("sav", "zsav")) {
      data <- read_sav(path, user_na = TRUE)
    } else if (ending == "dta") {
      data <- read_dta(path)
    } else next
    list(columns = unname(Map(column, data, names(data))), rows = nrow(data))
  }, error = function(e) list(error = conditionMessage(e)))
  write_json(out, file.path(target, paste0(file, ".haven.json")), auto_unbox = TRUE, null = "null")
}

for (file in list.files(folder, "\\.(xlsx|xls)$")) {
  path <- file.path(folder, file)
  out <- tryCatch({
    sheets <- setNames(lapply(readxl::excel_sheets(path), function(sheet) {
      data <- suppressWarnings(suppressMessages(readxl::read_excel(path, sheet, col_names = FALSE, col_types = "list", trim_ws = FALSE, range = readxl::cell_limits(c(1, 1), c(NA, NA)))))
      unname(lapply(data, function(x) I(vapply(x, one, ""))))
    }), readxl::excel_sheets(path))
    list(sheets = sheets)
  }, error = function(e) list(error = conditionMessage(e)))
  write_json(out, file.path(target, paste0(file, ".readxl.json")), auto_unbox = TRUE, null = "null")
}
