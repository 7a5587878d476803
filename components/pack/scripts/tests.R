# Exact tests, their intervals, and what readers expect beside them.
#
# `gaps` is a matrix with one row for each measure and one column for each pilot; NA where a pilot
# has no gap.

ROUNDING <- 1e-12 # as a share of the largest gap: what is nearer than this counts as equal

MOST_ENUMERATED <- 20 # pilots; above, so many flips are drawn
FLIPS <- 100000

# Assignments of signs to n pilots, one a column; the first leaves all as they are. Every one there
# is up to twenty pilots; above, those that the project draws: bits of words of 64 bits.
every_sign <- function(n) {
  kept(paste("signs", n), function() {
    if (n > MOST_ENUMERATED) {
      return(drawn_signs(n))
    }
    flips <- seq_len(2^n) - 1
    1 - 2 * t(outer(flips, seq_len(n), function(flip, pilot) floor(flip / 2^(pilot - 1)) %% 2))
  })
}

# NumPy gives the words of the first 64 pilots first. A word comes as four pieces of 16 bits.
drawn_signs <- function(n) {
  words <- ceiling(n / 64)
  pieces <- pcg_outputs(pcg_states(pcg_start(19350921), words * FLIPS))
  signs <- vapply(seq_len(n) - 1, function(pilot) {
    bits <- pieces[[pilot %% 64 %/% 16 + 1]] %/% 2^(pilot %% 16) %% 2
    1 - 2 * bits[pilot %/% 64 * FLIPS + seq_len(FLIPS)]
  }, numeric(FLIPS))
  signs[1, ] <- 1 # the one that was seen
  t(signs)
}

# Apply a test to rows of twenty pilots or fewer one by one, so that it is exact for them though
# there are more pilots, and to all others together.
by_enumeration <- function(gaps, test) {
  few <- which(ncol(gaps) > MOST_ENUMERATED & counted(gaps) <= MOST_ENUMERATED & counted(gaps) > 0)
  found <- test(gaps)
  for (row in few) found[row] <- test(gaps[row, !is.na(gaps[row, ]), drop = FALSE])
  found
}

filled <- function(gaps) ifelse(is.na(gaps), 0, gaps)

counted <- function(gaps) rowSums(!is.na(gaps))

largest_of <- function(gaps) apply(abs(filled(gaps)), 1, max, 0)

# Two-sided p of the exact sign-flip test (Fisher, 1935, The design of experiments, section 21): the
# share of all 2^n flips whose mean is at least as far from zero as the one observed.
sign_flip_p <- function(gaps) {
  by_enumeration(gaps, function(gaps) {
    sums <- abs(filled(gaps) %*% every_sign(ncol(gaps)))
    least <- sums[, 1] - ROUNDING * largest_of(gaps) * counted(gaps)
    ifelse(counted(gaps) > 0, rowMeans(sums >= least), NA)
  })
}

smallest_p <- function(n) {
  ifelse(n > MOST_ENUMERATED, 1 / FLIPS, ifelse(n > 0, 2^(1 - n), NA))
}

# Standard error of p where its flips were drawn, else 0.
simulation_error <- function(p, n) ifelse(n > MOST_ENUMERATED, sqrt(p * (1 - p) / FLIPS), 0 * p)

# The interval of that test: every value it does not reject (Canay, Romano and Shaikh, 2017,
# Econometrica 85). The project takes the ends from the means of subsets of pilots; here the test is
# inverted as it stands. Going away from the mean p never rises, so each end is found by halving.
# NA where so few pilots reject nothing.
flip_interval <- function(gaps, confidence = 0.95) {
  n <- counted(gaps)
  low <- high <- rep(NA_real_, nrow(gaps))
  some <- which(n > 0 & smallest_p(n) < 1 - confidence)
  if (length(some)) {
    some_gaps <- gaps[some, , drop = FALSE]
    end <- function(side) by_enumeration(some_gaps, function(g) flip_end(g, confidence, side))
    low[some] <- end(-1)
    high[some] <- end(1)
  }
  list(low = low, high = high)
}

