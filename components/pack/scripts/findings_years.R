# Cards of one measure by year, and of its change since before the start.

measure_figures <- function(pack) family_figures(pack, pack$known$measure$family)

chosen_key <- function(family) function(pack) pack$chosen[[family]]

# The gaps of the chosen pilots on measures in every year held.
gaps_since <- function(pack, figures, keys) {
  compare(pack, figures, keys, pack$known$pilots, all_years())
}

# Years by pilots, of one measure.
years_by_pilots <- function(cells) matrix(t(cells[1, , ]), nrow = dim(cells)[3])

enough <- function(gaps, fewest) {
  gaps[counted(gaps) < fewest, ] <- NA
  gaps
}

first_to_last <- function(shown) {
  at <- which(shown)
  if (length(at)) seq(min(at), max(at)) else integer()
}

# Pilots beside their comparator in every year, with England; the gap of the pilots that can be
# compared at both ends of the period beside that of all.
by_year <- function(pack, figures, key) {
  known <- pack$known
  compared <- gaps_since(pack, figures, key)
  gaps <- years_by_pilots(yearly_gaps(compared))
  both <- !is.na(gaps)
  group <- mean_and_t(enough(gaps, known$fewest_pilots))
  inside <- all_years() %in% known$years
  ends <- which(inside & counted(gaps) > 0)
  same <- if (length(ends)) both[min(ends), ] & both[max(ends), ] else rep(FALSE, ncol(gaps))
  england <- unname(figures$usable[key, known$england, ])
  made <- data.frame(
    year_end = all_years(), n = counted(gaps),
    pilots = row_means(replace(years_by_pilots(compared$own), !both, NA)),
    comparator = row_means(replace(years_by_pilots(compared$against), !both, NA)),
    gap = row_means(gaps), low = group$low, high = group$high, england = england,
    t_low = group$t_low, t_high = group$t_high,
    n_same = sum(same), gap_same = row_means(gaps[, same, drop = FALSE]),
    hidden_columns(pack, figures, key, known$years, "level")
  )
  made[first_to_last(made$n > 0 | !is.na(england)), ]
}

years_of_family <- function(family) {
  function(pack) by_year(pack, family_figures(pack, family), pack$chosen[[family]])
}

spend_per_child <- function(pack) {
  keys <- names(Filter(function(ratio) !is.null(ratio$per), pack$known$ratios))
  figures <- ratio_figures(pack)
  made <- lapply(keys, function(key) data.frame(key = key, by_year(pack, figures, key)))
  do.call(rbind, made)
}

# ---- Change since a base before the start --------------------------------------------------

# Each pilot's gap less its own mean gap in the base (an event study: Jacobson, LaLonde and
# Sullivan, 1993, American Economic Review 83). Rows are years.
event_study <- function(gaps, base, fewest) {
  from <- row_means(t(gaps[base, , drop = FALSE]))
  moved <- sweep(gaps, 2, from)
  group <- mean_and_t(enough(moved, fewest))
  flat <- base & !is.na(group$sd) & group$sd == 0
  data.frame(
    year_end = all_years(), n = counted(moved), change = group$mean,
    low = replace(group$low, flat, NA), high = replace(group$high, flat, NA)
  )
}

in_base <- function(pack) all_years() %in% pack$known$base_years

change_years <- function(pack) {
  known <- pack$known
  gaps <- years_by_pilots(yearly_gaps(gaps_since(pack, measure_figures(pack), known$measure$key)))
  base <- in_base(pack)
  if (length(known$pilots) < known$fewest_pilots || all(is.na(gaps[base, ]))) {
    not_estimable("too few pilots, or no gap in the base")
  }
  made <- event_study(gaps, base, known$fewest_pilots)
  if (all(is.na(made$change))) not_estimable("too few pilots have a gap in the base")
  based <- !is.na(row_means(t(gaps[base, , drop = FALSE])))
  made$gap <- row_means(gaps[, based, drop = FALSE])
  made$step <- c(NA, row_means(diff(gaps)))
  made[first_to_last(made$n > 0), ]
}

change_bands <- function(pack) {
  known <- pack$known
  gaps <- years_by_pilots(yearly_gaps(gaps_since(pack, measure_figures(pack), known$measure$key)))
  base <- in_base(pack)
  bands <- band_of(pack, known$pilots)
  made <- lapply(unique(bands), function(band) {
    study <- event_study(gaps[, bands == band, drop = FALSE], base, known$fewest_pilots)
    study <- data.frame(band = rep(band, nrow(study)), study, smallest_p = smallest_p(study$n))
    study[first_to_last(!is.na(study$change)), ]
  })
  made <- do.call(rbind, made)
  if (!nrow(made)) not_estimable("no band has enough pilots with a gap in the base")
  made
}

