# Places beside what they are compared with.

# Means of rows without what is missing; NA where nothing is there.
row_means <- function(cells) {
  there <- rowSums(!is.na(cells))
  ifelse(there > 0, rowSums(cells, na.rm = TRUE) / there, NA)
}

row_medians <- function(cells) {
  there <- rowSums(!is.na(cells))
  rows <- nrow(cells)
  if (!ncol(cells)) {
    return(rep(NA_real_, rows))
  }
  sorted <- cells[order(rep(seq_len(rows), ncol(cells)), cells, na.last = TRUE)]
  first <- (seq_len(rows) - 1) * ncol(cells)
  ends <- pmax(there, 1)
  middle <- (sorted[first + floor((ends + 1) / 2)] + sorted[first + floor(ends / 2) + 1]) / 2
  ifelse(there > 0, middle, NA)
}

# Means of the last axis of an array of three.
mean_over_years <- function(cells) {
  made <- row_means(matrix(cells, nrow = prod(dim(cells)[1:2])))
  matrix(made, nrow = dim(cells)[1], dimnames = dimnames(cells)[1:2])
}

# The first so many statistical neighbours of a list. Other pilots among them are left out, and not
# replaced, unless they are kept.
neighbours_of <- function(pack, code, options = options_of(pack)) {
  first <- head(neighbour_lists(pack, options$list)[[code]], options$first)
  if (options$keep_pilots) first else setdiff(first, pack$known$programme$pilots$code)
}

neighbour_lists <- function(pack, list) {
  kept(paste("neighbours", list, pack$sums["neighbours"]), function() {
    table <- input(pack, "neighbours")
    table <- table[table$model == list, ]
    table <- table[order(numbers(table$rank)), ]
    split(table$neighbour, table$code)
  })
}

others_of <- function(pack, code, options) {
  switch(options$comparator,
    neighbours = neighbours_of(pack, code, options),
    england = pack$known$england,
    region = {
      authorities <- input(pack, "authorities")
      authorities$region_code[authorities$code == code]
    },
    pilots = {
      left <- setdiff(pack$known$other_pilots, code)
      if (!length(left)) not_estimable("every pilot is chosen: there are no others")
      left
    }
  )
}

closeness_of <- function(pack, code, others, options) {
  table <- input(pack, "neighbours")
  table <- table[table$model == options$list & table$code == code, ]
  words <- tolower(table$closeness[match(others, table$neighbour)])
  unlist(pack$known$closeness_weights)[words]
}

# Set places beside the average of what each is compared with.
#
# The average needs five neighbours with a figure in the year, or all where fewer are listed
# (Benton, Chamberlain, Wilson and Teeman, 2007, for statistical neighbours; the rule of five is the
# project's own).
#
# Returns a list: own, against and found (how many had a figure), arrays of measures by places by
# years, and listed (how many others each place has).
compare <- function(pack, figures, keys, codes, years, options = options_of(pack), without = "") {
  values <- figures$usable[keys, , as.character(years), drop = FALSE]
  places <- dimnames(values)[[2]]
  own <- values[, match(codes, places), , drop = FALSE]
  dimnames(own)[[2]] <- codes
  against <- own
  found <- own
  listed <- integer(length(codes))
  single <- options$comparator %in% c("region", "england")
  weighted <- options$weights == "closeness" && options$comparator == "neighbours"
  for (at in seq_along(codes)) {
    others <- setdiff(others_of(pack, codes[at], options), without)
    listed[at] <- length(others)
    weights <- if (weighted) closeness_of(pack, codes[at], others, options)
    held <- others %in% places
    cells <- values[, others[held], , drop = FALSE]
    cells <- matrix(aperm(cells, c(1, 3, 2)), nrow = length(keys) * length(years))
    count <- rowSums(!is.na(cells))
    averaged <- if (weighted) {
      row_weighted(cells, weights[held])
    } else if (options$average == "median" && !single) {
      row_medians(cells)
    } else {
      row_means(cells)
    }
    averaged[count < min(max(sum(held), 1), 5)] <- NA
    against[, at, ] <- averaged
    found[, at, ] <- count
  }
  list(own = own, against = against, found = found, listed = listed)
}

row_weighted <- function(cells, weights) {
  if (!ncol(cells)) {
    return(rep(NA_real_, nrow(cells)))
  }
  weighed <- sweep(!is.na(cells), 2, weights, `*`)
  total <- rowSums(weighed)
  ifelse(total > 0, rowSums(sweep(cells, 2, weights, `*`), na.rm = TRUE) / total, NA)
}

# Keep some years of a comparison.
at_years <- function(compared, years) {
  some <- intersect(dimnames(compared$own)[[3]], as.character(years))
  for (part in c("own", "against", "found")) {
    compared[[part]] <- compared[[part]][, , some, drop = FALSE]
  }
  compared
}

# The difference of each place from its comparator in each year: of the figures, or of logarithms.
yearly_gaps <- function(compared, outcome = "level") {
  if (!is_log(outcome)) {
    return(compared$own - compared$against)
  }
  both <- !is.na(compared$own) & !is.na(compared$against) & compared$own > 0 & compared$against > 0
  made <- compared$own
  made[] <- NA
  made[both] <- log(compared$own[both]) - log(compared$against[both])
  made
}

is_log <- function(outcome) outcome %in% c("log", "log-change")

is_change <- function(outcome) outcome %in% c("change", "log-change")

# One number for each measure and place: its mean over the years, or its mean after the start less
# its mean before (difference in differences).
place_outcomes <- function(pack, compared, outcome = "level") {
  gaps <- yearly_gaps(compared, outcome)
  if (!is_change(outcome)) {
    return(mean_over_years(gaps))
  }
  before <- is_before(pack, as.numeric(dimnames(gaps)[[3]]))
  if (all(before) || !any(before)) not_estimable("one side of the start has no years")
  change_of(gaps, before)
}

change_of <- function(cells, before, after = !before) {
  mean_over_years(cells[, , after, drop = FALSE]) - mean_over_years(cells[, , before, drop = FALSE])
}