flip_end <- function(gaps, confidence, side) {
  # A flip and its mirror image are as far out: half of them are enough.
  signs <- every_sign(ncol(gaps))
  if (ncol(gaps) <= MOST_ENUMERATED) signs <- signs[, signs[1, ] > 0, drop = FALSE]
  flipped <- filled(gaps) %*% signs
  pilots <- (!is.na(gaps)) %*% signs
  n <- counted(gaps)
  least <- apply(gaps, 1, min, na.rm = TRUE)
  most <- apply(gaps, 1, max, na.rm = TRUE)
  inside <- rowSums(filled(gaps)) / n
  outside <- if (side < 0) least - (most - least) - 1e-300 else most + (most - least) + 1e-300
  for (turn in 1:200) {
    middle <- (inside + outside) / 2
    if (all(middle == inside | middle == outside)) break
    far <- abs(flipped - middle * pilots)
    nearly <- ROUNDING * n * pmax(most - middle, middle - least)
    p <- rowMeans(far >= abs(flipped[, 1] - middle * n) - nearly)
    held <- p >= (1 - confidence) * (1 - ROUNDING) # 5 % of 100,000 is whole but for rounding
    inside <- ifelse(held, middle, inside)
    outside <- ifelse(held, outside, middle)
  }
  inside
}

# Share of all flips whose mean is at least as high as the one observed.
one_sided_p <- function(gaps) {
  by_enumeration(gaps, function(gaps) {
    sums <- filled(gaps) %*% every_sign(ncol(gaps))
    least <- sums[, 1] - ROUNDING * largest_of(gaps) * counted(gaps)
    # The mirror image of a flip that was drawn counts as a flip too.
    share <- (rowMeans(sums >= least) + rowMeans(-sums >= least)) / 2
    ifelse(counted(gaps) > 0, share, NA)
  })
}

# Two one-sided sign-flip tests at a margin (Schuirmann, 1987; Lakens, 2017): the larger p.
equivalence_p <- function(gaps, margin) {
  p <- pmax(one_sided_p(margin - gaps), one_sided_p(gaps + margin))
  ifelse(is.na(margin), NA, p)
}

# Differences larger than this are ruled out: the outer end of the interval of 90 %.
ruled_out <- function(gaps) {
  ends <- flip_interval(gaps, 0.90)
  pmax(abs(ends$low), abs(ends$high))
}

# Wilcoxon's signed ranks (1945), exact, ties included: over every assignment of signs to the ranks.
signed_rank_p <- function(gaps) {
  apply(gaps, 1, function(row) {
    row <- row[!is.na(row)]
    nearly <- ROUNDING * max(abs(row), 0)
    row <- row[abs(row) > nearly]
    if (!length(row)) {
      return(NA)
    }
    apart <- outer(abs(row), abs(row), `-`)
    ranks <- rowSums(apart > nearly) + (rowSums(abs(apart) <= nearly) + 1) / 2
    # The chance of each sum of ranks, one pilot after the other; twice a rank is a whole number.
    twice <- round(2 * ranks)
    chances <- 1
    for (rank in twice) chances <- (c(chances, numeric(rank)) + c(numeric(rank), chances)) / 2
    apart <- abs(2 * (seq_along(chances) - 1) - sum(twice))
    sum(chances[apart >= abs(sum(sign(row) * twice))])
  })
}

# ---- Means, Student's t and standardised means ---------------------------------------------

spread_of <- function(gaps) {
  n <- counted(gaps)
  mean <- row_means(gaps)
  sd <- sqrt(rowSums((gaps - mean)^2, na.rm = TRUE) / ifelse(n > 1, n - 1, NA))
  ifelse(sd <= ROUNDING * largest_of(gaps), 0, sd)
}

# Hedges' exact correction of a standardised mean (1981) for some degrees of freedom.
hedges_correction <- function(freedom) {
  exp(lgamma(freedom / 2) - lgamma((freedom - 1) / 2)) / sqrt(freedom / 2)
}

