# Cards of single places: their figures as published, and each pilot beside its own comparator.

# The name of an authority as people use it, or the code of a place that is none.
place_names <- function(pack, codes) {
  authorities <- input(pack, "authorities")
  names <- authorities$name[match(codes, authorities$code)]
  ifelse(is.na(names), codes, sub(", (City|County) of$", "", names))
}

# One measure for every authority and year, as published.
values_of_family <- function(family) {
  function(pack) {
    codes <- input(pack, "authorities")$code
    years <- pack$known$years
    values <- family_figures(pack, family)$values
    cells <- values[pack$chosen[[family]], codes, as.character(years), drop = FALSE]
    data.frame(
      expand.grid(code = codes, year_end = years, stringsAsFactors = FALSE),
      value = as.vector(cells)
    )
  }
}

# Every pilot, and the reader's own authority, with its neighbours and their average.
places_beside <- function(pack, figures, key) {
  known <- pack$known
  codes <- chosen_and_yours(pack)
  compared <- compare(pack, figures, key, codes, known$years)
  gaps <- matrix(yearly_gaps(compared)[1, , ], nrow = length(codes))
  both <- !is.na(gaps)
  own <- row_means(replace(matrix(compared$own[1, , ], nrow = length(codes)), !both, NA))
  against <- row_means(replace(matrix(compared$against[1, , ], nrow = length(codes)), !both, NA))
  alone <- function(codes) {
    cells <- matrix(figures$usable[key, codes, as.character(known$years)], nrow = length(codes))
    list(value = row_means(cells), years = counted(cells))
  }
  made <- lapply(seq_along(codes), function(at) {
    code <- codes[at]
    others <- if (known$comparator == "neighbours") neighbours_of(pack, code) else character()
    single <- alone(c(code, others))
    if (any(both[at, ])) single$value[1] <- own[at]
    data.frame(
      group = place_names(pack, code),
      role = c(
        if (code %in% known$programme$pilots$code) "pilot" else "yours",
        rep("neighbour", length(others)), "average"
      ),
      code = c(code, others, NA),
      value = c(single$value, against[at]),
      gap = c(row_means(gaps)[at], rep(NA, length(others) + 1)),
      years = c(single$years, sum(both[at, ]))
    )
  })
  do.call(rbind, made)
}

places_of_family <- function(family) {
  function(pack) places_beside(pack, family_figures(pack, family), pack$chosen[[family]])
}

measure_places <- function(pack) places_beside(pack, measure_figures(pack), pack$known$measure$key)

# Each place before the start and after it, beside its comparator. Years without a comparator are
# left out of both sides, but for a place that has none in any year.
before_and_after <- function(family) {
  function(pack) {
    known <- pack$known
    codes <- chosen_and_yours(pack)
    key <- pack$chosen[[family]]
    before <- is_before(pack, known$years)
    compared <- compare(pack, family_figures(pack, family), key, codes, known$years)
    if (all(before) || !any(before)) not_estimable("one side of the start has no years")
    own <- matrix(compared$own[1, , ], nrow = length(codes))
    against <- matrix(compared$against[1, , ], nrow = length(codes))
    both <- !is.na(own) & !is.na(against)
    used <- replace(own, !both & rowSums(both) > 0, NA)
    faced <- replace(against, !both, NA)
    sides <- function(cells) {
      list(
        before = row_means(cells[, before, drop = FALSE]),
        after = row_means(cells[, !before, drop = FALSE])
      )
    }
    mine <- sides(used)
    theirs <- sides(faced)
    apart <- sides(own - against)
    data.frame(
      code = codes, before = mine$before, after = mine$after, change = mine$after - mine$before,
      comparator_before = theirs$before, comparator_after = theirs$after,
      gap_change = apart$after - apart$before
    )
  }
}

# The bands of one indicator: each pilot's mean gap, averaged over the pilots of its band.
pilots_bands <- function(pack) {
  known <- pack$known
  figures <- indicator_figures(pack)
  key <- pack$chosen$indicator
  compared <- compare(pack, figures, key, chosen_and_yours(pack), known$years)
  gaps <- yearly_gaps(compared)
  by_place <- function(cells) setNames(as.vector(mean_over_years(cells)), colnames(cells))
  each <- by_place(gaps)
  own <- by_place(replace(compared$own, is.na(gaps), NA))
  against <- by_place(replace(compared$against, is.na(gaps), NA))
  bands <- band_of(pack, known$pilots)
  made <- lapply(unique(bands), function(band) {
    members <- known$pilots[bands == band]
    held <- members[!is.na(each[members])]
    over <- function(values) if (length(held)) mean(values[held]) else NA
    band_pack <- pack
    band_pack$known$pilots <- members
    row <- data.frame(
      band = band, n = length(held), level = over(own), comparator = over(against),
      gap = over(each), low = NA, high = NA, p = NA, smallest_p = NA, t_low = NA, t_high = NA,
      hidden_columns(band_pack, figures, key, known$years, "level")
    )
    if (length(held) >= known$fewest_pilots) {
      group <- mean_and_t(matrix(each[held], nrow = 1))
      row[c("low", "high", "t_low", "t_high")] <- group[c("low", "high", "t_low", "t_high")]
      row$p <- sign_flip_p(matrix(each[held], nrow = 1))
      row$smallest_p <- smallest_p(length(held))
    }
    row
  })
  do.call(rbind, made)
}

