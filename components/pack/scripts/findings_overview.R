# Cards that bring differences and changes together: the answer, every indicator in one row.

# How sure a result is: what cannot fall below 0.05 cannot be tested, whatever its p.
certainty_of <- function(rows, method) {
  alone <- method == "none"
  testable <- !is.na(rows$p) & rows$smallest_p < 0.05
  if (!alone) testable <- testable & !is.na(rows$smallest_adjusted) & rows$smallest_adjusted < 0.05
  clear <- testable & rows$p < 0.05
  if (!alone) clear <- clear & rows$p_adjusted < 0.05
  by_itself <- testable & rows$p < 0.05
  ifelse(!testable, "untestable", ifelse(clear, "clear", ifelse(by_itself, "alone", "not-clear")))
}

core_rows <- function(pack, years, change) {
  made <- verdict_rows(
    pack, indicator_figures(pack), pack$known$compared$indicator, years,
    change = change, before = is_before(pack, years)
  )
  made$certain <- certainty_of(made, pack$chosen$adjust)
  made
}

surest_first <- function(rows) rows[order(rows$p_adjusted, rows$p), ]

clear_rows <- function(rows) surest_first(rows[rows$certain == "clear", ])

# The last year of some years in which each measure can be compared.
last_compared <- function(pack, keys, years) {
  gaps <- yearly_gaps(compare(pack, indicator_figures(pack), keys, pack$known$pilots, years))
  apply(gaps, 1, function(cells) {
    held <- colSums(!is.na(matrix(cells, ncol = length(years)))) > 0
    if (any(held)) max(years[held]) else NA
  })
}

answer <- function(pack) {
  years <- pack$known$years
  level <- core_rows(pack, years, change = FALSE)
  change <- core_rows(pack, years, change = TRUE)
  differed <- clear_rows(level)
  changed <- clear_rows(change)
  step <- function(name, rows) {
    if (nrow(rows)) data.frame(step = name, rows, rank = seq_len(nrow(rows)))
  }
  asked <- intersect(unique(c(differed$key, pack$known$named)), change$key)
  open <- change[match(asked, change$key), ]
  open <- open[open$certain == "not-clear" & !is.na(open$ruled_out), ]
  parts <- list(
    differed = step("differed", differed), before = answer_before(pack, differed),
    changed = step("changed", changed), lasted = answer_lasted(pack, changed),
    "ruled-out" = step("ruled-out", open)
  )
  # A question that nothing answers has a row without a measure.
  for (name in names(parts)) {
    if (is.null(parts[[name]])) {
      parts[[name]] <- data.frame(step = name, replace(level[1, ], TRUE, NA), rank = 0)
    }
  }
  do.call(rbind, parts)
}

answer_before <- function(pack, differed) {
  years <- pack$known$years[is_before(pack, pack$known$years)]
  if (!nrow(differed) || !length(years)) {
    return(NULL)
  }
  rows <- core_rows(pack, years, change = FALSE)
  data.frame(
    step = "before", rows[match(differed$key, rows$key), ], rank = seq_len(nrow(differed))
  )
}

# Follow each change to the last year before COVID-19, and to the latest with figures.
answer_lasted <- function(pack, changed) {
  last <- max(pack$known$years)
  seen <- rep(last, nrow(changed))
  rows <- NULL
  for (end in c(2020, max(all_years()))) {
    if (!nrow(changed) || end <= last) next
    years <- seq(min(pack$known$years), end)
    longer <- core_rows(pack, years, change = TRUE)
    at <- match(changed$key, longer$key)
    used <- last_compared(pack, changed$key, years)
    later <- !is.na(used) & used > seen
    seen <- ifelse(later, used, seen)
    if (any(later)) {
      rows <- rbind(rows, data.frame(step = "lasted", longer[at[later], ], rank = which(later)))
    }
  }
  rows
}

# The measure whose change is the surest, else whose difference is, by year.
answer_years <- function(pack) {
  figures <- indicator_figures(pack)
  years <- pack$known$years
  core <- pack$known$compared$indicator
  key <- c(intersect(unlist(pack$known$named), core), core)[1]
  for (change in c(TRUE, FALSE)) {
    rows <- core_rows(pack, years, change)
    tested <- rows[rows$certain != "untestable", ]
    if (nrow(tested)) {
      key <- surest_first(tested)$key[1]
      break
    }
  }
  made <- by_year(pack, figures, key)
  area <- intersect(area_of(pack), places_of(pack))
  made$yours <- if (length(area)) figures$usable[key, area, as.character(made$year_end)] else NA
  data.frame(key = key, made)
}

