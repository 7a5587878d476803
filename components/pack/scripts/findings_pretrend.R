# Was the gap moving before the start, and what would the change after it survive?

FEWEST_YEARS <- 3 # before the start, to see a trend
FEWEST_SPARE <- 3 # pilots more than coefficients, to know their covariance

change_pretrend <- function(pack) {
  known <- pack$known
  if (length(known$pilots) < known$fewest_pilots) not_estimable("too few pilots are chosen")
  gaps <- years_by_pilots(yearly_gaps(gaps_since(pack, measure_figures(pack), known$measure$key)))
  there <- counted(gaps) >= known$fewest_pilots
  last <- match(last_before(pack), all_years())
  first <- last + 1
  while (first > 1 && there[first - 1]) first <- first - 1
  before <- seq_len(last)[seq_len(last) >= first]
  if (length(before) < FEWEST_YEARS) not_estimable("too few years in a row before the start")
  after <- which(there & all_years() > last_before(pack) & all_years() <= max(known$years))
  base <- all_years() == last_before(pack)
  made <- event_study(gaps, base, known$fewest_pilots)[c(before, after), ]
  adjusted <- max_t_p(enough(moved_from_last(gaps[before, ]), known$fewest_pilots))
  joint <- if (all(is.na(adjusted))) NA else min(adjusted, na.rm = TRUE)
  slopes <- matrix(apply(gaps[before, ], 2, slope_of), nrow = 1)
  ends <- flip_interval(slopes)
  data.frame(
    made,
    p_year = c(adjusted, rep(NA, length(after) + 1)), p_joint = joint,
    p_error = simulation_error(joint, ncol(gaps)), slope = row_means(slopes), slope_low = ends$low,
    slope_high = ends$high, slope_p = sign_flip_p(slopes), survived(gaps, before, after)
  )
}

# Each year but the last less the last; rows are years.
moved_from_last <- function(gaps) {
  last <- nrow(gaps)
  sweep(gaps[-last, , drop = FALSE], 2, gaps[last, ])
}

# The least-squares slope of one pilot's gaps over the years it has.
slope_of <- function(gaps) {
  held <- which(!is.na(gaps))
  if (length(held) < FEWEST_YEARS) {
    return(NA)
  }
  away <- held - mean(held)
  sum(away * gaps[held]) / sum(away^2)
}

# How far trends may drift, or bend, before the change could be nothing else (Rambachan and Roth,
# 2023, Review of Economic Studies 90(5), section 2.4).
survived <- function(gaps, before, after) {
  found <- data.frame(
    effect = NA, drift = NA, breakdown = NA, straight = NA, straight_low = NA, straight_high = NA,
    bend = NA
  )
  if (!length(after)) {
    return(found)
  }
  last <- max(before)
  late <- t(gaps[after, , drop = FALSE])
  each <- row_means(late) - gaps[last, ]
  ahead <- row_means(ifelse(is.na(late), NA, rep(after - last, each = nrow(late))))
  found$effect <- mean(each, na.rm = TRUE)
  found$drift <- max(abs(row_means(diff(gaps[before, ]))), na.rm = TRUE)
  ends <- flip_interval(matrix(each, nrow = 1))
  nearer <- if (is.na(ends$low)) 0 else max(ends$low, -ends$high, 0)
  unit <- found$drift * mean(ahead[!is.na(each)])
  found$breakdown <- if (unit > 0) nearer / unit else if (nearer > 0) NA else 0
  years <- c(before, after)
  whole <- t(gaps[years, ])
  whole <- whole[rowSums(is.na(whole)) == 0, , drop = FALSE]
  if (all(diff(years) == 1) && nrow(whole) >= length(before) + FEWEST_SPARE) {
    found[c("straight", "straight_low", "straight_high", "bend")] <- bends(whole, length(before))
  }
  found
}

