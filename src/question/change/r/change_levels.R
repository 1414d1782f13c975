# From each level to each other, and the levels before and after.
transitions <- function(table, levels) {
  names <- outer(levels, levels, function(from, to) paste0("transition ", from, ">", to))
  c(
    setNames(as.vector(table), as.vector(names)),
    setNames(rowSums(table), paste("before_count", levels)), setNames(colSums(table), paste("after_count", levels))
  )
}

# The shares at the levels before and after, and of each count in its row and of all.
transition_shares <- function(table, levels) {
  terms <- as.vector(outer(levels, levels, paste, sep = ">"))
  c(
    setNames(as.vector(table / rowSums(table)), paste("transition_share", terms)),
    setNames(as.vector(table / sum(table)), paste("joint_share", terms)),
    setNames(rowSums(table) / sum(table), paste("before_share", levels)),
    setNames(colSums(table) / sum(table), paste("after_share", levels))
  )
}

# Stuart and Maxwell's and Bhapkar's tests. Levels that nobody moved into or out of, and groups of levels without moves between
# them, leave S with less than full rank: its pseudoinverse serves, and its rank is the degrees of freedom.
marginal_homogeneity <- function(table) {
  table <- matrix(table, nrow(table))
  moves <- table + t(table)
  diag(moves) <- 0
  if (sum(moves) == 0) return(c())
  covariance <- diag(rowSums(moves)) - moves
  parts <- eigen(covariance, symmetric = TRUE)
  kept <- parts$values > max(parts$values) * 1e-10
  along <- crossprod(parts$vectors[, kept, drop = FALSE], colSums(table) - rowSums(table))
  chi2 <- sum(along^2 / parts$values[kept])
  share <- chi2 / sum(table)
  bhapkar <- if (share < 1 - 1e-12) chi2 / (1 - share) else NA
  c(
    stuart_maxwell = chi2, stuart_maxwell_df = sum(kept),
    stuart_maxwell_p = pchisq(chi2, sum(kept), lower.tail = FALSE),
    bhapkar = bhapkar, bhapkar_p = pchisq(bhapkar, sum(kept), lower.tail = FALSE)
  )
}

# Bowker's test of symmetry, over the pairs of levels between which anybody moved. R's counts the others as well, and then
# divides 0 by 0.
bowker <- function(table) {
  there <- table[upper.tri(table)]
  back <- t(table)[upper.tri(table)]
  moved <- there + back > 0
  if (!any(moved)) return(c())
  if (all(moved)) {
    test <- mcnemar.test(table, correct = FALSE)
    return(c(bowker = test$statistic[[1]], bowker_df = test$parameter[[1]], bowker_p = test$p.value[[1]]))
  }
  chi2 <- sum(((there - back)^2 / (there + back))[moved])
  c(bowker = chi2, bowker_df = sum(moved), bowker_p = pchisq(chi2, sum(moved), lower.tail = FALSE))
}