overview_rows <- function(pack) {
  known <- pack$known
  keys <- known$compared$indicator
  figures <- indicator_figures(pack)
  level <- core_rows(pack, known$years, change = FALSE)
  change <- core_rows(pack, known$years, change = TRUE)
  moved <- change[c("gap", "low", "high", "p", "p_adjusted", "standardised")]
  gaps <- yearly_gaps(gaps_since(pack, figures, keys))
  each <- mean_over_years(gaps[, , as.character(known$years), drop = FALSE])
  every <- known$programme$pilots$code
  pilots <- matrix(NA_real_, length(keys), length(every), dimnames = list(keys, every))
  pilots[, known$pilots] <- each
  colnames(pilots) <- paste0("gap_", tolower(every))
  by_year <- mean_over_years(aperm(gaps, c(1, 3, 2)))
  colnames(by_year) <- paste0("gap_", all_years())
  data.frame(level, setNames(moved, paste0("change_", names(moved))), pilots, by_year)
}

# The indicators that the summary names, with placebo p and interval.
kpis_named <- function(pack) {
  rows <- core_rows(pack, pack$known$years, change = FALSE)
  rows[rows$key %in% pack$known$named, ]
}

# ---- Every choice of neighbours ------------------------------------------------------------

# Lists of neighbours in the order of cards: the one that addresses do not name is the first.
neighbour_choices <- function(pack) {
  table <- input(pack, "neighbours")
  ways <- expand.grid(
    list = unique(table$model), k = c(10, 5), average = c("mean", "median"),
    keep_pilots = c(FALSE, TRUE), weights = "equal", stringsAsFactors = FALSE
  )
  near <- unique(table$model[!is.na(table$closeness)])
  weighted <- data.frame(
    list = near, k = 10, average = "mean", keep_pilots = FALSE, weights = "closeness"
  )
  rbind(ways, weighted)
}

tested_choices <- function(pack) {
  chosen <- unlist(pack$chosen)
  name <- paste(c("choices", names(chosen), chosen, pack$sums), collapse = " ")
  kept(name, function() made_choices(pack))
}

made_choices <- function(pack) {
  known <- pack$known
  keys <- known$compared[[known$measure$family]]
  figures <- measure_figures(pack)
  ways <- neighbour_choices(pack)
  made <- lapply(seq_len(nrow(ways)), function(at) {
    way <- ways[at, ]
    options <- list(
      comparator = "neighbours", list = way$list, first = way$k, keep_pilots = way$keep_pilots,
      average = way$average, weights = way$weights
    )
    compared <- compare(pack, figures, keys, known$pilots, known$years, options)
    each <- mean_over_years(yearly_gaps(compared))
    held <- enough(each, known$fewest_pilots)
    group <- mean_and_t(held)
    p <- sign_flip_p(held)
    method <- pack$chosen$adjust
    tests <- data.frame(
      p = p, p_adjusted = adjusted_p(p, held, method), smallest_p = smallest_p(counted(held)),
      smallest_adjusted = smallest_adjusted_p(counted(held), method)
    )
    data.frame(
      way, row.names = NULL, key = keys, n = counted(each), gap = group$mean, low = group$low,
      high = group$high, p = p, p_adjusted = tests$p_adjusted, t_low = group$t_low,
      t_high = group$t_high, certain = certainty_of(tests, method)
    )
  })
  do.call(rbind, made)
}

neighbours_verdicts <- function(pack) {
  made <- tested_choices(pack)
  made$pilots_kept <- ifelse(made$keep_pilots, "kept", "left out")
  made$weights <- ifelse(made$weights == "closeness", "by closeness", "all alike")
  # The card names a list by its label; its address tells which that is.
  rows <- pack$rows
  named <- grepl("[?&]model=", rows$address)
  list <- ifelse(named, sub(".*[?&]model=([^&]*).*", "\\1", rows$address), NA)
  list[!named] <- setdiff(made$list, list)
  made$model <- rows$model[match(made$list, list)]
  made[setdiff(names(made), "certain")]
}

