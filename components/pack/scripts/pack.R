# Reading a pack: what was chosen, what was published, and the tables it was made from.

# What is made once is kept by the checksums of its tables: several packs hold the same ones.
KEPT <- new.env()

kept <- function(name, make) {
  if (is.null(KEPT[[name]])) assign(name, make(), envir = KEPT)
  KEPT[[name]]
}

# Read a CSV file as text; an empty cell is NA. Files begin with a byte order mark.
read_cells <- function(path) {
  cells <- read.csv(
    path,
    colClasses = "character", na.strings = "", check.names = FALSE, encoding = "UTF-8"
  )
  names(cells)[1] <- sub("^\xef\xbb\xbf", "", names(cells)[1], useBytes = TRUE)
  cells
}

checksum <- function(path) {
  path <- normalizePath(path)
  kept(paste("checksum", path), function() unname(tools::md5sum(path)))
}

# Rows without the columns that hold the same cells as others under a clearer name.
once <- function(rows, same) {
  for (new in names(same)) {
    if (!identical(rows[[new]], rows[[same[[new]]]])) {
      stop("rows.csv: the columns ", new, " and ", same[[new]], " differ")
    }
    rows[[new]] <- NULL
  }
  rows
}

# Open a pack that was unzipped to `folder`.
#
# Returns a list: finding (its key), chosen (parameters by name), known (what follows from them that
# no table holds), rows (what was published, as text) and sums (checksums of tables by name).
open_pack <- function(folder) {
  selection <- jsonlite::fromJSON(file.path(folder, "selection.json"), simplifyVector = TRUE)
  tables <- sort(list.files(file.path(folder, "inputs"), full.names = TRUE), method = "radix")
  list(
    folder = folder,
    finding = selection$finding,
    chosen = selection$parameters,
    known = selection$resolved,
    rows = once(read_cells(file.path(folder, "rows.csv")), selection$same_columns),
    sums = setNames(vapply(tables, checksum, ""), sub("\\.csv$", "", basename(tables)))
  )
}

# Return a table of the pack by its name, as text.
input <- function(pack, name) {
  if (is.na(pack$sums[name])) stop("the pack has no inputs/", name, ".csv")
  kept(paste("table", name, pack$sums[name]), function() {
    read_cells(file.path(pack$folder, "inputs", paste0(name, ".csv")))
  })
}

numbers <- function(cells) as.numeric(cells)

is_true <- function(cells) !is.na(cells) & tolower(cells) == "true"

# Stop because the choice cannot be answered: there are no numbers to make again.
not_estimable <- function(why) {
  stop(structure(
    class = c("not_estimable", "error", "condition"), list(message = why, call = NULL)
  ))
}

# ---- What was chosen -----------------------------------------------------------------------

all_years <- function() 2012:2025

last_of_spending <- function() 2025

band_of <- function(pack, codes) {
  every <- pack$known$programme$pilots
  band <- every$band[match(codes, every$code)]
  ifelse(is.na(band), "", band)
}

last_before <- function(pack) pack$known$programme$last_year_before

is_before <- function(pack, years) years <= last_before(pack)

# Return the options that decide what a place is compared with; some cards try others.
options_of <- function(pack) {
  known <- pack$known
  list(
    comparator = known$comparator,
    list = known$neighbour_list$key,
    first = known$neighbour_list$first,
    keep_pilots = known$neighbour_list$pilots_kept,
    average = known$aggregator,
    weights = known$weights
  )
}

# Return the chosen pilots and, where there is one, the reader's own authority after them.
chosen_and_yours <- function(pack) unique(c(pack$known$pilots, area_of(pack)))

area_of <- function(pack) {
  area <- pack$chosen$area
  if (is.null(area) || !nzchar(area)) character() else area
}
