# Setting what was made again beside what was published.

TOLERANCE <- 1e-9 # of the size of the number
# What rounding leaves of a zero: a difference below this share of the largest number of its column.
NOISE <- 1e-14

# Compare rows by the columns that name them, print what was found, and return whether all is met.
#
# finding: by (columns that name a row), main (its main number), words (columns that are not made
# again; of those that hold words alone, none has to be named), near (number columns that are met less
# closely than others: to which share of the number, by its name).
beside <- function(pack, finding, made) {
  cat("\n", pack$finding, "\n", sep = "")
  published <- pack$rows
  if (!is.data.frame(made)) {
    return(beside_nothing(published, attr(made, "why")))
  }
  if (!nrow(made)) {
    return(beside_nothing(published, "no figures are held"))
  }
  name <- function(rows) {
    if (!length(finding$by)) {
      return(paste("row", seq_len(nrow(rows)))) # cards whose rows have an order and no name
    }
    name <- do.call(paste, c(lapply(rows[finding$by], as.character), sep = " | "))
    again <- ave(seq_along(name), name, FUN = seq_along)
    ifelse(again > 1, paste(name, "again", again), name)
  }
  at <- match(name(published), name(made))
  faults <- c(
    problem("rows were published and not made again", name(published)[is.na(at)]),
    problem("rows were made and not published", setdiff(name(made), name(published)))
  )
  lacking <- setdiff(
    names(published), c(finding$by, finding$words, names(made))
  )
  with_numbers <- vapply(published[lacking], holds_numbers, TRUE)
  words <- c(intersect(finding$words, names(published)), lacking[!with_numbers])
  faults <- c(faults, problem("columns were not made again", lacking[with_numbers]))
  columns <- setdiff(intersect(names(published), names(made)), finding$by)
  found <- lapply(columns, function(column) {
    compared_column(numbers(published[[column]]), numbers(made[[column]][at]), name(published))
  })
  names(found) <- columns
  print_columns(found)
  print_main(found, finding, name(published))
  for (column in names(finding$near)) {
    cat("  met to ", finding$near[[column]], " of the number: ", column, "\n", sep = "")
  }
  cat("  words, not made again: ", paste(words, collapse = ", "), "\n", sep = "")
  differ <- vapply(columns, function(column) {
    share <- finding$near[column]
    sum(found[[column]]$apart > if (is.null(share) || is.na(share)) TOLERANCE else share)
  }, 0)
  faults <- c(faults, problem("columns differ", columns[differ > 0]))
  for (fault in faults) cat("  FAULT: ", fault, "\n", sep = "")
  largest <- max(0, vapply(found, function(one) max(0, one$apart), 0))
  count <- sum(vapply(found, function(one) sum(!is.na(one$published)), 0))
  cat(
    "  ", count, " numbers, largest difference ", format(largest, digits = 3), " of the number: ",
    if (length(faults)) "NOT MET" else "met", "\n",
    sep = ""
  )
  !length(faults)
}

# Where a choice cannot be answered, the published file has no rows, or one line with the reason.
beside_nothing <- function(published, why) {
  said <- colSums(!is.na(published))
  met <- nrow(published) == 0 || (nrow(published) == 1 && sum(said) == 1 && said[["withheld"]] == 1)
  cat("  no numbers: ", why, ": ", if (met) "met" else "NOT MET", "\n", sep = "")
  met
}

# Whether a column has cells, and all of them are numbers.
holds_numbers <- function(cells) {
  cells <- cells[!is.na(cells)]
  length(cells) > 0 && !anyNA(suppressWarnings(numbers(cells)))
}

problem <- function(what, names) {
  if (!length(names)) {
    return(character())
  }
  more <- if (length(names) > 3) ", ..." else ""
  paste0(length(names), " ", what, ": ", paste(head(names, 3), collapse = ", "), more)
}

# How far apart two columns are, as a share of the number, or of a hundred-thousandth of the largest
# where the number is smaller than that; Inf where only one of them has it.
compared_column <- function(published, made, rows) {
  one <- is.na(published) != is.na(made)
  least <- NOISE / TOLERANCE * max(0, abs(published), na.rm = TRUE)
  apart <- abs(published - made) / pmax(abs(published), abs(made), least)
  apart[is.na(apart)] <- 0
  apart[one] <- Inf
  list(published = published, made = made, apart = apart, rows = rows)
}

shown <- function(numbers) formatC(numbers, digits = 10, width = 16, format = "g")

print_columns <- function(found) {
  cat(sprintf("  %-20s %7s %16s %16s %10s  %s\n", "column", "numbers", "published", "made again",
              "difference", "row that differs most"))
  for (column in names(found)) {
    one <- found[[column]]
    held <- which(!is.na(one$published) | one$apart > 0)
    if (!length(held)) next
    worst <- held[which.max(one$apart[held])]
    cat(sprintf("  %-20s %7d %s %s %10.1e  %s\n", column, sum(!is.na(one$published)),
                shown(one$published[worst]), shown(one$made[worst]), one$apart[worst],
                one$rows[worst]))
  }
}

# The main number of the first rows that have one.
print_main <- function(found, finding, rows) {
  one <- found[[finding$main]]
  some <- head(which(!is.na(one$published)), 10)
  if (!length(some)) {
    return(invisible())
  }
  cat(sprintf("\n  %-40s %16s %16s\n", finding$main, "published", "made again"))
  cat(sprintf("  %-40s %s %s\n", substr(rows[some], 1, 40), shown(one$published[some]),
              shown(one$made[some])), sep = "")
}
