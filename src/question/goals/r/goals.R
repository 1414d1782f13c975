# What each pattern's rating of a goal is read as; NA for those who do not have it.
levels_of <- function(ratings, goal, codes, says) says[match(ratings[[goal]], codes)]

# How many have a goal, how far they came with it, and how many came as far as expected or further.
goal_levels <- function(ratings, goal, codes, says) {
  level <- rep(levels_of(ratings, goal, codes, says), ratings[["(frequency)"]])
  level <- level[!is.na(level)]
  counts <- vapply(-2:2, function(own) sum(level == own), 0)
  c(
    with_goal = length(level), attained = sum(level >= 0), setNames(counts, paste("attainment", -2:2)),
    setNames(says, paste("goal_level", codes)),
    setNames(counts / length(level), paste("attainment_share", -2:2)), attained_share = mean(level >= 0)
  )
}

# The mean of the persons' T scores with its t interval (Kiresuk and Sherman 1968).
goal_scores <- function(ratings, goals, weights, rho, level, codes, says) {
  x <- matrix(vapply(goals, function(goal) levels_of(ratings, goal, codes, says), double(nrow(ratings))), nrow(ratings))
  w <- matrix(weights, nrow(x), ncol(x), byrow = TRUE)
  w[is.na(x)] <- 0
  x[is.na(x)] <- 0
  score <- 50 + 10 * rowSums(w * x) / sqrt((1 - rho) * rowSums(w^2) + rho * rowSums(w)^2)
  score <- rep(score, ratings[["(frequency)"]])
  score <- score[is.finite(score)]
  values <- c(with_any_goal = length(score))
  if (length(score) > 0) values <- c(values, goal_t_mean = mean(score))
  if (length(score) > 1) {
    values <- c(values, goal_t_sd = sd(score))
    # Where all have the same score, there is no test; its interval is the score.
    ends <- if (sd(score) > 0) t.test(score, conf.level = level)$conf.int else rep(mean(score), 2)
    values <- c(values, goal_t_mean_low = ends[1], goal_t_mean_high = ends[2])
  }
  values
}