pilots_profile <- function(pack) {
  known <- pack$known
  last <- known$programme$window[2]
  stock <- indicator_figures(pack)$usable[, known$pilots, as.character(last)]
  stock <- matrix(stock, ncol = length(known$pilots),
                  dimnames = list(dimnames(indicator_figures(pack)$usable)[[1]], known$pilots))
  authorities <- input(pack, "authorities")
  at <- match(known$pilots, authorities$code)
  data.frame(
    code = known$pilots,
    children = numbers(authorities[[paste0("pop_0_17_mid", last - 1)]][at]),
    need = stock["cin_31mar_rate", ], plans = stock["cpp_31mar_rate", ]
  )
}

resources_gaps <- function(pack) {
  known <- pack$known
  figures <- resource_figures(pack)
  keys <- names(known$resources)
  made <- verdict_rows(pack, figures, keys, known$years)
  # No placebo groups are drawn for these, and hidden figures are not counted.
  made[c("p_placebo", "placebo_low", "placebo_high", "n_suppressed", "pilot_years")] <- NA
  made
}

resources_places <- function(pack) {
  known <- pack$known
  figures <- resource_figures(pack)
  keys <- names(known$resources)
  codes <- chosen_and_yours(pack)
  compared <- compare(pack, figures, keys, codes, known$years)
  both <- !is.na(yearly_gaps(compared))
  own <- mean_over_years(replace(compared$own, !both, NA))
  against <- mean_over_years(replace(compared$against, !both, NA))
  counts <- indicator_figures(pack, "preferred")
  posts <- counts$usable["sw_fte_num", codes, as.character(known$years)]
  posts <- row_means(matrix(posts, nrow = length(codes)))
  cells <- expand.grid(key = keys, code = codes, stringsAsFactors = FALSE)
  data.frame(
    cells, value = as.vector(own), comparator = as.vector(against),
    relative = as.vector(ifelse(against > 0, 100 * (own / against - 1), NA)),
    workers = posts[match(cells$code, codes)], years = as.vector(apply(both, c(1, 2), sum))
  )
}

# The pounds on every line, for the chosen pilots, the reader's authority and England.
expenditure_lines <- function(pack) {
  known <- pack$known
  codes <- c(chosen_and_yours(pack), known$england)
  cells <- line_figures(pack)$values[LINES, codes, as.character(known$years), drop = FALSE]
  data.frame(
    expand.grid(line = LINES, code = codes, year_end = known$years, stringsAsFactors = FALSE),
    value = as.vector(cells)
  )
}

# Lines as shares of the total in the first and last year that can be compared: the mean over pilots,
# each counted once whatever its size.
composition_of <- function(lines, last_printed) {
  function(pack) {
    known <- pack$known
    years <- known$years[known$years >= 2013 & known$years <= last_printed]
    if (!length(years)) not_estimable("these lines are not printed for the period")
    figures <- share_figures(pack)
    compared <- compare(pack, figures, lines, known$pilots, years)
    both <- !is.na(yearly_gaps(compared))
    mean_of <- function(cells, year) {
      cells <- replace(cells, !both, NA)
      row_means(matrix(cells[, , year], nrow = length(lines)))
    }
    end <- length(years)
    england <- figures$usable[lines, known$england, as.character(years), drop = FALSE]
    data.frame(
      line = lines, n = rowSums(matrix(both[, , end], nrow = length(lines))),
      pilots_first = mean_of(compared$own, 1), pilots = mean_of(compared$own, end),
      comparator_first = mean_of(compared$against, 1), comparator = mean_of(compared$against, end),
      england_first = england[, 1, 1], england = england[, 1, end]
    )
  }
}

PLACE_WORDS <- c("band", "place", "symbols")
PLACE_BY <- c("group", "role", "code")

FINDINGS_PLACES <- list(
  "indicator-values" = list(
    make = values_of_family("indicator"), by = c("code", "year_end"), main = "value",
    words = c("place", "region", "pilot", "year", "status")
  ),
  "expenditure-values" = list(
    make = values_of_family("ratio"), by = c("code", "year_end"), main = "value",
    words = c("place", "region", "pilot", "year", "status")
  ),
  "indicator-places" = list(
    make = places_of_family("indicator"), by = PLACE_BY, main = "gap", words = PLACE_WORDS
  ),
  "expenditure-places" = list(
    make = places_of_family("ratio"), by = PLACE_BY, main = "gap", words = PLACE_WORDS
  ),
  "measure-places" = list(
    make = measure_places, by = PLACE_BY, main = "gap", words = PLACE_WORDS
  ),
  "pilots-changes" = list(
    make = before_and_after("indicator"), by = "code", main = "gap_change",
    words = c("place", "band", "role", "missing")
  ),
  "expenditure-pilots" = list(
    make = before_and_after("ratio"), by = "code", main = "gap_change",
    words = c("place", "band", "role", "missing")
  ),
  "pilots-bands" = list(
    make = pilots_bands, by = "band", main = "gap", words = c("name", "places", "withheld")
  ),
  "pilots-profile" = list(
    make = pilots_profile, by = "code", main = "children",
    words = c("place", "band", "authority_type", "region")
  ),
  "resources-gaps" = list(
    make = resources_gaps, by = "key", main = "gap", words = VERDICT_WORDS
  ),
  "resources-places" = list(
    make = resources_places, by = c("key", "code"), main = "value",
    words = c("name", "short", "unit", "place", "band", "symbols")
  ),
  "expenditure-lines" = list(
    make = expenditure_lines, by = c("code", "line", "year_end"), main = "value",
    words = c("place", "name", "status")
  ),
  "expenditure-composition" = list(
    make = composition_of(CATEGORY_LINES, last_of_spending()), by = "line", main = "pilots",
    words = c("name", "within", "first", "last")
  ),
  "expenditure-detail" = list(
    make = composition_of(DETAIL_LINES, 2019), by = "line", main = "pilots",
    words = c("name", "within", "first", "last")
  )
)
