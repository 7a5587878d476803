# Cards of what the work would cost, and of the means that the evaluation printed.

# The official figure of each place: the last held up to the end of the period, else the first.
official <- function(pack, figures, key, codes) {
  last <- max(pack$known$years)
  vapply(codes, function(code) {
    row <- figures$values[key, code, ]
    held <- which(!is.na(row))
    early <- held[all_years()[held] <= last]
    if (length(early)) row[max(early)] else if (length(held)) row[held[1]] else NA_real_
  }, 0, USE.NAMES = FALSE)
}

divided <- function(amount, base) amount / ifelse(!is.na(base) & base > 0, base, NA)

or_given <- function(given, otherwise) if (is.null(given)) otherwise else given

QUOTIENTS <- c(workers = "per_worker", trained = "per_trained", children = "per_child")

# People leading the work: how many, times the cost of one a year with on-costs, times the years.
lead_cost <- function(costs, leading = costs$fte) {
  leading * costs[["annual-cost"]] * (1 + costs[["on-costs"]] / 100) * costs[["cost-years"]]
}

training_cost <- function(costs, people) people * costs[["training-days"]] * costs[["day-cost"]]

# The cost at each place over all years, in pounds of today, and what it is over official figures.
cost_rows <- function(pack) {
  costs <- pack$known$costs
  codes <- chosen_and_yours(pack)
  counts <- indicator_figures(pack, "preferred")
  given <- function(name, otherwise) rep_len(or_given(costs[[name]], otherwise), length(codes))
  official_workers <- official(pack, counts, "sw_fte_num", codes)
  workers <- given("social-workers", official_workers)
  trained <- given("training-people", workers)
  caseload <- given("caseload", official(pack, counts, "sw_caseload", codes))
  rows <- data.frame(
    code = codes, role = ifelse(codes %in% pack$known$pilots, "pilot", "yours"),
    places = 1, years = costs[["cost-years"]], official_workers = official_workers,
    workers = workers, trained = trained,
    children = official(pack, counts, "cin_31mar_num", codes),
    spend = official(pack, line_figures(pack), "3.3.4", codes),
    caseload = caseload, cases = costs$fte * caseload,
    lead = lead_cost(costs), training = training_cost(costs, trained)
  )
  rows$total <- rows$lead + rows$training
  rows$per_year <- rows$total / rows$years
  for (base in names(QUOTIENTS)) rows[[QUOTIENTS[[base]]]] <- divided(rows$total, rows[[base]])
  rows$share_of_one_year <- 100 * divided(rows$total, rows$spend)
  rows$share <- rows$share_of_one_year / rows$years
  rows
}

sum_of_held <- function(values) if (all(is.na(values))) NA else sum(values, na.rm = TRUE)

# Pilots added up; each quotient is over those that have both its parts.
cost_together <- function(rows) {
  costed <- rows[!is.na(rows$total), ]
  made <- rows[1, ]
  made$code <- NA
  made$role <- "together"
  made$places <- if (nrow(costed)) nrow(costed) else nrow(rows)
  for (name in c("lead", "training", "total", "per_year")) made[[name]] <- sum_of_held(costed[[name]])
  for (name in c("official_workers", "cases")) made[[name]] <- sum_of_held(rows[[name]])
  made$caseload <- row_means(matrix(rows$caseload, nrow = 1))
  over <- function(base) {
    both <- !is.na(rows$total) & !is.na(rows[[base]]) & rows[[base]] > 0
    if (!any(both)) {
      return(c(NA, NA))
    }
    c(sum(rows$total[both]) / sum(rows[[base]][both]), sum(rows[[base]][both]))
  }
  for (base in names(QUOTIENTS)) {
    made[[QUOTIENTS[[base]]]] <- over(base)[1]
    made[[base]] <- over(base)[2]
  }
  made$share_of_one_year <- 100 * over("spend")[1]
  made$spend <- over("spend")[2]
  made$share <- made$share_of_one_year / made$years
  made
}