# The change beyond the line of the years before, its ends, and the bend it would survive.
#
# Weights on the years before that let a straight line cancel out are second differences of numbers
# v, one a bend before the start; behind them stands the mean distance of the years after. The bias
# at bends of up to M is M times the sum of sizes of v and of the weights on the bends after.
bends <- function(gaps, before) {
  moved <- gaps - gaps[, before]
  each <- cbind(
    moved[, seq_len(before - 1)], rowMeans(moved[, (before + 1):ncol(gaps), drop = FALSE])
  )
  found <- list(centre = colMeans(each), covariance = cov(each) / nrow(each))
  many <- before - 1
  ahead <- seq_len(ncol(gaps) - before)
  second <- matrix(0, many + 3, many)
  for (at in seq_len(many)) second[at + 0:2, at] <- c(1, -2, 1)
  second <- rbind(second[seq_len(many), ], 0)
  found$turns <- second[, -many, drop = FALSE]
  found$fixed <- second[, many] * mean(ahead) + c(rep(0, many), 1)
  found$outside <- sum(vapply(ahead - 1, function(at) mean(pmax(ahead - at, 0)), 0))
  straight <- shortest_interval(found, 0)
  c(straight[["estimate"]], straight[["estimate"]] + c(-1, 1) * straight[["half"]], bend_survived(found))
}

# Half-length of the interval of fixed length, its slope in v, and that in the size of v (Armstrong
# and Kolesar, 2020, Quantitative Economics 11).
half_length <- function(found, v, size, bend) {
  weights <- drop(found$turns %*% v) + found$fixed
  with_all <- drop(found$covariance %*% weights)
  se <- sqrt(sum(weights * with_all))
  shift <- bend * (size + found$outside) / se
  cut <- folded_quantile(shift)
  near <- dnorm(cut - shift)
  far <- dnorm(cut + shift)
  rate <- (near - far) / (near + far)
  list(
    half = se * cut, of_size = bend * rate,
    slope = (cut - shift * rate) * drop(crossprod(found$turns, with_all)) / se
  )
}

# c for which a normal number of mean `shift` lies within c of 0 in 95 %.
folded_quantile <- function(shift) {
  excess <- function(c) pnorm(c - shift) - pnorm(-c - shift) - 0.95
  ends <- shift + qnorm(c(0.95, 0.975))
  if (excess(ends[1]) >= 0) {
    return(ends[1])
  }
  uniroot(excess, ends, tol = 1e-14)$root
}

# The shortest interval where trends may bend by so much a year: estimate and half its length. v is a
# part above zero less a part below, so that its sizes have no corners.
shortest_interval <- function(found, bend) {
  inside <- crossprod(found$turns, found$covariance)
  v <- drop(solve(inside %*% found$turns, -inside %*% found$fixed))
  if (bend > 0) {
    free <- length(v)
    value <- function(parts) parts[seq_len(free)] - parts[free + seq_len(free)]
    scale <- half_length(found, v, sum(abs(v)), bend)$half
    at <- function(parts) half_length(found, value(parts), sum(parts), bend)
    searched <- optim(
      c(pmax(v, 0), pmax(-v, 0)), function(parts) at(parts)$half / scale,
      function(parts) {
        here <- at(parts)
        c(here$slope + here$of_size, here$of_size - here$slope) / scale
      },
      method = "L-BFGS-B", lower = 0,
      control = list(factr = 10, pgtol = 0, maxit = 2000, lmm = 20)
    )
    v <- value(searched$par)
  }
  weights <- drop(found$turns %*% v) + found$fixed
  c(
    estimate = sum(weights * found$centre), half = half_length(found, v, sum(abs(v)), bend)$half
  )
}

# The largest bend whose interval excludes zero, found by doubling and halving; 0 where none does.
bend_survived <- function(found) {
  excludes <- function(bend) {
    interval <- shortest_interval(found, bend)
    abs(interval[["estimate"]]) > interval[["half"]]
  }
  if (!excludes(0)) {
    return(0)
  }
  inside <- 0
  outside <- abs(found$centre[length(found$centre)])
  if (outside == 0) outside <- 1
  while (excludes(outside)) {
    inside <- outside
    outside <- 2 * outside
  }
  while (outside - inside > 1e-4 * outside) {
    middle <- (inside + outside) / 2
    if (excludes(middle)) inside <- middle else outside <- middle
  }
  inside
}

FINDINGS_PRETREND <- list(
  "change-pretrend" = list(
    make = change_pretrend, by = "year_end", main = "change", words = c("year", "base", "marks")
  )
)
