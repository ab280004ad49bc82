# SPDX-License-Identifier: MIT
# The workload in data.table: Rscript datatable_peer.R FOLDER DATE [REPORTS]; see ../README.md.
suppressPackageStartupMessages({
  library(data.table)
  library(jsonlite)
})

age_bands <- c("0-1", "2-4", "5-11", "12-16", "17+")
time_bands <- c("under 1 year", "1-3", "3 and over")
residential <- c("in-house children's home", "private children's home", "specialist residential")

load <- function(folder) {
  children <- fread(file.path(folder, "children.csv"), colClasses = list(character = "child_id"))
  assessments <- fread(file.path(folder, "assessments.csv"),
    colClasses = list(character = "child_id"))
  placements <- fread(file.path(folder, "placements.csv"),
    colClasses = list(character = "child_id"))
  domains <- names(assessments)[-(1:2)]
  for (column in c("sex", "ethnic_group")) set(children, j = column, value = factor(children[[column]]))
  placements[, placement_kind := factor(placement_kind)]
  children[, child := .I]
  assessments[, child := chmatch(child_id, children$child_id)]
  placements[, child := chmatch(child_id, children$child_id)]
  assessments[, total := rowSums(.SD), .SDcols = domains]
  setkey(assessments, child, assessed_on)
  setkey(placements, child)
  list(children = children, assessments = assessments, placements = placements, domains = domains)
}

years <- function(from, day) {
  from <- as.POSIXlt(from)
  to <- as.POSIXlt(day)
  passed <- from$mon < to$mon | (from$mon == to$mon & from$mday <= to$mday)
  to$year - from$year - !passed
}

groups <- function(cohort, key, domains) {
  rows <- cohort[, c(list(n = .N), lapply(.SD, mean)), by = list(key = key),
    .SDcols = c("weekly_cost", "total", domains)]
  result <- lapply(seq_len(nrow(rows)), function(i) unname(unlist(rows[i, -1])))
  setNames(result, as.character(rows$key))
}

report <- function(loaded, day) {
  domains <- loaded$domains
  here <- loaded$placements[start <= day & (is.na(end) | end > day)]
  known <- loaded$assessments[assessed_on <= day]
  last <- known[, .I[.N], by = child]
  first <- known[, list(first_total = total[1], count = .N), by = child]
  latest <- known[last$V1]
  cohort <- latest[here, on = "child", nomatch = NULL]
  cohort <- first[cohort, on = "child"]
  cohort <- cbind(cohort, loaded$children[cohort$child,
    list(sex, date_of_birth, ethnic_group, disability, ehcp, excluded, care_start)])
  n <- nrow(cohort)
  cost <- cohort$weekly_cost
  spend <- sum(cost)
  running <- cumsum(sort(cost, decreasing = TRUE))
  top <- function(p) {
    k <- (n * p + 50) %/% 100
    if (k == 0) 0 else 100 * running[k] / spend
  }
  age <- years(cohort$date_of_birth, day)
  band <- age_bands[findInterval(age, c(2, 5, 12, 17)) + 1]
  kinds <- groups(cohort, cohort$placement_kind, domains)
  flag <- c("no", "yes")
  scores <- as.matrix(cohort[, ..domains])
  homes <- cohort$placement_kind %in% residential
  severe <- tabulate(rowSums(scores[homes, , drop = FALSE] >= 7) + 1, length(domains) + 1)
  steps <- data.table(low = cost %/% 500 * 500)[, .N, keyby = low]
  again <- cohort[count >= 2, list(n = .N, change = mean(total - first_total)), by = placement_kind]
  list(
    a = list(n = n, r = cor(cohort$total, cost), spend = spend, mean_cost = spend / n),
    b = list(top_10 = top(10), top_5 = top(5), top_1 = top(1),
      under_2000 = 100 * sum(cost < 2000) / n, under_5000 = 100 * sum(cost < 5000) / n,
      saving = sum(cost[cost > 5000] - 5000)),
    c = lapply(seq_len(nrow(steps)), function(i) c(steps$low[i], steps$N[i])),
    d = list(placement_kind = kinds, home = kinds[intersect(residential[1:2], names(kinds))],
      cost_side = groups(cohort, ifelse(cost >= 5000, "over", "under"), domains),
      age_band = groups(cohort, band, domains),
      time_band = groups(cohort,
        time_bands[findInterval(years(cohort$care_start, day), c(1, 3)) + 1], domains),
      disability = groups(cohort, flag[cohort$disability + 1], domains),
      ethnic_group = groups(cohort, cohort$ethnic_group, domains),
      ehcp = groups(cohort, flag[cohort$ehcp + 1], domains),
      excluded = groups(cohort, flag[cohort$excluded + 1], domains),
      sex_age_band = groups(cohort, paste(cohort$sex, band), domains)),
    e = lapply(seq_along(domains), function(d) {
      present <- sum(scores[, d] >= 1)
      c(100 * present / n, sum(scores[, d]) / present)
    }),
    f = lapply(seq_along(domains), function(d) {
      counts <- tabulate(scores[, d] + 1, 11)
      c(counts[1], sum(counts[2:4]), sum(counts[5:7]), sum(counts[8:11]))
    }),
    g = list(severe = severe, none = severe[1], low_total = sum(cohort$total[homes] <= 24)),
    h = setNames(lapply(seq_len(nrow(again)), function(i) c(again$n[i], again$change[i])),
      as.character(again$placement_kind)))
}

arguments <- commandArgs(TRUE)
day <- as.IDate(arguments[2])
reports <- if (length(arguments) > 2) as.integer(arguments[3]) else 7L
now <- function() proc.time()[["elapsed"]] * 1000
precise <- function() as.numeric(Sys.time()) * 1000
start <- precise()
loaded <- load(arguments[1])
load_ms <- precise() - start
taken <- numeric()
for (i in seq_len(reports)) {
  start <- precise()
  results <- report(loaded, day)
  taken <- c(taken, precise() - start)
}
peak <- grep("^VmHWM", readLines("/proc/self/status"), value = TRUE)
cat(toJSON(list(implementation = "data.table", version = as.character(packageVersion("data.table")),
  threads = getDTthreads(), children = nrow(loaded$children), load_ms = load_ms,
  report_ms = taken, median_ms = median(taken),
  memory_mb = as.numeric(gsub("[^0-9]", "", peak)) / 1024, results = results),
  auto_unbox = TRUE, digits = NA), "\n")
