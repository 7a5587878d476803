# The figures as arrays: measure by place by year, made once from the tables of a pack.
#
# A set of figures is a list: values and symbols (arrays with the keys of measures, the codes of
# places and the years as names) and usable (the values that may enter a comparison).

named_array <- function(fill, keys, places, years = all_years()) {
  array(
    fill,
    dim = c(length(keys), length(places), length(years)),
    dimnames = list(keys, places, as.character(years))
  )
}

places_of <- function(pack) {
  kept(paste("places", pack$sums["indicators"]), function() {
    sort(unique(input(pack, "indicators")$code), method = "radix")
  })
}

arranged <- function(table, key, value, places) {
  keys <- sort(unique(table[[key]]), method = "radix")
  at <- cbind(
    match(table[[key]], keys), match(table$code, places), match(table$year_end, all_years())
  )
  if (anyDuplicated(at)) stop("two rows are for one measure, place and year")
  values <- named_array(NA_real_, keys, places)
  symbols <- named_array("none", keys, places)
  values[at] <- numbers(table[[value]])
  symbols[at] <- ifelse(is.na(table$status), "", table$status)
  list(values = values, symbols = symbols)
}

with_usable <- function(figures, pack) {
  figures$usable <- figures$values
  figures$usable[figures$symbols %in% pack$known$symbols_not_compared] <- NA
  figures
}

# The indicators, as they are now ("preferred") or as they were first published. Counts of part of a
# year and rates on another population are shown, and enter no comparison.
indicator_figures <- function(pack, column = pack$known$figures$column) {
  kept(paste("indicators", column, pack$sums["indicators"]), function() {
    table <- input(pack, "indicators")
    keys <- unique(table$indicator)
    made <- arranged(table[is_true(table[[column]]), ], "indicator", "value", places_of(pack))
    lacking <- setdiff(keys, dimnames(made$values)[[1]])
    if (length(lacking)) {
      every <- c(dimnames(made$values)[[1]], lacking)
      whole <- named_array(NA_real_, every, places_of(pack))
      marks <- named_array("none", every, places_of(pack))
      whole[dimnames(made$values)[[1]], , ] <- made$values
      marks[dimnames(made$values)[[1]], , ] <- made$symbols
      made <- list(values = whole, symbols = marks)
    }
    with_usable(made, pack)
  })
}

# Gross expenditure by line of the Section 251 outturn as it was returned, in pounds of the year.
returned_lines <- function(pack) {
  kept(paste("returned", pack$sums["section251"], pack$sums["indicators"]), function() {
    table <- input(pack, "section251")
    table <- table[is_true(table$preferred) & table$line_code %in% LINES, ]
    arranged(table, "line_code", "gross", places_of(pack))
  })
}

# The same without negative figures, which cannot be used.
line_figures <- function(pack) {
  kept(paste("lines", pack$sums["section251"], pack$sums["indicators"]), function() {
    made <- returned_lines(pack)
    negative <- !is.na(made$values) & made$values < 0
    made$symbols[negative] <- "negative"
    made$values[negative] <- NA
    with_usable(made, pack)
  })
}

# The lines of the return, harmonised to one scheme: seven categories, what they contain, the total.
CATEGORY_LINES <- c("3.0.5", "3.1.11", "3.2.1", "3.3.4", "3.4.6", "3.5.3", "3.6.1")
DETAIL_LINES <- c(
  paste0("3.0.", 1:4), paste0("3.1.", 1:10), "3.2.1", paste0("3.3.", 1:3), paste0("3.4.", 1:5),
  paste0("3.5.", 1:2), "3.6.1"
)
TOTAL_LINE <- "5.0.2"
LINES <- unique(c(CATEGORY_LINES, DETAIL_LINES, TOTAL_LINE))

# A sum of lines with the reason of the first part that is missing.
sum_of_lines <- function(lines, codes) {
  total <- 0
  why <- ""
  for (code in codes) {
    values <- lines$values[code, , ]
    why <- ifelse(why == "" & is.na(values), lines$symbols[code, , ], why)
    total <- total + values
  }
  list(values = total, why = why)
}

