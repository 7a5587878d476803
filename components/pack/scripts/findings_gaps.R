# Cards of many measures at once: how far pilots stand from their comparator, and how that changed.

# Make rows of verdicts again: one for each measure.
#
# years are those compared; before says which of them are before the start, for a change.
verdict_rows <- function(pack, figures, keys, years, change = FALSE, before = NULL) {
  chosen <- unlist(pack$chosen)
  name <- paste(c("verdicts", keys, years, change, names(chosen), chosen, pack$sums), collapse = " ")
  kept(name, function() made_verdicts(pack, figures, keys, years, change, before))
}

made_verdicts <- function(pack, figures, keys, years, change, before) {
  known <- pack$known
  compared <- compare(pack, figures, keys, known$pilots, years)
  gaps <- yearly_gaps(compared)
  both <- !is.na(gaps)
  own <- replace(compared$own, !both, NA)
  against <- replace(compared$against, !both, NA)
  level <- row_means(mean_over_years(against))
  if (change) {
    each <- change_of(gaps, before)
    own <- change_of(own, before)
    against <- change_of(against, before)
    own[is.na(each)] <- against[is.na(each)] <- NA
  } else {
    each <- mean_over_years(gaps)
    own <- mean_over_years(own)
    against <- mean_over_years(against)
  }
  made <- verdict_columns(pack, each, level)
  answered <- made$n >= known$fewest_pilots
  outcome <- if (change) "change" else "level"
  data.frame(
    key = keys, made,
    pilots = ifelse(answered, row_means(own), NA),
    comparator = ifelse(answered, row_means(against), NA),
    placebo_columns(pack, figures, keys, years, outcome, made$gap),
    hidden_columns(pack, figures, keys, years, outcome, answered, before = before)
  )
}

# What follows from the gap of each pilot (one row a measure) and the level of the comparator.
verdict_columns <- function(pack, each, level) {
  known <- pack$known
  n <- counted(each)
  held <- each
  held[n < known$fewest_pilots, ] <- NA
  group <- mean_and_t(held)
  size <- standardised(held)
  margin <- ifelse(level > 0, level * known$margin_share, NA)
  whole <- ifelse(level > 0, level, NA) / 100
  data.frame(
    n = n, gap = group$mean, low = group$low, high = group$high,
    family_tests(held, pack$chosen$adjust),
    standardised = size$value, standardised_low = size$low, standardised_high = size$high,
    t_p = group$t_p, t_low = group$t_low, t_high = group$t_high,
    wilcoxon_p = signed_rank_p(held),
    detectable = smallest_detectable(group$sd, n),
    ruled_out = ruled_out(held),
    margin = ifelse(group$n > 0, margin, NA),
    p_equivalence = equivalence_p(held, margin),
    relative = group$mean / whole, relative_low = group$low / whole,
    relative_high = group$high / whole
  )
}

# Indicators that are a small part of a count, with that count: a hidden figure of theirs is of 0 to
# 5 children. Of others nothing useful is known.
HIDDEN_OF <- c(
  cpp_open_dur_pct_2yplus = "cpp_31mar_num", cpp_ended_dur_pct_2yplus = "cpp_end_num"
)

# How many figures of the pilots are hidden, and the smallest and largest estimate that all their
# possible values allow (Horowitz and Manski, 2000).
hidden_columns <- function(
  pack, figures, keys, years, outcome, answered = TRUE, before = NULL, compared_years = years
) {
  pilots <- intersect(pack$known$pilots, dimnames(figures$values)[[2]])
  marks <- figures$symbols[keys, pilots, as.character(years), drop = FALSE] == "c"
  hidden <- apply(marks, 1, sum)
  bounds <- vapply(seq_along(keys), function(at) {
    if (!hidden[at] || !keys[at] %in% names(HIDDEN_OF) || is_log(outcome)) {
      return(c(NA_real_, NA_real_))
    }
    hidden_bounds(pack, figures, keys[at], years, outcome, before)
  }, numeric(2))
  data.frame(
    n_suppressed = unname(hidden), pilot_years = length(pilots) * length(years),
    bound_low = ifelse(answered, bounds[1, ], NA), bound_high = ifelse(answered, bounds[2, ], NA)
  )
}

hidden_bounds <- function(pack, figures, key, years, outcome, before = NULL) {
  base <- figures$values[HIDDEN_OF[[key]], , ]
  marked <- figures$symbols[key, , ] == "c" & !is.na(base) & base > 0
  ends <- lapply(c(0, 5), function(children) {
    filled <- list(usable = figures$usable[key, , , drop = FALSE])
    filled$usable[1, , ][marked] <- (100 * pmin(children, base) / base)[marked]
    compare(pack, filled, key, pack$known$pilots, years)
  })
  low <- ends[[1]]$own - ends[[2]]$against
  high <- ends[[2]]$own - ends[[1]]$against
  if (outcome == "change") {
    if (is.null(before)) before <- is_before(pack, years)
    after_less_before <- function(after, earlier) {
      mean_over_years(after[, , !before, drop = FALSE]) -
        mean_over_years(earlier[, , before, drop = FALSE])
    }
    return(c(mean(after_less_before(low, high), na.rm = TRUE),
             mean(after_less_before(high, low), na.rm = TRUE)))
  }
  c(mean(mean_over_years(low), na.rm = TRUE), mean(mean_over_years(high), na.rm = TRUE))
}

# ---- The cards -----------------------------------------------------------------------------

levels_of_family <- function(family) {
  function(pack) {
    keys <- pack$known$compared[[family]]
    verdict_rows(pack, family_figures(pack, family), keys, pack$known$years)
  }
}

changes_of_family <- function(family) {
  function(pack) {
    keys <- pack$known$compared[[family]]
    years <- pack$known$years
    verdict_rows(
      pack, family_figures(pack, family), keys, years,
      change = TRUE, before = is_before(pack, years)
    )
  }
}

# Every pilot, measure and year behind the gaps.
kpis_values <- function(pack) {
  keys <- pack$known$compared$indicator
  pilots <- pack$known$pilots
  years <- pack$known$years
  compared <- compare(pack, indicator_figures(pack), keys, pilots, years)
  cells <- expand.grid(key = keys, code = pilots, year_end = years, stringsAsFactors = FALSE)
  data.frame(
    cells,
    value = as.vector(compared$own), comparator = as.vector(compared$against),
    gap = as.vector(compared$own - compared$against), found = as.vector(compared$found),
    listed = compared$listed[match(cells$code, pilots)]
  )
}

VERDICT_WORDS <- c("name", "unit", "adjustment", "withheld", "years", "short", "certainty")

FINDINGS_GAPS <- list(
  "kpis-values" = list(
    make = kpis_values, by = c("key", "code", "year_end"), main = "gap",
    words = c("name", "unit", "place", "band", "status")
  ),
  "kpis-gaps" = list(
    make = levels_of_family("indicator"), by = "key", main = "gap", words = VERDICT_WORDS
  ),
  "kpis-changes" = list(
    make = changes_of_family("indicator"), by = "key", main = "gap", words = VERDICT_WORDS
  ),
  "expenditure-gaps" = list(
    make = levels_of_family("ratio"), by = "key", main = "gap", words = VERDICT_WORDS
  ),
  "expenditure-changes" = list(
    make = changes_of_family("ratio"), by = "key", main = "gap", words = VERDICT_WORDS
  )
)
