# Cards about the claims of the evaluation's summary: the numbers each is judged on.

# The pack with the choices that claims are judged on, whatever the reader chose.
judged_pack <- function(pack) {
  told <- pack$known$judged_on
  pack$known[names(told)] <- told
  pack$chosen$adjust <- told$adjust
  pack
}

# Tests of a whole family of measures together, of levels or of changes.
tested_family <- function(pack, family, change, options = options_of(pack)) {
  known <- pack$known
  keys <- known$compared[[family]]
  compared <- compare(
    pack, family_figures(pack, family), keys, known$pilots, known$years, options
  )
  gaps <- yearly_gaps(compared)
  each <- if (change) change_of(gaps, is_before(pack, known$years)) else mean_over_years(gaps)
  held <- enough(each, known$fewest_pilots)
  group <- mean_and_t(held)
  p <- sign_flip_p(held)
  data.frame(
    key = keys, estimate = group$mean, low = group$low, high = group$high, n = counted(each),
    p = p, p_adjusted = adjusted_p(p, held, pack$chosen$adjust), t_low = group$t_low,
    t_high = group$t_high, detectable = smallest_detectable(group$sd, counted(each))
  )
}

# One row for each claim that official figures bear on: its first measure, or, where it says that
# spending did not change, the ratio with the smallest p.
tested_claims <- function(pack, options = options_of(pack)) {
  levels <- tested_family(pack, "indicator", FALSE, options)
  spend <- tested_family(pack, "ratio", TRUE, options)
  lead <- surest_first(spend[!is.na(spend$p), ])[1, ]
  if (is.na(lead$p)) lead <- replace(spend[1, ], TRUE, NA)
  told <- Filter(function(claim) nzchar(claim$check), pack$known$claims)
  rows <- lapply(told, function(claim) {
    if (claim$check == "expenditure-changes") {
      return(data.frame(family = "ratio", lead))
    }
    data.frame(family = "indicator", levels[match(claim$readings$indicator[1], levels$key), ])
  })
  data.frame(id = names(told), do.call(rbind, rows))
}

# The same with placebo p and interval.
claims_with_placebo <- function(pack) {
  made <- tested_claims(pack)
  made[c("p_placebo", "placebo_low", "placebo_high")] <- NA_real_
  for (family in unique(made$family)) {
    mine <- which(made$family == family & !is.na(made$key))
    if (!length(mine)) next
    outcome <- if (family == "ratio") "change" else "level"
    found <- placebo_columns(
      pack, family_figures(pack, family), made$key[mine], pack$known$years, outcome,
      made$estimate[mine]
    )
    for (name in names(found)) made[mine, name] <- found[[name]]
  }
  made
}

# Whether the reader chose something else than claims are judged on.
differs_from_judged <- function(pack) {
  told <- pack$known$judged_on
  mine <- c(pack$known[setdiff(names(told), "adjust")], adjust = pack$chosen$adjust)
  !all(vapply(names(told), function(name) identical(mine[[name]], told[[name]]), TRUE))
}

CLAIM_NUMBERS <- c(
  "estimate", "low", "high", "n", "p", "p_adjusted", "p_placebo", "placebo_low", "placebo_high"
)

# Claims that no open data bear on have no number but how many people they were about.
claims <- function(pack) {
  told <- pack$known$claims
  given <- claims_with_placebo(judged_pack(pack))
  made <- data.frame(id = names(told), given[match(names(told), given$id), -1])
  sizes <- input(pack, "evaluation-sizes")
  people <- vapply(told, function(claim) claim$people, "")
  counted <- nzchar(people) & is.na(made$n)
  made$n[counted] <- numbers(sizes$value[match(people[counted], sizes$fact_key)])
  mine <- if (differs_from_judged(pack)) {
    tryCatch(claims_with_placebo(pack), not_estimable = function(refused) NULL)
  }
  if (is.null(mine)) mine <- replace(given, TRUE, NA)
  beside <- mine[match(made$id, mine$id), CLAIM_NUMBERS]
  data.frame(made, setNames(beside, paste0(CLAIM_NUMBERS, "_chosen")))
}

# Every claim that is tested, under each list of neighbours and each average.
claims_choices <- function(pack) {
  judged <- judged_pack(pack)
  ways <- expand.grid(
    average = c("mean", "median"), list = pack$known$neighbour_lists, stringsAsFactors = FALSE
  )
  made <- lapply(seq_len(nrow(ways)), function(at) {
    way <- ways[at, ]
    options <- replace(options_of(judged), c("list", "average"), list(way$list, way$average))
    data.frame(model_key = way$list, tested_claims(judged, options))
  })
  made <- do.call(rbind, made)
  made[order(match(made$id, names(pack$known$claims))), ]
}

CLAIM_WORDS <- c("claim", "status", "measure", "unit", "found", "technical", "link")

FINDINGS_CLAIMS <- list(
  "claims" = list(
    make = claims, by = "id", main = "estimate",
    words = c(
      CLAIM_WORDS, "strand", "question", "base", "adjustment", "test", "strength", "kind",
      "printed", "source", "needed", "later", "conflict", "found_first", "status_chosen",
      "found_chosen", "technical_chosen"
    )
  ),
  "claims-choices" = list(
    make = claims_choices, by = c("id", "model_key"), main = "estimate",
    words = c(CLAIM_WORDS, "model", "average", "chosen", "judged")
  )
)
