# Cards that set the experience bands against each other, and draw small groups together.

# The outcomes of the pilots of each band, bands with fewer than two left out.
band_groups <- function(pack, each) {
  bands <- band_of(pack, pack$known$pilots)
  groups <- lapply(setNames(unique(bands), unique(bands)), function(band) {
    unname(each[bands == band & !is.na(each)])
  })
  Filter(function(group) length(group) >= 2, groups)
}

MOST_DEALT <- 100000

ways_to_deal <- function(sizes) round(prod(choose(rev(cumsum(rev(sizes))), sizes)))

# Ways of dealing the labels of groups of these sizes out, one a row; the given one is the first.
# Every one there is up to 100,000; above, as many that the project draws (Dwass, 1957).
dealt_labels <- function(sizes) {
  kept(paste("dealt", paste(sizes, collapse = " ")), function() {
    if (ways_to_deal(sizes) > MOST_DEALT) {
      given <- matrix(rep(seq_along(sizes), sizes), MOST_DEALT, sum(sizes), byrow = TRUE)
      return(rbind(given[1, ], numpy_shuffled(19370401, given[-1, ])))
    }
    made <- matrix(0, 1, sum(sizes))
    for (at in seq_along(sizes)) {
      made <- do.call(rbind, lapply(seq_len(nrow(made)), function(row) {
        free <- which(made[row, ] == 0)
        chosen <- combn(length(free), sizes[at])
        given <- matrix(made[row, ], ncol(chosen), ncol(made), byrow = TRUE)
        for (way in seq_len(ncol(chosen))) given[way, free[chosen[, way]]] <- at
        given
      }))
    }
    made
  })
}

# The difference of two groups, with p over every arrangement of their labels (Pitman, 1937).
pair_permutation <- function(first, second) {
  if (is.null(first) || is.null(second)) {
    return(c(estimate = NA, p = NA, smallest = NA, ways = 0))
  }
  values <- c(first, second)
  labels <- dealt_labels(c(length(first), length(second)))
  inside <- labels == 1
  apart <- drop(inside %*% values) / length(first) - drop(!inside) %*% values / length(second)
  nearly <- 4 * ROUNDING * max(abs(values))
  ways <- nrow(labels)
  drawn <- ways_to_deal(c(length(first), length(second))) > MOST_DEALT
  same <- if (length(first) == length(second) && !drawn) 2 else 1
  c(
    estimate = mean(first) - mean(second), p = mean(abs(apart) >= abs(apart[1]) - nearly),
    smallest = same / ways, ways = ways
  )
}

# Jonckheere (1954) and Terpstra (1952): pairs of pilots of two bands in which the later is higher,
# over every arrangement of all labels; where there are too many, p is the normal approximation.
ordered_trend <- function(groups) {
  if (length(groups) < 3) {
    return(c(pairs = NA, all = NA, p = NA, found = NA, ways = NA))
  }
  values <- unlist(groups, use.names = FALSE)
  sizes <- lengths(groups)
  nearly <- 2 * ROUNDING * max(abs(values))
  is_drawn <- ways_to_deal(sizes) > MOST_DEALT
  labels <- if (is_drawn) matrix(rep(seq_along(sizes), sizes), 1) else dealt_labels(sizes)
  pairs <- combn(length(values), 2)
  apart <- values[pairs[2, ]] - values[pairs[1, ]]
  higher <- ifelse(abs(apart) <= nearly, 0, sign(apart))
  later <- sign(labels[, pairs[2, ], drop = FALSE] - labels[, pairs[1, ], drop = FALSE])
  net <- drop(later %*% higher)
  all <- sum(abs(later[1, ]))
  if (is_drawn) {
    z <- net[1] / 2 / sqrt(variance_of_order(values, sizes, nearly))
    rising <- pnorm(z, lower.tail = FALSE)
    falling <- pnorm(z)
  } else {
    rising <- mean(net >= net[1])
    falling <- mean(net <= net[1])
  }
  c(
    pairs = (net[1] + all) / 2, all = all, p = min(2 * min(rising, falling), 1),
    found = min(rising, falling), ways = if (is_drawn) NA else nrow(labels)
  )
}

