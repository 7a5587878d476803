# What the next programme would see: the smallest change, from programmes drawn without any.

PLAN_SEED <- 20260402
FLIP_SEED <- 20260401
FEWER_PROGRAMMES <- 2000 # behind every size but that of the indicator in question
FEWEST_SEEN <- 6 # councils below which no change gives a p below the level
PLAN_FLIPS <- 2048
PLANNED <- c(
  "smallest_change", "smallest_change_low", "smallest_change_high", "relative", "level", "spread",
  "drawn_from", "programmes", "first_year", "last_year"
)
# Two programs meet these to this share only: the change at which a programme is seen is found by
# halving, and sums within a thousandth of a per cent count as equal where it is published.
PLANNED_NEAR <- c(
  smallest_change = 1e-3, smallest_change_low = 1e-3, smallest_change_high = 1e-3, relative = 1e-3
)

# The councils that programmes are drawn from, beside their comparators, in the last years held.
#
# Returns a list: codes, years, before (how many of these are before the start), own (councils by
# years), neighbours (councils by listed by years), listed (which of these places are taken) and among
# (what stands there, as a place among the councils; one more than there are for none of them).
planned_councils <- function(pack, key, before, after) {
  known <- pack$known
  if (known$comparator == "pilots") not_estimable("a programme to come has no other pilots")
  options <- options_of(pack)
  options[c("keep_pilots", "average", "weights")] <- list(FALSE, "mean", "equal")
  values <- matrix(
    indicator_figures(pack, "preferred")$usable[key, , ],
    ncol = length(all_years()), dimnames = list(places_of(pack), NULL)
  )
  codes <- placebo_pool(pack)
  own <- values[match(codes, rownames(values)), , drop = FALSE]
  held <- colMeans(!is.na(own)) >= 0.5
  last <- max(which(held), 0)
  first <- last
  while (first > 1 && held[first - 1]) first <- first - 1
  if (!last || last - first + 1 < before + after) not_estimable("too few years in a row are held")
  years <- (last - before - after + 1):last
  others <- lapply(codes, function(code) others_of(pack, code, options))
  width <- max(lengths(others))
  named <- t(vapply(others, function(some) c(some, rep("", width - length(some))), character(width)))
  named <- matrix(named, nrow = length(codes))
  at <- match(named, rownames(values))
  among <- match(named, codes, nomatch = length(codes) + 1)
  list(
    codes = codes, years = all_years()[years], before = before, own = own[, years, drop = FALSE],
    neighbours = array(values[at, years], c(length(codes), width, length(years))),
    listed = matrix(!is.na(at), nrow = length(codes)),
    among = matrix(among, nrow = length(codes))
  )
}

# The mean of the neighbours that are left to some councils, where enough have a figure; councils by
# years. `left` says of each of these councils which of the listed are left.
mean_of_left <- function(councils, at, left) {
  listed <- pmin(pmax(rowSums(left), 1), 5)
  vapply(seq_along(councils$years), function(year) {
    values <- matrix(councils$neighbours[at, , year], nrow = length(at))
    there <- left & !is.na(values)
    values[!there] <- 0
    count <- rowSums(there)
    ifelse(count >= listed, rowSums(values) / count, NA)
  }, numeric(length(at)))
}

# The change of the gap of some councils with the neighbours that are left to them.
planned_changes <- function(councils, at, left) {
  gaps <- councils$own[at, , drop = FALSE] - mean_of_left(councils, at, left)
  early <- seq_along(councils$years) <= councils$before
  row_means(gaps[, !early, drop = FALSE]) - row_means(gaps[, early, drop = FALSE])
}

whole_changes <- function(councils) {
  planned_changes(councils, seq_along(councils$codes), councils$listed)
}

# Draw programmes: the change of each council of each, without any effect, programmes by councils. The
# first of a random order that have a change are in it; members are left out of each other's
# neighbours, and not replaced.
drawn_programmes <- function(pack, councils, whole, size, draws) {
  order <- kept(paste("programmes", length(whole)), function() {
    draw_orders(rep(1, length(whole)), pack$known$placebo$draws, PLAN_SEED)[[1]]
  })[seq_len(draws), ]
  present <- matrix(!is.na(whole)[order], nrow = draws)
  taken <- numeric(draws)
  for (place in seq_len(ncol(present))) {
    present[, place] <- present[, place] & taken < size
    taken <- taken + present[, place]
  }
  members <- matrix(t(order)[t(present)], ncol = size, byrow = TRUE)
  if (pack$known$comparator != "neighbours") {
    return(matrix(whole[members], ncol = size))
  }
  row <- rep(seq_len(draws), size)
  inside <- matrix(FALSE, draws, length(whole) + 1) # the last place is nobody's
  inside[cbind(row, as.vector(members))] <- TRUE
  left <- councils$listed[members, , drop = FALSE]
  for (place in seq_len(ncol(left))) {
    left[, place] <- left[, place] & !inside[cbind(row, councils$among[members, place])]
  }
  matrix(planned_changes(councils, as.vector(members), left), ncol = size)
}

