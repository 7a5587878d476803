# Placebo pilots: groups of authorities that were no pilots, drawn as the pilots are made up.

# The authorities to draw from, in order of their codes.
placebo_pool <- function(pack) {
  known <- pack$known
  listed <- names(neighbour_lists(pack, known$neighbour_list$key))
  sort(
    setdiff(listed, c(known$programme$pilots$code, known$placebo$never_drawn)),
    method = "radix"
  )
}

kind_of <- function(pack, codes) match(substr(codes, 1, 3), pack$known$placebo$kinds)

# Set pilots and the pool against their comparators; NULL where no groups can be drawn.
#
# Returns own and others (matrices of measures by places), orders (as drawn) and, for each measure,
# how many pilots of each kind have an outcome.
placebo_field <- function(pack, figures, keys, years, outcome) {
  known <- pack$known
  if (known$comparator == "pilots" || length(known$pilots) < known$fewest_pilots) {
    return(NULL)
  }
  before <- is_before(pack, years)
  if (is_change(outcome) && (all(before) || !any(before))) {
    return(NULL)
  }
  pool <- placebo_pool(pack)
  name <- paste(
    "others", length(keys), paste(keys, collapse = " "), paste(years, collapse = " "), outcome,
    known$figures$column, paste(unlist(options_of(pack)), collapse = " "),
    paste(pack$sums, collapse = " ")
  )
  others <- kept(name, function() {
    place_outcomes(pack, compare(pack, figures, keys, pool, years), outcome)
  })
  own <- place_outcomes(pack, compare(pack, figures, keys, known$pilots, years), outcome)
  own[counted(own) < known$fewest_pilots, ] <- NA
  kinds <- kind_of(pack, pool)
  orders <- kept(paste("orders", paste(kinds, collapse = ""), known$placebo$seed), function() {
    draw_orders(kinds, known$placebo$draws, known$placebo$seed)
  })
  list(own = own, others = others, orders = orders, kinds = kind_of(pack, known$pilots))
}

# The mean of every group drawn for one measure: of each kind as many as there are pilots with an
# outcome, the first of the order that have one. NULL where a kind has too few.
group_means <- function(field, at) {
  gaps <- field$others[at, ]
  expected <- tabulate(field$kinds[!is.na(field$own[at, ])], length(field$orders))
  total <- 0
  for (kind in which(expected > 0)) {
    order <- field$orders[[kind]]
    if (!ncol(order) || sum(!is.na(gaps[order[1, ]])) < expected[kind]) {
      return(NULL)
    }
    taken <- numeric(nrow(order))
    column <- 0
    while (any(taken < expected[kind])) {
      column <- column + 1
      one <- gaps[order[, column]]
      take <- !is.na(one) & taken < expected[kind]
      total <- total + ifelse(take, one, 0)
      taken <- taken + take
    }
  }
  unname(total) / sum(expected)
}

# Placebo p (Phipson and Smyth, 2010: the pilots count as one draw more) and interval (Conley and
# Taber, 2011: the estimate less the quantiles of the groups).
among_groups <- function(means, estimate) {
  if (is.null(means) || is.na(estimate)) {
    return(c(far = NA, p = NA, low = NA, high = NA))
  }
  estimate <- unname(estimate)
  draws <- length(means)
  far <- sum(abs(means) >= abs(estimate) * (1 - ROUNDING))
  rank <- ceiling((draws + 1) * 0.025 - ROUNDING * draws) - 1
  ends <- if (rank < 1) c(-Inf, Inf) else sort(means)[c(rank, draws - rank + 1)]
  c(far = far, p = (far + 1) / (draws + 1), low = estimate - ends[2], high = estimate - ends[1])
}

# Placebo p and interval of some estimates, one for each measure.
placebo_columns <- function(pack, figures, keys, years, outcome, estimates) {
  field <- placebo_field(pack, figures, keys, years, outcome)
  found <- vapply(seq_along(keys), function(at) {
    means <- if (!is.null(field) && !is.na(estimates[at])) group_means(field, at)
    among_groups(means, estimates[at])
  }, numeric(4))
  list(p_placebo = found["p", ], placebo_low = found["low", ], placebo_high = found["high", ])
}
