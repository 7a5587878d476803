# Cards of what else could explain a number: one place, a trend, chance at the start, the bands.

# The outcomes of the measure in hand and of all that it is tested with.
#
# Returns each (measures by pilots), at (the row of the measure in hand) and alone (whether it is
# not among those tested together).
in_question <- function(pack, without = "") {
  known <- pack$known
  keys <- known$compared[[known$measure$family]]
  mine <- known$measure$key
  alone <- !mine %in% keys
  keys <- union(keys, mine)
  compared <- compare(
    pack, measure_figures(pack), keys, known$pilots, known$years, without = without
  )
  each <- place_outcomes(pack, compared, pack$chosen$outcome)
  list(each = each, at = match(mine, keys), alone = alone, compared = compared)
}

# The rows that the measure in hand is tested with, and its place among them.
tested_with <- function(pack, asked, each = asked$each) {
  held <- enough(each, pack$known$fewest_pilots)
  if (asked$alone) {
    return(list(held = held[asked$at, , drop = FALSE], at = 1))
  }
  list(held = held, at = asked$at)
}

adjusted_among <- function(pack, asked, each = asked$each) {
  among <- tested_with(pack, asked, each)
  method <- pack$chosen$adjust
  p <- adjusted_p(sign_flip_p(among$held), among$held, method)[among$at]
  least <- smallest_adjusted_p(counted(among$held), method)[among$at]
  c(p = if (asked$alone) NA else p, least = least)
}

outcome_margin <- function(pack, asked) {
  share <- pack$known$margin_share
  if (is_log(pack$chosen$outcome)) {
    return(log1p(share))
  }
  faced <- replace(asked$compared$against, is.na(asked$compared$own), NA)
  level <- row_means(mean_over_years(faced))[asked$at]
  if (!is.na(level) && level > 0) level * share else NA
}

robustness_view <- function(pack) {
  known <- pack$known
  figures <- measure_figures(pack)
  outcome <- pack$chosen$outcome
  asked <- in_question(pack)
  own <- asked$each[asked$at, , drop = FALSE]
  key <- known$measure$key
  hidden <- hidden_columns(pack, figures, key, known$years, outcome)
  if (counted(own) < known$fewest_pilots) {
    return(with_nothing(data.frame(key = key, n = counted(own), hidden), pack$rows))
  }
  group <- mean_and_t(own)
  among <- tested_with(pack, asked)
  tests <- as.data.frame(family_tests(among$held, pack$chosen$adjust))[among$at, ]
  margin <- outcome_margin(pack, asked)
  data.frame(
    key = key, n = group$n, estimate = unname(group$mean), low = group$low, high = group$high,
    t_low = group$t_low, t_high = group$t_high, p = tests$p, p_error = tests$p_error,
    smallest_p = tests$smallest_p,
    p_adjusted = if (asked$alone) NA else tests$p_adjusted,
    smallest_adjusted = tests$smallest_adjusted,
    detectable = smallest_detectable(group$sd, group$n),
    placebo_columns(pack, figures, key, known$years, outcome, group$mean),
    ruled_out = ruled_out(own), margin = margin, p_equivalence = equivalence_p(own, margin),
    drift_columns(pack, asked), return_columns(pack, asked), hidden
  )
}

# Columns that are empty where too few pilots can be compared.
with_nothing <- function(made, published) {
  for (name in setdiff(names(published), names(made))) made[[name]] <- NA
  made
}

# How many times the drift before the start, each year, an interval of the change would survive
# (Rambachan and Roth, 2023, section 2.4: relative magnitudes).
drift_columns <- function(pack, asked) {
  none <- data.frame(drift = NA, breakdown = NA, t_breakdown = NA)
  if (!is_change(pack$chosen$outcome)) {
    return(none)
  }
  gaps <- yearly_gaps(asked$compared, pack$chosen$outcome)
  gaps <- matrix(gaps[asked$at, , ], nrow = dim(gaps)[2])
  before <- is_before(pack, pack$known$years)
  earlier <- which(before)
  last <- max(earlier)
  after <- which(!before)
  moved <- row_means(gaps[, after, drop = FALSE]) - gaps[, last]
  steps <- sweep(!is.na(gaps[, after, drop = FALSE]), 2, after - last, `*`)
  steps[steps == 0] <- NA
  years <- mean(row_means(steps)[!is.na(moved)])
  moves <- vapply(head(earlier, -1), function(year) {
    row_means(matrix(gaps[, year + 1] - gaps[, year], nrow = 1))
  }, 0)
  drift <- if (any(!is.na(moves))) max(abs(moves), na.rm = TRUE) else NA
  survived <- function(low, high) {
    nearer <- max(low, -high, 0)
    if (is.na(low) || is.na(drift * years) || drift * years == 0) {
      return(if (!is.na(low) && drift %in% 0 && nearer == 0) 0 else NA)
    }
    nearer / (drift * years)
  }
  group <- mean_and_t(matrix(moved, nrow = 1))
  unbounded <- group$n > 0 && is.na(group$low)
  data.frame(
    drift = drift,
    breakdown = if (unbounded) survived(-Inf, Inf) else survived(group$low, group$high),
    t_breakdown = survived(group$t_low, group$t_high)
  )
}