# Flips of so many councils, one a column, the first as they are: all but mirror images up to twelve,
# above 2,048 that NumPy draws: the highest bit of each byte of its 32-bit numbers, the lowest first.
plan_flips <- function(n) {
  kept(paste("plan flips", n), function() {
    if (n <= 12) {
      return(every_sign(n)[, seq_len(2^(n - 1)), drop = FALSE])
    }
    words <- numpy_words(c(FLIP_SEED, n), n * PLAN_FLIPS / 8)()
    bits <- rbind(words %/% 2^7, words %/% 2^15, words %/% 2^23, words %/% 2^31) %% 2
    signs <- 1 - 2 * matrix(bits, nrow = n, byrow = TRUE)
    signs[, 1] <- 1
    signs
  })
}

# Whether the sign-flip test sees a change in each programme: p below 0.05, and its way.
is_seen <- function(toward, shift) {
  moved <- filled(toward + shift)
  turns <- plan_flips(ncol(moved))
  found <- logical(nrow(moved))
  for (first in seq(1, by = 500, length.out = ceiling(nrow(moved) / 500))) {
    some <- first:min(first + 499, nrow(moved))
    own <- rowSums(moved[some, , drop = FALSE])
    far <- abs(moved[some, , drop = FALSE] %*% turns) >= abs(own) * (1 - ROUNDING)
    found[some] <- own > 0 & rowMeans(far) < 0.05
  }
  found
}

# The change seen in 80 % of programmes with its interval (Hahn and Meeker, 1991, section 5.2): a rise
# in programmes at odd places and a fall in the others, the same in every council. Each programme has
# one change from which on it is seen; theirs are put in order.
smallest_change <- function(changes) {
  toward <- changes * rep_len(c(1, -1), nrow(changes))
  count <- nrow(toward)
  rank <- ceiling(0.8 * count)
  aside <- 1.96 * sqrt(count * 0.8 * 0.2)
  ranks <- c(floor(rank - aside), rank, ceiling(rank + aside))
  toward <- toward[counted(toward) >= FEWEST_SEEN, , drop = FALSE]
  able <- nrow(toward)
  if (able < ranks[1]) {
    return(c(Inf, Inf, Inf))
  }
  n <- counted(toward)
  guess <- sort(qt(0.975, n - 1) * spread_of(toward) / sqrt(n) - row_means(toward))
  ends <- guess[c(ranks[1], min(ranks[3], able))]
  step <- if (ends[2] > ends[1]) ends[2] - ends[1] else 1
  seen <- is_seen(toward, ends[1])
  while (sum(seen) >= ranks[1]) {
    ends[1] <- ends[1] - step
    step <- 2 * step
    seen <- is_seen(toward, ends[1])
  }
  beyond <- is_seen(toward, ends[2])
  while (sum(beyond) < min(ranks[3], able)) {
    ends[2] <- ends[2] + step
    step <- 2 * step
    beyond <- is_seen(toward, ends[2])
  }
  between <- toward[!seen & beyond, , drop = FALSE]
  low <- rep(ends[1], nrow(between))
  high <- rep(ends[2], nrow(between))
  for (turn in 1:16) {
    middle <- (low + high) / 2
    found <- is_seen(between, middle)
    high <- ifelse(found, middle, high)
    low <- ifelse(found, low, middle)
  }
  pmax(sort(high)[ranks - sum(seen)], 0)
}