mean_and_t <- function(gaps) {
  n <- counted(gaps)
  mean <- row_means(gaps)
  sd <- spread_of(gaps)
  freedom <- ifelse(n > 1, n - 1, NA)
  error <- sd / sqrt(n)
  reach <- qt(0.975, freedom) * error
  flips <- flip_interval(gaps)
  list(
    n = n, mean = mean, sd = sd, low = flips$low, high = flips$high,
    t_low = mean - reach, t_high = mean + reach,
    t_p = ifelse(error > 0, 2 * pt(-abs(mean / error), freedom), NA)
  )
}

# Chance that a noncentral t is at most t, for one t above 0: the mean of a normal probability over
# the scaled chi distribution of the standard deviation. R's own pt() loses digits far out.
noncentral_chance <- function(t, freedom, noncentrality) {
  density <- function(s) 2 * freedom * s * dchisq(freedom * s^2, freedom)
  under <- function(s) pnorm(t * s - noncentrality) * density(s)
  end <- sqrt(qchisq(1e-18, freedom, lower.tail = FALSE) / freedom)
  step <- (noncentrality + c(-8, -3, 0, 3, 8)) / t
  cuts <- c(0, 0.5, 1, 1.5, 2.5, step)
  cuts <- sort(unique(c(cuts[cuts >= 0 & cuts < end], end)))
  sum(vapply(seq_len(length(cuts) - 1), function(at) {
    half <- (cuts[at + 1] - cuts[at]) / 2
    sum(under(half * GAUSS$nodes + half + cuts[at]) * GAUSS$weights) * half
  }, 0))
}

# Nodes and weights of Gauss and Legendre on -1 to 1 (Golub and Welsch, 1969).
gauss_legendre <- function(count) {
  at <- seq_len(count - 1)
  beside <- at / sqrt(4 * at^2 - 1)
  matrix <- matrix(0, count, count)
  matrix[cbind(at, at + 1)] <- beside
  matrix[cbind(at + 1, at)] <- beside
  found <- eigen(matrix, symmetric = TRUE)
  list(nodes = found$values, weights = 2 * found$vectors[1, ]^2)
}
GAUSS <- gauss_legendre(40)

# The noncentrality under which a noncentral t is at most t with a chance.
noncentrality_at <- function(t, freedom, chance) {
  if (t < 0) {
    return(-noncentrality_at(-t, freedom, 1 - chance))
  }
  if (t == 0) {
    return(-qnorm(chance))
  }
  missed <- function(x) noncentral_chance(t, freedom, x) - chance
  top <- max(10, 4 * t * sqrt(1 + 40 / freedom))
  uniroot(missed, c(-40, top), tol = 1e-14 * max(1, t), maxiter = 1000)$root
}

# Mean over standard deviation with Hedges' correction, and its interval by the noncentral t
# (Cumming and Finch, 2001).
standardised <- function(gaps) {
  n <- counted(gaps)
  d <- row_means(gaps) / spread_of(gaps)
  d[n < 3 | !is.finite(d)] <- NA
  correction <- hedges_correction(pmax(n, 3) - 1)
  ends <- vapply(seq_along(d), function(at) {
    if (is.na(d[at])) {
      return(c(NA, NA))
    }
    root <- sqrt(n[at])
    vapply(c(0.975, 0.025), function(chance) {
      noncentrality_at(d[at] * root, n[at] - 1, chance) / root
    }, 0)
  }, c(0, 0))
  list(value = correction * d, low = correction * ends[1, ], high = correction * ends[2, ])
}

# The smallest true mean that a two-sided t-test of n pilots finds with a power (Cohen, 1988,
# chapter 2), in standard deviations.
detectable_effect <- function(n, alpha = 0.05, power = 0.8) {
  kept(paste("effect", n, format(alpha, digits = 17), power), function() {
    if (is.na(n) || n < 2) {
      return(NA_real_)
    }
    bound <- qt(1 - alpha / 2, n - 1)
    missed <- function(x) {
      above <- 1 - noncentral_chance(bound, n - 1, x)
      below <- 1 - noncentral_chance(bound, n - 1, -x)
      above + below - power
    }
    top <- 1
    while (missed(top) < 0) top <- 2 * top
    uniroot(missed, c(0, top), tol = 1e-14, maxiter = 1000)$root / sqrt(n)
  })
}

smallest_detectable <- function(sd, n) {
  sd * vapply(n, function(one) detectable_effect(one), 0)
}
