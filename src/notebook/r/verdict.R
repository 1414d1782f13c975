of_all <- function(name) unlist(lapply(compared, `[[`, name))
cat(sprintf(
  "%d numbers compared, %d suppressed, largest relative difference %.1e\n",
  sum(of_all("compared")), sum(of_all("suppressed")), max(of_all("largest"), 0)
))
unasked <- setdiff(released$analysis, of_all("analysis"))
if (length(unasked)) stop("released, but not in this notebook: ", toString(unasked))
differ <- of_all("differ")
if (length(differ)) stop(length(differ), " numbers differ: ", toString(head(differ, 20)))
not_made <- of_all("not_made")
if (length(not_made)) stop(length(not_made), " numbers were not made again: ", toString(head(not_made, 20)))
