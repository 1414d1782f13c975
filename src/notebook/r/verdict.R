of_all <- function(name) unlist(lapply(compared, `[[`, name))
everything <- do.call(rbind, lapply(compared, `[[`, "compared"))
cat(sprintf("%d numbers compared, %d suppressed\n", nrow(everything), sum(of_all("suppressed"))))
for (how in intersect(names(TOLERANCES), everything$how)) {
  own <- everything[everything$how == how, ]
  farthest <- own[which.max(own$far), ]
  cat(sprintf(
    "  %s: %d, largest relative difference %.1e of %.0e allowed, %s\n",
    how, nrow(own), farthest$far, TOLERANCES[[how]], farthest$number
  ))
}
unasked <- setdiff(released$analysis, of_all("analysis"))
if (length(unasked)) stop("released, but not in this notebook: ", toString(unasked))
differ <- of_all("differ")
if (length(differ)) stop(length(differ), " numbers differ: ", toString(head(differ, 20)))
not_made <- of_all("not_made")
if (length(not_made)) stop(length(not_made), " numbers were not made again: ", toString(head(not_made, 20)))
