# Cards that ask how sure a number is.

# The field of the measure in hand, and the mean of every group drawn.
drawn_groups <- function(pack) {
  known <- pack$known
  field <- placebo_field(
    pack, measure_figures(pack), known$measure$key, known$years, pack$chosen$outcome
  )
  if (is.null(field) || all(is.na(field$own))) not_estimable("no pilots or outsiders to compare")
  means <- group_means(field, 1)
  if (is.null(means)) not_estimable("too few authorities of a kind")
  list(field = field, means = means)
}

robustness_placebo_groups <- function(pack) {
  means <- drawn_groups(pack)$means
  data.frame(group = seq_along(means), mean = means)
}

BINS <- 41

robustness_placebo <- function(pack) {
  found <- drawn_groups(pack)
  means <- found$means
  group <- mean_and_t(found$field$own)
  among <- among_groups(means, group$mean)
  ends <- range(means, group$mean)
  if (ends[1] == ends[2]) ends <- ends + c(-0.5, 0.5)
  edges <- seq(ends[1], ends[2], length.out = BINS + 1)
  edges[BINS + 1] <- ends[2]
  group <- lapply(group, unname)
  data.frame(
    low = edges[-(BINS + 1)], high = edges[-1],
    draws = tabulate(findInterval(means, edges, rightmost.closed = TRUE), BINS),
    observed = group$mean, n = group$n, interval_low = group$low, interval_high = group$high,
    outsiders = sum(!is.na(found$field$others)), far = among[["far"]], all_draws = length(means),
    p = among[["p"]], t_low = group$t_low, t_high = group$t_high,
    placebo_low = among[["low"]], placebo_high = among[["high"]]
  )
}

# The estimate under every way of counting that can be argued for (Simonsohn, Simmons and Nelson,
# 2020, Specification curve analysis): three lists, two numbers of neighbours, pilots left out or
# kept, mean or median, four outcomes, and the window of the evaluation or two years.
robustness_specifications <- function(pack) {
  known <- pack$known
  figures <- measure_figures(pack)
  window <- seq(known$programme$window[1], known$programme$window[2])
  before <- last_before(pack)
  lists <- unique(input(pack, "neighbours")$model)
  ways <- expand.grid(
    short = c(FALSE, TRUE), average = c("mean", "median"), keep_pilots = c(FALSE, TRUE),
    first = c(10, 5), list = lists, outcome = c("level", "log", "change", "log-change"),
    stringsAsFactors = FALSE
  )
  compared <- list()
  each <- t(vapply(seq_len(nrow(ways)), function(at) {
    way <- ways[at, ]
    options <- list(
      comparator = "neighbours", list = way$list, first = way$first,
      keep_pilots = way$keep_pilots, average = way$average, weights = "equal"
    )
    name <- paste(unlist(options), collapse = " ")
    if (is.null(compared[[name]])) {
      compared[[name]] <<- compare(
        pack, figures, known$measure$key, known$pilots, window, options
      )
    }
    years <- window
    if (way$short) years <- before + if (is_change(way$outcome)) 0:1 else 1:2
    place_outcomes(pack, at_years(compared[[name]], years), way$outcome)[1, ]
  }, numeric(length(known$pilots))))
  if (length(known$pilots) == 1) each <- t(each)
  n <- counted(each)
  each <- enough(each, known$fewest_pilots)
  if (all(is.na(each))) not_estimable("too few pilots can be compared in any way")
  group <- mean_and_t(each)
  data.frame(
    outcome = ways$outcome, model = ways$list, k = ways$first,
    pilots_kept = ifelse(ways$keep_pilots, "kept", "left out"), average = ways$average,
    years = ifelse(ways$short, 2, length(window)),
    n = n, estimate = group$mean, low = group$low, high = group$high, p = sign_flip_p(each),
    t_low = group$t_low, t_high = group$t_high, smallest_p = smallest_p(n)
  )
}

FINDINGS_ROBUSTNESS <- list(
  "robustness-placebo-groups" = list(
    make = robustness_placebo_groups, by = "group", main = "mean", words = character()
  ),
  "robustness-placebo" = list(
    make = robustness_placebo, by = character(), main = "draws", words = character()
  ),
  "robustness-specifications" = list(
    make = robustness_specifications,
    by = c("outcome", "model", "k", "pilots_kept", "average", "years"), main = "estimate",
    words = c("specification", "unit", "yours", "address")
  )
)