# The place that sentences speak of first comes first: the reader's own authority, or the chosen
# pilots together, or the one pilot.
costs_estimate <- function(pack) {
  rows <- cost_rows(pack)
  pilots <- rows[rows$code %in% pack$known$pilots, ]
  together <- if (nrow(pilots) > 1) cost_together(pilots)
  mine <- rows$code %in% area_of(pack)
  rbind(rows[mine, ], together, rows[!mine, ])
}

ASSUMPTIONS <- c(
  "fte", "annual-cost", "on-costs", "cost-years", "training-people", "training-days", "day-cost"
)

# The total where each assumption is lowered and raised, the others held.
costs_tornado <- function(pack) {
  first <- costs_estimate(pack)[1, ]
  costs <- pack$known$costs
  people <- costs[["training-people"]]
  costs[["training-people"]] <- if (is.null(people)) first$workers else people * first$places
  costs$fte <- costs$fte * first$places
  total_of <- function(costs) lead_cost(costs) + training_cost(costs, costs[["training-people"]])
  if (is.na(total_of(costs))) not_estimable("no count of social workers is held, and none is set")
  moved <- function(name, factor) {
    costs[[name]] <- costs[[name]] * factor
    total_of(costs)
  }
  swing <- costs$swing / 100
  value <- vapply(ASSUMPTIONS, function(name) costs[[name]], 0)
  made <- data.frame(
    key = ASSUMPTIONS, value = value, low_value = value * (1 - swing),
    high_value = value * (1 + swing), low_total = vapply(ASSUMPTIONS, moved, 0, 1 - swing),
    total = total_of(costs), high_total = vapply(ASSUMPTIONS, moved, 0, 1 + swing)
  )
  for (name in c("low", "", "high")) {
    before <- if (nzchar(name)) paste0(name, "_") else ""
    made[[paste0(before, "per_worker")]] <- divided(made[[paste0(before, "total")]], first$workers)
  }
  made
}

# Printed means of two interviews, taken as if of different parents: Hedges' g (1981) with the
# variance of Borenstein and others (2009), and Welch's t (1947). Both means were printed in whole
# numbers, so that each may be half a point off.
families_measures <- function(pack) {
  table <- input(pack, "standardised-measures")
  held <- lapply(table[grep("^t[12]_", names(table))], numbers)
  n <- cbind(held$t1_n, held$t2_n)
  sd <- cbind(held$t1_sd, held$t2_sd)
  apart <- held$t2_mean - held$t1_mean
  freedom <- rowSums(n) - 2
  pooled <- sqrt(rowSums((n - 1) * sd^2) / freedom)
  correction <- hedges_correction(freedom)
  d <- apart / pooled
  error <- correction * sqrt(1 / n[, 1] + 1 / n[, 2] + d^2 / (2 * rowSums(n)))
  g <- correction * d
  off <- correction * (0.5 + 0.5) / pooled
  parts <- sd^2 / n
  t <- apart / sqrt(rowSums(parts))
  df <- rowSums(parts)^2 / rowSums(parts^2 / (n - 1))
  made <- data.frame(
    table[c("sample", "measure", "scale")], held, g = g, low = g - qnorm(0.975) * error,
    high = g + qnorm(0.975) * error, least = g - off, most = g + off, t = t, df = df,
    p = 2 * pt(-abs(t), df)
  )
  silent <- table$reported != "yes" | is.na(held$t1_mean)
  made[silent, c("g", "low", "high", "least", "most", "t", "df", "p")] <- NA
  made
}

YEARS_OF_FIGURES <- c(
  "workers_year", "official_workers_year", "children_year", "spend_year", "caseload_year"
)

FINDINGS_COSTS <- list(
  "costs-estimate" = list(
    make = costs_estimate, by = c("role", "code"), main = "total",
    words = c("place", "missing", "base", YEARS_OF_FIGURES)
  ),
  "costs-tornado" = list(
    make = costs_tornado, by = "key", main = "total",
    words = c("name", "short", "unit", "place", "rank", "ties", "base")
  ),
  "families-measures" = list(
    make = families_measures, by = c("sample", "measure", "scale"), main = "g", words = "withheld"
  )
)
