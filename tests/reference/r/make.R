#!/usr/bin/env Rscript
# SPDX-License-Identifier: MIT
# A second opinion on the statistics: what R says about made-up whole numbers. Writes the CSV files
# beside it, which tests/unit/numeric/test_against_r.c reads; the tests do not need R. Fields are cut
# by semicolons, lists by spaces. Run: Rscript make.R (in this folder)

set.seed(2024)
exact <- function(x) formatC(x, digits = 17, format = "g", width = -1)
many <- function(x) paste(x, collapse = " ")
put <- function(name, header, lines) writeLines(c(header, lines), paste0(name, ".csv"))

# ---- quantiles of Student's t -------------------------------------------------------------------
freedoms <- c(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 60, 80, 100, 120, 200, 500, 999,
              1000, 1001, 5000, 83999, 1e6, 1.5, 2.25, 3.7, 4.001, 7.3, 11.9, 29.6, 33.33, 77.77,
              151.2, 999.5, 1000.5, 12345.67, 0.5)
put("student_t", "freedom;quantile",
    sapply(freedoms, function(v) paste(exact(v), exact(qt(0.975, v)), sep = ";")))

# ---- proportions: Wilson's interval -------------------------------------------------------------
cases <- rbind(c(0, 1), c(1, 1), c(0, 10), c(10, 10), c(1, 2), c(3, 7), c(5, 100), c(99, 100),
               c(1, 84000), c(42000, 84000), c(83999, 84000), c(17, 338), c(250, 1000))
put("wilson", "count;n;low;high", apply(cases, 1, function(one) {
  bounds <- suppressWarnings(prop.test(one[1], one[2], correct = FALSE))$conf.int
  paste(one[1], one[2], exact(bounds[1]), exact(bounds[2]), sep = ";")
}))

# ---- means and differences of means -------------------------------------------------------------
samples <- lapply(1:24, function(i) {
  n <- sample(2:40, 1)
  round(rnorm(n, 100 * i, 10^sample(0:4, 1)))
})
samples <- Filter(function(x) length(unique(x)) > 1, samples)
put("mean", "values;mean;low;high;median", sapply(samples, function(x) {
  bounds <- t.test(x)$conf.int
  paste(many(x), exact(mean(x)), exact(bounds[1]), exact(bounds[2]), exact(median(x)), sep = ";")
}))
put("welch", "a;b;difference;low;high", sapply(seq(1, length(samples) - 1), function(i) {
  a <- samples[[i]]
  b <- samples[[i + 1]]
  found <- t.test(a, b)
  paste(many(a), many(b), exact(mean(a) - mean(b)), exact(found$conf.int[1]),
        exact(found$conf.int[2]), sep = ";")
}))

# ---- correlation: Pearson with Fisher's interval, Spearman with ties ------------------------------
pairs <- lapply(1:20, function(i) {
  n <- sample(4:60, 1)
  x <- sample(0:130, n, replace = TRUE)
  y <- if (i %% 2) round(100 * x + rnorm(n, 0, 4000)) else sample(0:5, n, replace = TRUE)
  list(x = x, y = y)
})
put("correlation", "x;y;r;low;high;rho", sapply(pairs, function(pair) {
  found <- cor.test(pair$x, pair$y)
  rho <- cor(pair$x, pair$y, method = "spearman")
  paste(many(pair$x), many(pair$y), exact(found$estimate), exact(found$conf.int[1]),
        exact(found$conf.int[2]), exact(rho), sep = ";")
}))

# ---- least squares --------------------------------------------------------------------------------
# Columns of 0 and 1 and scores, the last often a combination of others: R then says NA, and the
# others are the solution with 0 there. rows: each row's numbers one after another.
fits <- lapply(1:20, function(i) {
  n <- sample(12:60, 1)
  groups <- sample(1:3, n, replace = TRUE)
  x <- cbind(1, groups == 2, groups == 3, sample(0:10, n, replace = TRUE),
             sample(0:17, n, replace = TRUE))
  if (i %% 3 == 0) x <- cbind(x, x[, 2] + x[, 3])
  if (i %% 3 == 1) x <- cbind(x, groups == 1)
  list(x = x + 0, y = sample(0:130, n, replace = TRUE))
})
put("least_squares", "columns;rows;y;rank;rss;tss;coefficients;low;high", sapply(fits, function(one) {
  fit <- lm(one$y ~ 0 + one$x)
  bounds <- confint(fit)
  paste(ncol(one$x), many(t(one$x)), many(one$y), fit$rank, exact(sum(resid(fit)^2)),
        exact(sum((one$y - mean(one$y))^2)), many(exact(unname(coef(fit)))),
        many(exact(unname(bounds[, 1]))), many(exact(unname(bounds[, 2]))), sep = ";")
}))