# What a programme of so many councils would show of one measure.
planned <- function(pack, key, design, size, asked) {
  row <- as.list(setNames(rep(NA_real_, length(PLANNED)), PLANNED))
  if (size < FEWEST_SEEN) {
    return(row)
  }
  councils <- tryCatch(
    planned_councils(pack, key, design[1], design[2]), not_estimable = function(refused) NULL
  )
  whole <- if (is.null(councils)) NA else whole_changes(councils)
  if (sum(!is.na(whole)) < size) {
    return(row)
  }
  faced <- mean_of_left(councils, seq_along(whole), councils$listed)
  faced[is.na(councils$own)] <- NA
  row$level <- row_means(matrix(row_means(faced), nrow = 1))
  row$spread <- sd(whole, na.rm = TRUE)
  row$drawn_from <- sum(!is.na(whole))
  row$programmes <- if (asked) pack$known$placebo$draws else FEWER_PROGRAMMES
  row$first_year <- min(councils$years)
  row$last_year <- max(councils$years)
  found <- smallest_change(drawn_programmes(pack, councils, whole, size, row$programmes))
  if (is.finite(found[2])) {
    row$smallest_change_low <- found[1]
    row$smallest_change <- found[2]
    row$smallest_change_high <- if (is.finite(found[3])) found[3] else NA
    if (row$level > 0) row$relative <- 100 * found[2] / row$level
  }
  row
}

plan_design <- function(pack) c(pack$chosen[["plan-before"]], pack$chosen[["plan-after"]])

plan_keys <- function(pack) unique(c(pack$known$compared$indicator, pack$chosen$indicator))

plan_row <- function(pack, key, design, size, asked) {
  data.frame(
    key = key, years_before = design[1], years_after = design[2], councils = size,
    planned(pack, key, design, size, asked)
  )
}

plan_detectable <- function(pack) {
  size <- pack$chosen[["plan-councils"]]
  do.call(rbind, lapply(plan_keys(pack), function(key) {
    plan_row(pack, key, plan_design(pack), size, key == pack$chosen$indicator)
  }))
}

plan_curve <- function(pack) {
  size <- pack$chosen[["plan-councils"]]
  chosen <- plan_design(pack)
  designs <- unique(list(chosen, c(1, 1), c(3, 3)))
  made <- do.call(rbind, lapply(designs, function(design) {
    own <- all(design == chosen)
    sizes <- sort(unique(c(6, 8, 12, 20, 30, 60, size, if (own && 2 * size <= 60) 2 * size)))
    do.call(rbind, lapply(sizes, function(many) {
      plan_row(pack, pack$chosen$indicator, design, many, own && many == size)
    }))
  }))
  made[setdiff(names(made), c("key", "level", "spread"))]
}

plan_changes <- function(pack) {
  design <- plan_design(pack)
  made <- do.call(rbind, lapply(plan_keys(pack), function(key) {
    tryCatch({
      councils <- planned_councils(pack, key, design[1], design[2])
      data.frame(
        key = key, code = councils$codes, gap_change = whole_changes(councils),
        first_year = min(councils$years), last_year = max(councils$years)
      )
    }, not_estimable = function(refused) NULL)
  }))
  if (is.null(made)) not_estimable("no indicator can be planned")
  made
}

# What the work would cost: as many councils as are planned, and one of average size.
plan_cost <- function(pack) {
  authorities <- input(pack, "authorities")
  last <- numbers(authorities$last_year)
  today <- authorities$code[last == max(last)]
  workers <- vapply(today, function(code) {
    row <- indicator_figures(pack, "preferred")$values["sw_fte_num", code, ]
    if (all(is.na(row))) NA else unname(row[max(which(!is.na(row)))])
  }, 0)
  if (all(is.na(workers))) not_estimable("no number of social workers is held")
  workers <- mean(workers, na.rm = TRUE)
  costs <- pack$known$costs
  costs[["cost-years"]] <- plan_design(pack)[2]
  people <- or_given(costs[["training-people"]], workers)
  lead <- lead_cost(costs)
  training <- training_cost(costs, people)
  many <- c(pack$chosen[["plan-councils"]], 1)
  data.frame(
    councils = many, years = costs[["cost-years"]], total = many * (lead + training),
    per_year = many * (lead + training) / costs[["cost-years"]], lead = many * lead,
    training = many * training, trained = many * people, workers = many * workers
  )
}

FINDINGS_PLANS <- list(
  "plan-changes" = list(make = plan_changes, by = c("key", "code"), main = "gap_change"),
  "plan-detectable" = list(
    make = plan_detectable, by = "key", main = "smallest_change", near = PLANNED_NEAR
  ),
  "plan-curve" = list(
    make = plan_curve, by = character(), main = "smallest_change", near = PLANNED_NEAR
  ),
  "plan-cost" = list(make = plan_cost, by = character(), main = "total")
)