# The variance of that count where the bands are alike, ties and all (Hollander and Wolfe, 1999,
# Nonparametric statistical methods, section 6.2).
variance_of_order <- function(values, sizes, nearly) {
  ties <- tabulate(cumsum(c(1, diff(sort(values)) > nearly)))
  n <- length(values)
  cubic <- function(counts) sum(counts * (counts - 1) * (2 * counts + 5))
  twos <- function(counts) sum(counts * (counts - 1))
  threes <- function(counts) sum(counts * (counts - 1) * (counts - 2))
  (cubic(n) - cubic(sizes) - cubic(ties)) / 72 +
    threes(sizes) * threes(ties) / (36 * n * (n - 1) * (n - 2)) +
    twos(sizes) * twos(ties) / (8 * n * (n - 1))
}

robustness_bands <- function(pack) {
  known <- pack$known
  outcome <- pack$chosen$outcome
  compared <- compare(pack, measure_figures(pack), known$measure$key, known$pilots, known$years)
  groups <- band_groups(pack, place_outcomes(pack, compared, outcome)[1, ])
  if (length(groups) < 2) not_estimable("two bands with two pilots each are needed")
  early <- yearly_gaps(compared, if (is_log(outcome)) "log" else "level")
  early <- early[, , is_before(pack, known$years), drop = FALSE]
  before <- band_groups(pack, mean_over_years(early)[1, ])
  pairs <- combn(names(groups), 2)
  now <- apply(pairs, 2, function(pair) pair_permutation(groups[[pair[1]]], groups[[pair[2]]]))
  then <- apply(pairs, 2, function(pair) pair_permutation(before[[pair[1]]], before[[pair[2]]]))
  welch <- apply(pairs, 2, function(pair) welch_ends(groups[[pair[1]]], groups[[pair[2]]]))
  all <- all_bands(groups, pairs)
  trend <- ordered_trend(groups)
  earlier <- ordered_trend(before)
  bands <- known$programme$bands
  size <- function(row) unname(lengths(groups)[pairs[row, ]])
  mean_of <- function(row) unname(vapply(groups, mean, 0)[pairs[row, ]])
  data.frame(
    first = bands$label[match(pairs[1, ], bands$key)],
    second = bands$label[match(pairs[2, ], bands$key)],
    n_first = size(1), n_second = size(2), mean_first = mean_of(1), mean_second = mean_of(2),
    estimate = now["estimate", ], low = welch[1, ], high = welch[2, ], p = now["p", ],
    p_adjusted = p.adjust(now["p", ], "holm"), smallest_p = now["smallest", ],
    arrangements = now["ways", ], smallest_adjusted = p.adjust(now["smallest", ], "holm"),
    p_all = all$p, p_all_adjusted = all$adjusted, before = then["estimate", ],
    before_p = then["p", ], ordered_pairs = trend[["pairs"]], all_pairs = trend[["all"]],
    trend_p = trend[["p"]], trend_p_found = trend[["found"]],
    trend_arrangements = trend[["ways"]], before_ordered_pairs = earlier[["pairs"]],
    before_all_pairs = earlier[["all"]], before_trend_p = earlier[["p"]]
  )
}

welch_ends <- function(first, second) {
  parts <- c(var(first) / length(first), var(second) / length(second))
  freedom <- sum(parts)^2 / sum(parts^2 / (c(length(first), length(second)) - 1))
  mean(first) - mean(second) + c(-1, 1) * qt(0.975, freedom) * sqrt(sum(parts))
}

