# Make the numbers of a pack again from its inputs, and set them beside those that were published.
#
# Rscript scripts/rerun.R               the pack that this script is in
# Rscript scripts/rerun.R FOLDER ...    packs that were unzipped to these folders
#
# It needs R 4.2 or later and the package jsonlite, and reads nothing but the packs. It ends with
# status 1 where a number differs by more than 1e-9 of its size, or was not made again.

ROOM <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
for (part in c(
  "pack.R", "figures.R", "comparison.R", "tests.R", "families.R", "draws.R", "placebo.R",
  "beside.R", "findings_gaps.R", "findings_years.R", "findings_places.R", "findings_robustness.R",
  "findings_costs.R", "findings_councils.R", "findings_doubts.R", "findings_overview.R",
  "findings_bands.R", "findings_claims.R", "findings_lines.R", "findings_pretrend.R", "findings_plans.R",
  "findings_weighted.R"
)) {
  source(file.path(ROOM, part), encoding = "UTF-8")
}

FINDINGS <- c(
  FINDINGS_GAPS, FINDINGS_YEARS, FINDINGS_PLACES, FINDINGS_ROBUSTNESS, FINDINGS_COSTS,
  FINDINGS_COUNCILS, FINDINGS_DOUBTS, FINDINGS_OVERVIEW, FINDINGS_BANDS,
  FINDINGS_CLAIMS, FINDINGS_LINES, FINDINGS_PRETREND, FINDINGS_PLANS,
  FINDINGS_WEIGHTED
)

# Make one pack again; returns whether every number was met.
rerun <- function(folder) {
  pack <- open_pack(folder)
  finding <- FINDINGS[[pack$finding]]
  if (is.null(finding)) {
    cat(pack$finding, ": this script does not make it again\n", sep = "")
    return(FALSE)
  }
  made <- tryCatch(finding$make(pack), not_estimable = function(refused) {
    structure(list(), why = conditionMessage(refused))
  })
  beside(pack, finding, made)
}

folders <- commandArgs(trailingOnly = TRUE)
if (!length(folders)) folders <- file.path(ROOM, "..")
met <- vapply(folders, rerun, TRUE)
quit(status = if (all(met)) 0 else 1)