# The change of every measure since the base, the one in hand among them.
change_verdict <- function(pack) {
  known <- pack$known
  if (!length(known$years_after)) not_estimable("no year after the start")
  years <- c(known$base_years, known$years_after)
  figures <- measure_figures(pack)
  rows_of <- function(keys) {
    verdict_rows(pack, figures, keys, years, change = TRUE, before = is_before(pack, years))
  }
  keys <- known$compared[[known$measure$family]]
  made <- rows_of(keys)
  made$place <- rank(made$p, ties.method = "min", na.last = "keep")
  if (!known$measure$key %in% keys) {
    alone <- rows_of(known$measure$key)
    alone$p_adjusted <- alone$place <- NA
    made <- rbind(alone, made)
  }
  made
}

# The change in windows that end in other years, and between the two years before the start.
change_windows <- function(pack) {
  known <- pack$known
  figures <- measure_figures(pack)
  mine <- known$measure$key
  keys <- known$compared[[known$measure$family]]
  if (!mine %in% keys) keys <- mine
  compared <- gaps_since(pack, figures, keys)
  gaps <- yearly_gaps(compared)
  held <- all_years()[colSums(!is.na(matrix(gaps[mine, , ], nrow = dim(gaps)[2]))) > 0]
  last <- if (length(held)) max(held) else max(all_years())
  start <- last_before(pack) + 1
  from_start <- function(end) all_years()[all_years() >= start & all_years() <= end]
  base <- known$base_years
  seen <- known$programme$window[2]
  ends <- c(seen, if (seen < 2020) 2020, if (seen < max(all_years())) last)
  windows <- c(
    list(list(before = start - 2, after = start - 1, placebo = FALSE)),
    lapply(ends, function(end) list(before = base, after = from_start(end), placebo = TRUE))
  )
  windows <- Filter(function(window) length(window$after) > 0, windows)
  do.call(rbind, lapply(windows, function(window) {
    one_window(pack, figures, gaps, window)
  }))
}

one_window <- function(pack, figures, gaps, window) {
  known <- pack$known
  mine <- known$measure$key
  years <- c(window$before, window$after)
  changes <- change_of(gaps, all_years() %in% window$before, all_years() %in% window$after)
  at <- match(mine, rownames(changes))
  n <- sum(!is.na(changes[at, ]))
  held <- enough(changes, known$fewest_pilots)
  one <- held[at, , drop = FALSE]
  group <- mean_and_t(one)
  tests <- as.data.frame(family_tests(held, pack$chosen$adjust))[at, ]
  placebo <- if (window$placebo) {
    placebo_columns(pack, figures, mine, years, "change", group$mean)
  } else {
    list(p_placebo = NA, placebo_low = NA, placebo_high = NA)
  }
  data.frame(
    n = n, change = group$mean, low = group$low, high = group$high,
    p = tests$p, p_adjusted = tests$p_adjusted, smallest_p = tests$smallest_p,
    detectable = smallest_detectable(group$sd, group$n), t_low = group$t_low,
    t_high = group$t_high, ruled_out = ruled_out(one), placebo,
    hidden_columns(
      pack, figures, mine, years, "change", n >= known$fewest_pilots,
      before = years %in% window$before
    )
  )
}

YEAR_WORDS <- c("year", "compared_with", "in_period")

FINDINGS_YEARS <- list(
  "indicator-years" = list(
    make = years_of_family("indicator"), by = "year_end", main = "gap", words = YEAR_WORDS
  ),
  "expenditure-years" = list(
    make = years_of_family("ratio"), by = "year_end", main = "gap", words = YEAR_WORDS
  ),
  "expenditure-per-child" = list(
    make = spend_per_child, by = c("key", "year_end"), main = "gap",
    words = c(YEAR_WORDS, "name", "unit", "prices")
  ),
  "change-years" = list(
    make = change_years, by = "year_end", main = "change",
    words = c("year", "base", "pilots_missing", "neighbours_missing", "marks")
  ),
  "change-bands" = list(
    make = change_bands, by = c("band", "year_end"), main = "change",
    words = c("name", "year", "base", "marks")
  ),
  "change-windows" = list(
    make = change_windows, by = character(), main = "change",
    words = c("window", "before", "after", "withheld", "certainty")
  ),
  "change-verdict" = list(
    make = change_verdict, by = "key", main = "gap", words = c(VERDICT_WORDS, "chosen")
  )
)