# Pairs of bands over every arrangement of all labels, each by itself and as the widest pair.
all_bands <- function(groups, pairs) {
  values <- unlist(groups, use.names = FALSE)
  labels <- dealt_labels(lengths(groups))
  means <- vapply(seq_along(groups), function(at) {
    drop((labels == at) %*% values) / length(groups[[at]])
  }, numeric(nrow(labels)))
  first <- match(pairs[1, ], names(groups))
  second <- match(pairs[2, ], names(groups))
  apart <- abs(means[, first, drop = FALSE] - means[, second, drop = FALSE])
  scale <- sqrt(1 / lengths(groups)[first] + 1 / lengths(groups)[second])
  strength <- sweep(apart, 2, scale, `/`)
  widest <- apply(strength, 1, max)
  nearly <- 4 * ROUNDING * max(abs(values))
  list(
    p = vapply(seq_along(first), function(at) mean(apart[, at] >= apart[1, at] - nearly), 0),
    adjusted = vapply(seq_along(first), function(at) mean(widest >= strength[1, at] - nearly), 0)
  )
}

# ---- Means drawn together ------------------------------------------------------------------

# Empirical Bayes with normal means (Raudenbush and Bryk, 1985). The variance between groups is
# where the slope of the restricted likelihood is zero, or zero where it falls from there on.
partial_pooling <- function(own, error) {
  there <- !is.na(own) & !is.na(error)
  y <- own[there]
  v <- error[there]^2
  slope <- function(between) {
    w <- 1 / (v + between)
    left <- y - sum(w * y) / sum(w)
    sum((w * left)^2) - sum(w) + sum(w^2) / sum(w)
  }
  top <- 1e-6 * mean(v) + 4 * var(y) + 4 * mean(v)
  while (slope(top) > 0) top <- 2 * top
  between <- 0
  if (slope(0) > 0) between <- uniroot(slope, c(0, top), tol = 1e-15 * top, maxiter = 5000)$root
  w <- 1 / (v + between)
  mean <- sum(w * y) / sum(w)
  share <- rep(NA_real_, length(own))
  share[there] <- between / (v + between)
  reach <- qnorm(0.975) * sqrt(share * error^2 + (1 - share)^2 / sum(w))
  estimate <- share * own + (1 - share) * mean
  data.frame(
    kept = share, estimate = estimate, low = estimate - reach, high = estimate + reach,
    mean = mean, between = sqrt(between)
  )
}

robustness_pooled <- function(pack) {
  known <- pack$known
  outcome <- pack$chosen$outcome
  compared <- compare(pack, measure_figures(pack), known$measure$key, known$pilots, known$years)
  each <- place_outcomes(pack, compared, outcome)[1, ]
  gaps <- matrix(yearly_gaps(compared, outcome)[1, , ], nrow = length(each))
  bands <- band_of(pack, known$pilots)
  of_bands <- do.call(rbind, lapply(unique(bands), function(band) {
    held <- each[bands == band & !is.na(each)]
    if (!length(held)) {
      return(NULL)
    }
    data.frame(
      kind = "band", code = band, n = length(held), own = mean(held),
      error = sd(held) / sqrt(length(held))
    )
  }))
  before <- is_before(pack, known$years)
  sides <- if (is_change(outcome)) list(before, !before) else list(rep(TRUE, length(before)))
  of_pilots <- do.call(rbind, lapply(which(!is.na(each)), function(at) {
    held <- lapply(sides, function(side) {
      cells <- gaps[at, side]
      cells[!is.na(cells)]
    })
    squares <- vapply(held, function(cells) var(cells) / length(cells), 0)
    data.frame(
      kind = "pilot", code = known$pilots[at], n = sum(lengths(held)), own = each[[at]],
      error = sqrt(sum(squares))
    )
  }))
  rows <- lapply(list(of_bands, of_pilots), function(rows) {
    rows$error[!is.na(rows$error) & rows$error <= 0] <- NA
    if (sum(!is.na(rows$error)) < 2) {
      return(NULL)
    }
    data.frame(rows, partial_pooling(rows$own, rows$error))
  })
  made <- do.call(rbind, rows)
  if (is.null(made)) not_estimable("two bands or two pilots whose error is known are needed")
  made
}

FINDINGS_BANDS <- list(
  "robustness-bands" = list(
    make = robustness_bands, by = c("first", "second"), main = "estimate", words = "pair"
  ),
  "robustness-pooled" = list(
    make = robustness_pooled, by = c("kind", "code"), main = "estimate", words = "name"
  )
)