neighbours_flips <- function(pack) {
  made <- tested_choices(pack)
  by_key <- split(made, factor(made$key, unique(made$key)))
  end <- function(gaps, of) if (all(is.na(gaps))) NA else of(gaps, na.rm = TRUE)
  rows <- lapply(by_key, function(rows) {
    data.frame(
      key = rows$key[1], choices = nrow(rows), lower = sum(rows$gap < 0, na.rm = TRUE),
      below = sum(rows$p < 0.05, na.rm = TRUE),
      below_adjusted = sum(rows$p_adjusted < 0.05, na.rm = TRUE),
      least = end(rows$gap, min), most = end(rows$gap, max),
      untested = sum(rows$certain == "untestable")
    )
  })
  do.call(rbind, rows)
}

# Each pilot's neighbours in every list, pilots among them kept.
neighbours_lists <- function(pack) {
  known <- pack$known
  lists <- unique(input(pack, "neighbours")$model)
  first <- lapply(lists, function(list) {
    options <- replace(options_of(pack), c("list", "keep_pilots"), list(list, TRUE))
    lapply(setNames(known$pilots, known$pilots), function(code) neighbours_of(pack, code, options))
  })
  rows <- lapply(known$pilots, function(code) {
    held <- lapply(first, `[[`, code)
    others <- unique(unlist(held))
    ranks <- vapply(held, function(one) as.numeric(match(others, one)), numeric(length(others)))
    ranks <- matrix(ranks, ncol = length(lists))
    colnames(ranks) <- paste0("rank_", gsub("-", "_", lists))
    data.frame(code = code, neighbour_code = others, ranks, lists = rowSums(!is.na(ranks)))
  })
  made <- do.call(rbind, rows)
  made$shared_by <- as.vector(table(made$neighbour_code)[made$neighbour_code])
  made
}

# How many of each pilot's neighbours of the first list the later ones still hold.
neighbours_survival <- function(pack) {
  made <- neighbours_lists(pack)
  first <- paste0("rank_", gsub("-", "_", pack$known$neighbour_lists[1]))
  later <- setdiff(grep("^rank_", names(made), value = TRUE), first)
  pilots <- pack$known$programme$pilots$code
  rows <- lapply(pack$known$pilots, function(code) {
    mine <- made[made$code == code & !is.na(made[[first]]), ]
    held <- !is.na(as.matrix(mine[later]))
    times <- rowSums(held)
    row <- data.frame(
      code = code, named = nrow(mine), in_all = sum(times == length(later)),
      in_neither = sum(times == 0), pilots_among = sum(mine$neighbour_code %in% pilots)
    )
    for (name in later) row[[sub("^rank", "in", name)]] <- sum(held[times == 1, name])
    row
  })
  do.call(rbind, rows)
}

FINDINGS_OVERVIEW <- list(
  "answer" = list(
    make = answer, by = c("step", "key"), main = "gap",
    words = c("question", "years", "says", "name", "unit", "certainty", "withheld")
  ),
  "answer-years" = list(
    make = answer_years, by = c("key", "year_end"), main = "gap",
    words = c(YEAR_WORDS, "yours_code", "yours_place")
  ),
  "overview-rows" = list(
    make = overview_rows, by = "key", main = "gap",
    words = c(VERDICT_WORDS, "level_words", "change_words", "change_certainty")
  ),
  "kpis-named" = list(make = kpis_named, by = "key", main = "gap", words = VERDICT_WORDS),
  "neighbours-verdicts" = list(
    make = neighbours_verdicts,
    by = c("model", "k", "average", "weights", "pilots_kept", "key"), main = "gap",
    words = c("name", "unit", "choice", "adjustment", "verdict", "yours", "short", "address")
  ),
  "neighbours-flips" = list(
    make = neighbours_flips, by = "key", main = "lower",
    words = c("name", "yours", "depends", "flips")
  ),
  "neighbours-lists" = list(
    make = neighbours_lists, by = c("code", "neighbour_code"), main = "lists",
    words = c("neighbour", "place", "band", "closeness_2021", "closeness_2025", "pilot", "used",
              "changed")
  ),
  "neighbours-survival" = list(
    make = neighbours_survival, by = "code", main = "named",
    words = c("place", "band", "kept", "gone")
  )
)
