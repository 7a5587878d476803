# Pilots against councils weighted to run alongside them before the start.

WEIGHTED_DRAWS <- 500
WEIGHTED_SEED <- 20211201
TINY_RIDGE <- 1e-6 # of the spread of yearly moves: makes weights unique and no more
TURNS <- 30 # after which columns enter one by one

# Synthetic difference-in-differences (Arkhangelsky and others, 2021, American Economic Review 111,
# algorithms 1 and 4), with the interval of Conley and Taber (2011).
change_synthetic <- function(pack) {
  held <- weighted_panel(pack)
  others <- held$others
  many <- nrow(held$pilots)
  before <- held$before
  late <- setdiff(seq_along(held$years), seq_len(before))
  found <- synthetic(held$pilots, others, before)
  every <- matrix(seq_len(nrow(others)), WEIGHTED_DRAWS, nrow(others), byrow = TRUE)
  orders <- numpy_shuffled(WEIGHTED_SEED, every)
  paths <- t(apply(orders, 1, function(order) {
    group <- order[seq_len(many)]
    synthetic(others[group, , drop = FALSE], others[-group, , drop = FALSE], before)$apart
  }))
  effect <- mean(found$apart[late])
  among <- among_groups(rowMeans(paths[, late, drop = FALSE]), effect)
  bands <- vapply(seq_along(held$years), function(at) {
    among_groups(paths[, at], found$apart[at])[c("low", "high")]
  }, numeric(2))
  plain <- colMeans(held$pilots) - colMeans(others)
  data.frame(
    year_end = held$years, n = many, pilots = found$treated,
    comparator = found$treated - found$apart, gap = found$apart, low = bands[1, ],
    high = bands[2, ], year_weight = c(found$years, rep(NA, length(late))), effect = effect,
    effect_low = among[["low"]], effect_high = among[["high"]], p_placebo = among[["p"]],
    draws = WEIGHTED_DRAWS, councils = nrow(others),
    fit = sqrt(mean(found$apart[seq_len(before)]^2)),
    control = mean(synthetic(held$pilots, others, before, control = TRUE)$apart[late]),
    plain_did = mean(plain[late]) - mean(plain[seq_len(before)])
  )
}

# Figures of pilots and of councils that were none, places by years and none missing.
weighted_panel <- function(pack) {
  known <- pack$known
  if (length(known$pilots) < known$fewest_pilots) not_estimable("too few pilots are chosen")
  values <- matrix(
    measure_figures(pack)$usable[known$measure$key, , ],
    ncol = length(all_years()), dimnames = list(places_of(pack), NULL)
  )
  of <- function(codes) values[intersect(codes, rownames(values)), , drop = FALSE]
  pilots <- of(known$pilots)
  others <- of(placebo_pool(pack))
  held <- all_years()[colSums(!is.na(pilots)) > 0]
  years <- held[held <= max(known$years, last_before(pack))]
  before <- sum(years <= last_before(pack))
  if (before < 5 || length(years) == before) not_estimable("too few years have figures")
  whole <- function(rows) {
    rows <- rows[, match(years, all_years()), drop = FALSE]
    unname(rows[rowSums(is.na(rows)) == 0, , drop = FALSE])
  }
  pilots <- whole(pilots)
  others <- whole(others)
  if (nrow(pilots) < known$fewest_pilots || nrow(others) < nrow(pilots) + 10) {
    not_estimable("too few pilots or councils have figures in every year")
  }
  list(pilots = pilots, others = others, years = years, before = before)
}

# Weigh others to run alongside places in the years before, and years before to be like later ones.
# With control others alone are weighed, to be at the same level (Abadie, 2021).
synthetic <- function(treated, others, before, control = FALSE) {
  own <- colMeans(treated)
  after <- length(own) - before
  early <- others[, seq_len(before)]
  noise <- sd(early[, -1] - early[, -before])
  if (control) {
    weights <- simplex_weights(t(early), own[seq_len(before)], before * (TINY_RIDGE * noise)^2)
    years <- numeric(before)
  } else {
    goal <- own[seq_len(before)]
    weights <- simplex_weights(
      t(early - rowMeans(early)), goal - mean(goal), before * sqrt(nrow(treated) * after) * noise^2
    )
    late <- rowMeans(others[, -seq_len(before), drop = FALSE])
    years <- simplex_weights(
      sweep(early, 2, colMeans(early)), late - mean(late), nrow(others) * (TINY_RIDGE * noise)^2
    )
  }
  apart <- own - drop(weights %*% others)
  list(treated = own, years = years, apart = apart - sum(years * apart[seq_len(before)]))
}

# Weights, none below 0 and of sum 1, that bring columns nearest to a target: |columns w - target|^2 +
# ridge |w|^2 is least where, for some set of columns with weight, the slope is the same for all of
# them and not lower for any other. Columns leave and enter that set all at once (Kim and Park, 2011,
# SIAM Journal on Scientific Computing 33); where that ends nowhere, one by one (Lawson and Hanson,
# 1974, Solving least squares problems, chapter 23).
simplex_weights <- function(columns, target, ridge) {
  inside <- rep(TRUE, ncol(columns))
  for (turn in seq_len(TURNS)) {
    weights <- weights_of_set(columns, target, ridge, inside)
    wrong <- ifelse(inside, weights < 0, lower_slope(columns, target, ridge, weights, inside) > 0)
    if (!any(wrong)) {
      return(weights)
    }
    inside <- xor(inside, wrong)
  }
  one_by_one(columns, target, ridge)
}

# By how much the slope is lower than that of the set; 0 for rounding and in the set.
lower_slope <- function(columns, target, ridge, weights, inside) {
  slope <- drop(crossprod(columns, columns %*% weights - target)) + ridge * weights
  lower <- mean(slope[inside]) - slope
  near <- ROUNDING * max(crossprod(abs(columns), abs(target)))
  ifelse(inside | lower < near, 0, lower)
}

one_by_one <- function(columns, target, ridge) {
  inside <- seq_len(ncol(columns)) == which.min(colSums((columns - target)^2))
  weights <- as.numeric(inside)
  repeat {
    lower <- lower_slope(columns, target, ridge, weights, inside)
    if (!any(lower > 0)) {
      return(weights)
    }
    inside[which.max(lower)] <- TRUE
    goal <- weights_of_set(columns, target, ridge, inside)
    while (any(goal[inside] <= 0)) {
      falling <- inside & goal <= 0
      step <- min(weights[falling] / (weights[falling] - goal[falling]))
      weights <- weights + step * (goal - weights)
      inside <- inside & weights > ROUNDING
      weights[!inside] <- 0
      goal <- weights_of_set(columns, target, ridge, inside)
    }
    weights <- goal
  }
}

# The weights of sum 1, of either sign, of a set: its first follows from all others.
weights_of_set <- function(columns, target, ridge, inside) {
  some <- which(inside)
  whole <- rbind(columns[, some, drop = FALSE], diag(sqrt(ridge), length(some)))
  goal <- c(target, numeric(length(some)))
  others <- numeric()
  if (length(some) > 1) {
    solved <- qr(whole[, -1, drop = FALSE] - whole[, 1], LAPACK = TRUE)
    others <- qr.coef(solved, goal - whole[, 1])
  }
  weights <- numeric(length(inside))
  weights[some] <- c(1 - sum(others), others)
  weights
}

FINDINGS_WEIGHTED <- list(
  "change-synthetic" = list(
    make = change_synthetic, by = "year_end", main = "gap",
    words = c("year", "compared_with", "in_period", "largest")
  )
)
