# Many measures tested together.

# Adjust p-values for how many there are. Holm (1979) and Benjamini and Hochberg (1995) are R's own.
adjusted_p <- function(p, gaps, method) {
  if (method == "max-t") {
    gaps[is.na(p), ] <- NA
    return(max_t_p(gaps))
  }
  alone <- !is.na(p)
  p[alone] <- p.adjust(p[alone], c(none = "none", holm = "holm", bh = "BH")[[method]])
  p
}

# max-T by joint sign flips (Westfall and Young, 1993; Ge, Dudoit and Speed, 2003): each pilot is
# flipped in all measures at once, and each measure's |t| is set against the largest |t| of those not
# yet passed. |t| is compared on the scale |t| / sqrt(1 + t^2), which is finite.
max_t_p <- function(gaps) {
  adjusted <- rep(NA_real_, nrow(gaps))
  family <- which(counted(gaps) >= 2)
  if (!length(family)) {
    return(adjusted)
  }
  n <- counted(gaps)[family]
  cells <- filled(gaps[family, , drop = FALSE])
  scale <- apply(abs(cells), 1, max)
  cells <- cells / ifelse(scale > 0, scale, 1)
  means <- cells %*% every_sign(ncol(gaps)) / n
  squared <- n * means^2 # t^2 is this over the variance
  variance <- pmax(rowSums(cells^2) - squared, 0) / (n - 1)
  strength <- sqrt(ifelse(squared > 0, squared / (squared + variance), 0))
  order <- order(-strength[, 1])
  left <- rep(0, ncol(strength))
  shares <- numeric(length(order))
  for (at in rev(seq_along(order))) {
    left <- pmax(left, strength[order[at], ])
    shares[at] <- mean(left >= strength[order[at], 1] - ROUNDING)
  }
  adjusted[family[order]] <- cummax(shares)
  adjusted
}

# The smallest adjusted p that so many pilots can give, where every measure is at its smallest.
smallest_adjusted_p <- function(n, method) {
  inside <- n >= if (method == "max-t") 2 else 1
  p <- ifelse(inside, smallest_p(n), NA)
  if (method %in% c("holm", "bh")) adjusted_p(p, NULL, method) else p
}

# How many measures have p below 0.05, and the share of joint flips that give at least as many.
joint_flips <- function(gaps, level = 0.05) {
  signs <- every_sign(ncol(gaps))
  flips <- ncol(signs)
  below <- numeric(flips)
  for (row in which(counted(gaps) > 0)) {
    far <- abs(drop(filled(gaps[row, ]) %*% signs))
    nearly <- ROUNDING * max(abs(gaps[row, ]), na.rm = TRUE) * sum(!is.na(gaps[row, ]))
    # p of a flip is the share of flips that are as far out, give or take rounding.
    p <- (flips - findInterval(far - nearly, sort(far), left.open = TRUE)) / flips
    below <- below + (p < level)
  }
  # Where flips are drawn, a measure of few pilots is counted by its exact p.
  seen <- if (ncol(gaps) > MOST_ENUMERATED) sum(sign_flip_p(gaps) < level, na.rm = TRUE) else below[1]
  list(below = seen, share = mean(below >= seen), flips = if (ncol(gaps)) flips else 1)
}

# All tests of rows that are tested together.
family_tests <- function(gaps, method) {
  n <- counted(gaps)
  p <- sign_flip_p(gaps)
  joint <- joint_flips(gaps)
  list(
    p = p, p_error = simulation_error(p, n), p_adjusted = adjusted_p(p, gaps, method), smallest_p = smallest_p(n),
    smallest_adjusted = smallest_adjusted_p(n, method),
    joint_below = joint$below, joint_p = joint$share, joint_flips = joint$flips
  )
}