# Regression to the mean (Barnett and others, 2005): the change that authorities that were no pilots,
# as far out before, lead to expect, from a straight line by least squares.
return_columns <- function(pack, asked) {
  none <- data.frame(
    expected_return = NA, beyond = NA, beyond_low = NA, beyond_high = NA, beyond_t_low = NA,
    beyond_t_high = NA
  )
  known <- pack$known
  outcome <- pack$chosen$outcome
  if (!is_change(outcome) || known$comparator == "pilots") {
    return(none)
  }
  before <- is_before(pack, known$years)
  moves <- function(codes) {
    compared <- compare(pack, measure_figures(pack), known$measure$key, codes, known$years)
    gaps <- matrix(yearly_gaps(compared, outcome), nrow = length(codes))
    start <- row_means(gaps[, before, drop = FALSE])
    data.frame(start = start, change = row_means(gaps[, !before, drop = FALSE]) - start)
  }
  outside <- moves(placebo_pool(pack))
  outside <- outside[complete.cases(outside), ]
  if (nrow(outside) < 3) {
    return(none)
  }
  line <- coef(lm(change ~ start, outside))
  pilots <- moves(known$pilots)
  expected <- line[[1]] + line[[2]] * pilots$start
  left <- matrix(pilots$change - expected, nrow = 1)
  group <- mean_and_t(left)
  data.frame(
    expected_return = mean(expected[!is.na(left)]), beyond = group$mean, beyond_low = group$low,
    beyond_high = group$high, beyond_t_low = group$t_low, beyond_t_high = group$t_high
  )
}

# ---- Leaving one out -----------------------------------------------------------------------

robustness_without <- function(pack) {
  known <- pack$known
  asked <- in_question(pack)
  each <- asked$each[asked$at, ]
  if (sum(!is.na(each)) <= known$fewest_pilots) not_estimable("too few pilots to leave one out")
  serving <- if (known$comparator == "neighbours") {
    table(unlist(lapply(known$pilots, function(code) neighbours_of(pack, code))))
  }
  held <- which(!is.na(each))
  # Left out as missing, not as if never there: where flips are drawn, they are those of all pilots.
  without_pilots <- lapply(held, function(pilot) {
    left <- asked$each
    left[, pilot] <- NA
    left
  })
  others <- lapply(names(serving), function(code) in_question(pack, without = code))
  every <- c(list(asked$each), without_pilots, lapply(others, `[[`, "each"))
  gaps <- rbind(
    each,
    t(vapply(held, function(pilot) replace(each, pilot, NA), each)),
    do.call(rbind, lapply(others, function(one) one$each[one$at, ]))
  )
  rownames(gaps) <- NULL
  group <- mean_and_t(gaps)
  adjusted <- vapply(every, function(one) adjusted_among(pack, asked, one), c(0, 0))
  data.frame(
    role = rep(c("whole", "pilot", "neighbour"), c(1, length(held), length(others))),
    code = c(NA, known$pilots[held], names(serving)),
    serves = c(rep(NA, 1 + length(held)), as.vector(serving)),
    n = group$n, estimate = group$mean, low = group$low, high = group$high,
    p = sign_flip_p(gaps), p_error = simulation_error(sign_flip_p(gaps), group$n), shift = group$mean - group$mean[1], t_low = group$t_low,
    t_high = group$t_high, p_adjusted = adjusted[1, ], smallest_p = smallest_p(group$n),
    smallest_adjusted = adjusted[2, ]
  )
}

# Every measure among the same placebo groups.
robustness_placebos <- function(pack) {
  known <- pack$known
  keys <- known$compared[[known$measure$family]]
  field <- placebo_field(pack, measure_figures(pack), keys, known$years, pack$chosen$outcome)
  if (is.null(field)) not_estimable("no pilots or outsiders to compare")
  group <- mean_and_t(field$own)
  rows <- lapply(seq_along(keys), function(at) {
    means <- if (!is.na(group$mean[at])) group_means(field, at)
    among <- among_groups(means, group$mean[at])
    ends <- if (is.null(means)) c(NA, NA) else quantile(means, c(0.025, 0.975), names = FALSE)
    data.frame(
      placebo_mean = if (is.null(means)) NA else mean(means),
      placebo_low = ends[1], placebo_high = ends[2],
      placebo_sd = if (is.null(means)) NA else sqrt(mean((means - mean(means))^2)),
      far = among[["far"]], p_placebo = among[["p"]], effect_low = among[["low"]],
      effect_high = among[["high"]]
    )
  })
  data.frame(
    key = keys, n = group$n, estimate = group$mean, low = group$low, high = group$high,
    t_low = group$t_low, t_high = group$t_high, outsiders = rowSums(!is.na(field$others)),
    draws = known$placebo$draws, p = sign_flip_p(field$own), do.call(rbind, rows)
  )
}

FINDINGS_DOUBTS <- list(
  "robustness-view" = list(
    make = robustness_view, by = "key", main = "estimate",
    words = c("name", "outcome", "unit", "withheld", "certainty")
  ),
  "robustness-without" = list(
    make = robustness_without, by = c("role", "code"), main = "estimate",
    words = c("left_out", "band")
  ),
  "robustness-placebos" = list(
    make = robustness_placebos, by = "key", main = "estimate",
    words = c("name", "unit", "short", "withheld")
  )
)
