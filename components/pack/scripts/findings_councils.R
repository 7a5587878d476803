# Cards of one council: beside similar councils, and its figures with limits.

# Codes of the councils that one was formed from or replaced by, with their role.
related_councils <- function(pack, code) {
  authorities <- input(pack, "authorities")
  row <- authorities[authorities$code == code, ]
  codes_in <- function(words) {
    numbers <- regmatches(words, gregexpr("\\b[0-9]{3}\\b", words))[[1]]
    found <- authorities$code[match(numbers, authorities$dfe_number)]
    found[!is.na(found)]
  }
  before <- if (!is.na(row$predecessor)) codes_in(row$predecessor)
  after <- if (!is.na(row$successor)) codes_in(row$successor)
  data.frame(
    code = c(before, after), role = rep(c("predecessor", "successor"), c(length(before), length(after)))
  )
}

chosen_council <- function(pack) {
  if (!length(area_of(pack))) not_estimable("no council is chosen")
  area_of(pack)
}

# The council and those it is shown with, on every measure of a family: always similar councils.
council_figures <- function(pack, family) {
  code <- chosen_council(pack)
  figures <- family_figures(pack, family)
  keys <- pack$known$compared[[family]]
  options <- replace(options_of(pack), "comparator", "neighbours")
  compared <- compare(pack, figures, keys, code, all_years(), options)
  matrix_of <- function(cells) matrix(cells, nrow = length(keys))
  some <- function(codes) figures$usable[keys, intersect(codes, places_of(pack)), , drop = FALSE]
  list(
    code = code, keys = keys, figures = figures,
    own = matrix_of(figures$values[keys, code, ]), said = matrix_of(compared$own),
    similar = matrix_of(compared$against), around = some(neighbours_of(pack, code, options)),
    pilots = some(setdiff(pack$known$pilots, code)), everyone = some(input(pack, "authorities")$code)
  )
}

council_latest <- function(family) {
  function(pack) {
    found <- council_figures(pack, family)
    inside <- which(all_years() %in% pack$known$years)
    rows <- lapply(seq_along(found$keys), function(at) {
      held <- inside[!is.na(found$own[at, inside])]
      year <- if (length(held)) max(held) else max(inside)
      around <- found$around[at, , year]
      around <- around[!is.na(around)]
      pilots <- found$pilots[at, , year]
      everyone <- found$everyone[at, , year]
      said <- found$said[at, year]
      # A range is shown where an average is: of fewer councils it would say little.
      ranged <- length(around) && !is.na(found$similar[at, year])
      made <- data.frame(
        key = found$keys[at], year_end = all_years()[year], value = found$own[at, year],
        similar = found$similar[at, year],
        similar_low = if (ranged) min(around) else NA,
        similar_high = if (ranged) max(around) else NA,
        n_similar = length(around), pilots = row_means(matrix(pilots, nrow = 1)),
        n_pilots = sum(!is.na(pilots)),
        rank = if (is.na(said)) NA else 1 + sum(everyone > said, na.rm = TRUE),
        ranked = sum(!is.na(everyone))
      )
      # Where the council's own figure is hidden, the rest of its row is hidden with it.
      hidden <- found$figures$symbols[found$keys[at], found$code, year] == "c"
      if (hidden) replace(made, -(1:2), NA) else made
    })
    do.call(rbind, rows)
  }
}

council_years <- function(family) {
  function(pack) {
    found <- council_figures(pack, family)
    cells <- expand.grid(key = found$keys, year_end = all_years(), stringsAsFactors = FALSE)
    pilots <- aperm(found$pilots, c(1, 3, 2))
    made <- data.frame(
      cells, code = found$code, value = as.vector(found$own), similar = as.vector(found$similar),
      pilots = row_means(matrix(pilots, nrow = nrow(cells)))
    )
    for (code in related_councils(pack, found$code)$code) {
      value <- as.vector(found$figures$values[found$keys, code, ])
      other <- data.frame(cells, code = code, value = value, similar = NA, pilots = NA)
      made <- rbind(made, other[!is.na(value), ])
    }
    made
  }
}

# ---- Limits of single figures --------------------------------------------------------------

# Limits of a count: exact Poisson below 10 (Garwood, 1936), else Byar's (Breslow and Day, 1987).
count_limits <- function(count) {
  z <- qnorm(0.975)
  byar <- function(count, side) count * (1 - 1 / (9 * count) + side * z / (3 * sqrt(count)))^3
  few <- !is.na(count) & count < 10
  list(
    low = ifelse(few, qchisq(0.025, 2 * count) / 2, byar(pmax(count, 1), -1)),
    high = ifelse(few, qchisq(0.975, 2 * count + 2) / 2, byar(count + 1, 1))
  )
}