# Every expenditure ratio: lines over lines, or pounds per child, in cash or at prices of 2018/19.
ratio_figures <- function(pack) {
  kept(
    paste("ratios", pack$sums["section251"], pack$sums["indicators"], pack$sums["gdp-deflator"]),
    function() {
      lines <- line_figures(pack)
      counts <- indicator_figures(pack, "preferred")
      deflator <- input(pack, "gdp-deflator")
      prices <- 100 / numbers(deflator$deflator)[match(all_years(), deflator$year_end)]
      ratios <- pack$known$ratios
      values <- named_array(NA_real_, names(ratios), places_of(pack))
      symbols <- named_array("", names(ratios), places_of(pack))
      for (key in names(ratios)) {
        ratio <- ratios[[key]]
        above <- sum_of_lines(lines, ratio$numerator_lines)
        if (is.null(ratio$per)) {
          below <- sum_of_lines(lines, ratio$denominator_lines)
        } else {
          below <- children(counts, ratio$per$indicator, ratio$per$years_earlier)
        }
        if (ratio$prices_of_2018_19) above$values <- sweep(above$values, 2, prices, `*`)
        whole <- !is.na(below$values) & below$values > 0
        values[key, , ] <- ifelse(whole, above$values / below$values, NA)
        why <- ifelse(above$why != "", above$why, below$why)
        symbols[key, , ] <- ifelse(is.na(values[key, , ]), why, "")
      }
      with_usable(list(values = values, symbols = symbols), pack)
    }
  )
}

children <- function(counts, key, years_earlier) {
  values <- counts$values[key, , ]
  why <- counts$symbols[key, , ]
  if (years_earlier) {
    missing <- seq_len(years_earlier)
    kept_years <- seq_len(ncol(values) - years_earlier)
    values[, -missing] <- values[, kept_years]
    why[, -missing] <- why[, kept_years]
    values[, missing] <- NA
    why[, missing] <- "none"
  }
  list(values = values, why = ifelse(is.na(values), why, ""))
}

# Each line as a share of the total of its place and year.
share_figures <- function(pack) {
  kept(paste("shares", pack$sums["section251"], pack$sums["indicators"]), function() {
    made <- line_figures(pack)
    total <- made$values[TOTAL_LINE, , ]
    total[!is.na(total) & total <= 0] <- NA
    made$values <- sweep(made$values, c(2, 3), total, `/`)
    with_usable(made, pack)
  })
}

# What is done by social workers, and how many there are: an indicator as it stands, over the workers
# in post, or workers over 10,000 children of the middle of the year before.
resource_figures <- function(pack) {
  kept(paste("resources", pack$sums["indicators"]), function() {
    counts <- indicator_figures(pack, "preferred")
    workers <- counts$values["sw_fte_num", , ]
    keys <- names(pack$known$resources)
    values <- named_array(NA_real_, keys, places_of(pack))
    divided <- function(above, below) ifelse(!is.na(below) & below > 0, above / below, NA)
    over_workers <- c(
      assessments_per_sw = "assessments_num", conferences_per_sw = "icpc_num",
      plans_per_sw = "cpp_start_num"
    )
    for (key in keys) {
      values[key, , ] <- if (key == "sw_rate") {
        10000 * divided(counts$usable["sw_fte_num", , ], children(counts, "pop_0_17_mid", 1)$values)
      } else if (key %in% names(over_workers)) {
        divided(counts$usable[over_workers[[key]], , ], workers)
      } else {
        counts$usable[key, , ]
      }
    }
    with_usable(list(values = values, symbols = named_array("", keys, places_of(pack))), pack)
  })
}

# Return the figures of a family of measures: "indicator" or "ratio".
family_figures <- function(pack, family) {
  if (family == "ratio") ratio_figures(pack) else indicator_figures(pack)
}
