# Cards about how far the returns of spending can be trusted.

# Totals of every place and year held that are, or are not, the sum of their parts. Lines are whole
# pounds, so a sum of seven is a pound or two off; a part that was not returned counts as nothing.
expenditure_checks <- function(pack) {
  values <- returned_lines(pack)$values
  printed <- 2019 # the last year with the lines that categories are made of
  early <- as.character(all_years()[all_years() <= printed])
  late <- as.character(all_years()[all_years() > printed])
  made <- lapply(setdiff(CATEGORY_LINES, DETAIL_LINES), function(line) {
    stem <- sub("[0-9]+$", "", line)
    parts <- DETAIL_LINES[startsWith(DETAIL_LINES, stem)]
    sum_check(values, line, parts, early)
  })
  made <- c(made, lapply(list(early, late), function(years) {
    sum_check(values, TOTAL_LINE, CATEGORY_LINES, years)
  }))
  do.call(rbind, made)
}

sum_check <- function(values, line, parts, years) {
  total <- values[line, , years]
  pounds <- values[parts, , years]
  held <- !is.na(total) & apply(!is.na(pounds), c(2, 3), any)
  apart <- (apply(pounds, c(2, 3), sum, na.rm = TRUE) - total)[held]
  off <- abs(apart) > 2.5
  data.frame(
    line = line, checked = sum(held), add_up = sum(!off), off = sum(off),
    widest = if (any(off)) apart[which.max(abs(apart))] else 0
  )
}

# Lines of any ratio that rose or fell by more than half of the year before.
expenditure_jumps <- function(pack) {
  known <- pack$known
  lines <- unique(unlist(lapply(known$ratios, function(ratio) {
    c(ratio$numerator_lines, ratio$denominator_lines)
  })))
  values <- line_figures(pack)$values
  cells <- expand.grid(
    year_end = intersect(all_years()[-1], known$years), line = lines,
    code = chosen_and_yours(pack), stringsAsFactors = FALSE
  )
  at <- function(year) values[cbind(cells$line, cells$code, as.character(year))]
  before <- at(cells$year_end - 1)
  after <- at(cells$year_end)
  made <- data.frame(
    cells, before = before, after = after,
    change = ifelse(before > 0, 100 * (after - before) / before, NA)
  )
  jumped <- which(abs(after - before) > abs(before) / 2)
  if (!length(jumped)) not_estimable("no line moved by more than half")
  made[jumped, ]
}

FINDINGS_LINES <- list(
  "expenditure-checks" = list(
    make = expenditure_checks, by = "line", main = "off", words = c("name", "years", "which")
  ),
  # Places are in the same order in both; one line and year may have several.
  "expenditure-jumps" = list(
    make = expenditure_jumps, by = c("line", "year_end"), main = "change",
    words = c("place", "band", "name", "year")
  )
)