# Limits of a share: Wilson's score interval (1927), the roots of a quadratic in the share.
share_limits <- function(count, base) {
  z <- qnorm(0.975)
  base[!is.na(base) & base <= 0] <- NA
  share <- count / base
  a <- 1 + z^2 / base
  b <- 2 * share + z^2 / base
  root <- sqrt(b^2 - 4 * a * share^2)
  high <- (b + root) / (2 * a)
  list(
    low = ifelse(!is.na(count) & count == 0, 0 * share, share^2 / a / high),
    high = ifelse(!is.na(count) & count == base, 1, high)
  )
}

area_years <- function(pack) {
  code <- chosen_council(pack)
  known <- pack$known
  key <- pack$chosen$indicator
  figures <- indicator_figures(pack)
  england <- unname(figures$values[key, known$england, ])
  rows_of <- function(code) {
    data.frame(
      code = code, year_end = all_years(), value = unname(figures$values[key, code, ]),
      area_limits(pack, figures, key, code), england = england
    )
  }
  yours <- rows_of(code)
  yours <- yours[first_to_last(!is.na(yours$value) | !is.na(england)), ]
  if (!nrow(yours)) {
    return(yours)
  }
  others <- lapply(related_councils(pack, code)$code, function(other) {
    made <- rows_of(other)
    made[!is.na(made$value), ]
  })
  do.call(rbind, c(list(yours), others))
}

# Limits by year, where counts are held: those of the count, scaled as the figure scales it.
area_limits <- function(pack, figures, key, code) {
  about <- pack$known$indicators[[key]]
  none <- rep(NA_real_, length(all_years()))
  if (!nzchar(about$base)) {
    return(data.frame(low = none, high = none))
  }
  row <- function(key) if (nzchar(key)) unname(figures$values[key, code, ]) else none
  people <- unname(indicator_figures(pack, "preferred")$values["pop_0_17_mid", code, ])
  before <- c(NA, people[-length(people)]) # children of the middle of the year before
  value <- row(key)
  count <- row(about$count)
  base <- row(about$base)
  share <- about$unit == "%"
  hidden <- if (nzchar(about$count)) figures$symbols[about$count, code, ] == "c" else FALSE
  # A figure printed as zero is nobody, of so few children.
  few <- if (share) base < 1000 else before < 10000
  zero <- !is.na(value) & value == 0 & is.na(count) & !hidden & !is.na(few) & few
  count[zero] <- 0
  sound <- !is.na(value) & !is.na(count) & count >= 0 & count == round(count)
  sound <- sound & (value > 0) == (count > 0)
  if (share) {
    sound <- sound & !is.na(base) & count <= base & base == round(base)
    limits <- share_limits(ifelse(sound, count, NA), ifelse(sound, base, NA))
    low <- 100 * limits$low
    high <- 100 * limits$high
  } else {
    per <- ifelse(sound & count > 0, count / value, ifelse(count == 0, before / 10000, NA))
    per[!is.na(per) & per <= 0] <- NA
    limits <- count_limits(ifelse(sound, count, NA))
    low <- limits$low / per
    high <- limits$high / per
  }
  holds <- !is.na(low) & !is.na(high) & low <= value & value <= high
  data.frame(low = ifelse(holds, low, NA), high = ifelse(holds, high, NA))
}

COUNCIL_WORDS <- c("name", "unit", "year", "position", "status")

FINDINGS_COUNCILS <- list(
  "council-indicators" = list(
    make = council_latest("indicator"), by = "key", main = "value", words = COUNCIL_WORDS
  ),
  "council-indicators-years" = list(
    make = council_years("indicator"), by = c("key", "code", "year_end"), main = "value",
    words = c("name", "unit", "place", "role", "year", "status")
  ),
  "council-ratios" = list(
    make = council_latest("ratio"), by = "key", main = "value", words = COUNCIL_WORDS
  ),
  "council-ratios-years" = list(
    make = council_years("ratio"), by = c("key", "code", "year_end"), main = "value",
    words = c("name", "unit", "place", "role", "year", "status")
  ),
  "area-years" = list(
    make = area_years, by = c("code", "year_end"), main = "value",
    words = c("place", "role", "year", "status")
  )
)
